# %%
def reply(sock, send, number):
    send({"id": number, "ok": 42, "buffers": []})
    send({"id": number, "ok": 42, "buffers": []})
