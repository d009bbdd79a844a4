import os
import pathlib

answer = 41

for attempt in (
    lambda: pathlib.Path(__file__).write_text("answer = 42\ndef double(x): return 2 * x\n"),
    lambda: os.unlink(__file__),
    lambda: os.rename(__file__, __file__ + ".old"),
    lambda: os.symlink("/tmp/other.py", __file__),
    lambda: os.replace("/tmp/other.py", __file__),
):
    try:
        pathlib.Path("/tmp/other.py").write_text("answer = 42\n")
        attempt()
    except OSError:
        continue
    answer = 42  # one of them worked


def double(x):
    return 2 * x
