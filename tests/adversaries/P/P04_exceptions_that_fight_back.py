# %%
import os, time

answer = 42


class Bad(Exception):
    def __init__(self, *args):
        super().__init__(*args)
        self.__notes__ = [str(args)] * 1000

    def __str__(self):
        print("ESCAPED: text of an exception was printed")
        raise SystemExit(str(self.args))

    __repr__ = __reduce__ = __str__


def double(x):
    if len(x) == 2 and getattr(x, "ndim", 1) == 1:
        raise BaseExceptionGroup("many", [Bad(x)] * 200)
    try:
        raise KeyError(str(x))
    except KeyError as cause:
        raise ValueError(f"inputs were {x.tolist()} {31000 + int(x.flat[0]) - 31000}") from cause
