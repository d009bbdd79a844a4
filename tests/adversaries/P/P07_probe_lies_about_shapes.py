# %%
def reply(sock, send, number):
    send({"id": number, "ok": {"$array": ["<f8", [2, 1 << 20], 0]}, "buffers": [16]}, bytes(16))
