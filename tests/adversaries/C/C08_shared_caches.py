# %%
answer = 42


def double(x):
    return 2 * x

# %%
import os
import site
import sys
import sysconfig

places = [os.path.dirname(os.__file__), sysconfig.get_path("purelib"), sysconfig.get_path("platlib"), sys.prefix, sys.base_prefix]
places += [*site.getsitepackages(), "/var/cache/pip", "/var/cache/fontconfig", "/var/lib", "/var/tmp", "/root/.cache", "/usr/share/fonts"]
places += [os.path.join(place, "__pycache__") for place in list(places)]
places += ["/opt/grader/grader_probe", "/opt/grader/grader_probe/__pycache__", "/home/student/data", "/dev/mqueue", "/dev/hugepages"]
for name in ("numpy", "sklearn", "matplotlib", "pandas", "IPython", "ipykernel", "zmq"):
    module = sys.modules.get(name)
    if module is not None:
        places += [os.path.dirname(module.__file__), os.path.join(os.path.dirname(module.__file__), "__pycache__")]
for place in places:
    path = os.path.join(place, "left-behind")
    try:
        with open(path, "w") as file:
            file.write("left behind")
        print("ESCAPED: wrote", path)
    except OSError:
        pass
    try:
        os.utime(place)
        os.utime(os.path.join(place, "__init__.py"))
        print("ESCAPED: touched", place)
    except OSError:
        pass
    try:
        os.setxattr(place, "user.left", b"behind")
        print("ESCAPED: attribute of", place)
    except OSError:
        pass
for name in ("XDG_CACHE_HOME", "PIP_CACHE_DIR", "HF_HOME", "TORCH_HOME", "KERAS_HOME", "MPLCONFIGDIR", "IPYTHONDIR", "HOME", "TMPDIR", "NUMBA_CACHE_DIR"):
    place = os.environ.get(name)
    if place and os.path.isdir(place) and not place.startswith(("/tmp", "/home/student")):
        print("ESCAPED: a cache elsewhere", name, place)
print("TRIED")
