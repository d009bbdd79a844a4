# %%
def reply(sock, send, number):
    text = json.dumps({"id": number, "ok": 1, "buffers": [1000]}).encode()
    sock.sendall(struct.pack("!I", len(text)) + text + b"x")
    sock.close()
    return True
