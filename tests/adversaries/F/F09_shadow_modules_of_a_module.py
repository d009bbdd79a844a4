import numpy as np

from helper import VALUE

answer = 6 * VALUE


def double(x):
    return 2 * np.asarray(x)
