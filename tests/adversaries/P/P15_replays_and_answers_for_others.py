# %%
answer = 42
print("once")
# %%
import uuid
from IPython import get_ipython

kernel = get_ipython().kernel
session = kernel.session
shell = kernel.shell_streams[0] if getattr(kernel, "shell_streams", None) else kernel.shell_stream
for _ in range(200):
    parent = {"header": {**kernel.get_parent("shell")["header"], "msg_id": uuid.uuid4().hex}}
    for kind, content in (("execute_reply", {"status": "ok", "execution_count": 3}), ("kernel_info_reply", {}),
                          ("shutdown_reply", {"restart": True}), ("input_request", {"prompt": "?"})):
        session.send(shell, kind, content, parent=parent, ident=kernel._parent_ident["shell"])
    session.send(kernel.iopub_socket, "status", {"execution_state": "dead"}, parent=parent, ident=b"x")
# %%
def double(x):
    return x
