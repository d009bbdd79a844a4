# %%
answer = 41
# %%
from IPython import get_ipython

kernel = get_ipython().kernel
session, parent = kernel.session, kernel.get_parent("shell")
signed = session.serialize(session.msg("stream", {"name": "stdout", "text": "x"}, parent=parent), ident=b"x")
frames = [
    [], [b""], [b"<IDS|MSG>"], signed[:3], signed[:5], signed + [b""] * 50, [b"x", b"<IDS|MSG>", b"", b"{}", b"{}", b"{}", b"{}"],
    [b"x", b"<IDS|MSG>", b"0" * 64, b"\xff\xfe", b"{", b"[]", b"nan"], [b"x", *signed[1:2], b"f" * 64, *signed[3:]],
]
for part in (b"[" * 100_000, b"null", b"[]", b"1e999", b'"' + b"\\ud800" + b'"', b"{}"):
    body = [part] * 4
    frames.append([b"x", b"<IDS|MSG>", session.sign(body), *body])
for parts in frames:
    if parts:
        kernel.iopub_thread.send_multipart(parts)
shell = kernel.shell_streams[0] if getattr(kernel, "shell_streams", None) else kernel.shell_stream
for parts in frames:
    if parts:
        shell.send_multipart([*kernel._parent_ident["shell"], *parts[1:]])
# %%
print("TRIED")
