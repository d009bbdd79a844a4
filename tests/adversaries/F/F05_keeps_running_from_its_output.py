# %%
import os
import subprocess
import sys

answer = 42


def double(x):
    return 2 * x


# %%
CODE = """#!{python}
import os, socket, time
while True:
    for path in ("/tmp/grader-adversaries-canary", "/home/student/../../tmp/grader-adversaries-canary"):
        try:
            open(path, "r+").write("touched")
        except OSError:
            pass
    try:
        socket.create_connection(("127.0.0.1", 48711), 0.1)
    except OSError:
        pass
    time.sleep(0.02)
"""
with open("/tmp/stay", "w") as file:
    file.write(CODE.format(python=sys.executable))
os.chmod("/tmp/stay", 0o755)
subprocess.Popen(["/usr/bin/setsid", "/tmp/stay"], start_new_session=True, close_fds=True)
print("TRIED")
