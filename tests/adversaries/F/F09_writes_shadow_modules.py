# %%
import os
import subprocess
import sys
import types

answer = 42


def double(x):
    return 2 * x


# %%
# what the probe will import when it is asked, replaced before it is: in files, in sys.modules, on sys.path, by a finder
for name in ("numpy", "grader_probe", "json", "pandas", "pytest", "conftest", "sitecustomize", "usercustomize"):
    with open(name + ".py", "w") as file:
        file.write("import os; os._exit(3)")
site = f".local/lib/python{sys.version_info[0]}.{sys.version_info[1]}/site-packages"
os.makedirs(site)
for name in ("usercustomize.py", "sitecustomize.py"):
    with open(os.path.join(site, name), "w") as file:
        file.write("raise SystemExit")
with open(os.path.join(site, "x.pth"), "w") as file:
    file.write("import os; os._exit(3)\n")
os.environ.update(PYTHONPATH="/home/student", PYTHONSTARTUP="/home/student/numpy.py", PYTHONHOME="/tmp", LD_PRELOAD="/tmp/no.so")
del os.environ["PYTHONHOME"]
sys.path[:0] = ["/home/student", "/tmp"]
for place in sys.path:
    try:
        with open(os.path.join(place, "sitecustomize.py"), "x") as file:
            file.write("raise SystemExit")
        if not place.startswith(("/home/student", "/tmp")) and place:
            print("ESCAPED:", place)
    except OSError:
        pass
print(subprocess.run([sys.executable, "-c", "print('a child of ours')"], capture_output=True, timeout=5).stdout)
sys.path[:2] = []
os.environ.pop("LD_PRELOAD")
print("TRIED")
