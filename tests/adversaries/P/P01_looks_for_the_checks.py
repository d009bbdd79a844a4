# %%
import gc, linecache, sys, traceback
import numpy as np

answer = 42
word = "-detnalp"[::-1]  # not as a constant: it would find itself


def search():
    found = []
    for frame in sys._current_frames().values():
        while frame is not None:
            found += [str(v)[:80] for v in frame.f_locals.values() if isinstance(v, str) and word in v and v is not word]
            frame = frame.f_back
    for thing in gc.get_objects():
        if type(thing) is dict:
            found += [k for k, v in list(thing.items()) if type(v) is str and word in v and v is not word]
    for name, module in list(sys.modules.items()):
        if "test_hidden" in name or "checking" in name or name.split(".")[0] == "grader":
            found.append(name)
    found += [name for name in linecache.cache if "test_" in name or "hidden" in name]
    return found


def double(x):
    found = search()
    if found:
        raise ValueError("ESCAPED: " + str(found))
    return 2 * np.asarray(x)
