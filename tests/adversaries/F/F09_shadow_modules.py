# %%
import sys

import numpy as np

answer = 42


def double(x):
    return 2 * np.asarray(x)


# %%
import pandas  # noqa: E402

for name, module in list(sys.modules.items()):
    file = getattr(module, "__file__", None) or ""
    if file.startswith("/home/student"):
        print("shadow imported:", name)
    if getattr(module, "SHADOW", False):
        print("ESCAPED: a file of the submission stands in for", name)
import helper  # noqa: E402  a module of the student's own, under a name of its own

assert helper.VALUE == 7 and pandas.__version__
print("TRIED")
