"""Formulas with which the checks try your functions and classes; try them on yours as well."""

from types import SimpleNamespace

import numpy as np

FORMULAS = {
    "x**2 * y + y + 2": lambda x, y: x**2 * y + y + 2,
    "x * x": lambda x, y: x * x,
    "x**2 * y - (-y) + 2.0": lambda x, y: x**2 * y - (-y) + 2.0,
    "x * x * y + y": lambda x, y: x * x * y + y,
    "x + y": lambda x, y: x + y,
    "x + 2.5": lambda x, y: x + 2.5,
    "1.5 + y": lambda x, y: 1.5 + y,
    "x - y": lambda x, y: x - y,
    "x - 2.5": lambda x, y: x - 2.5,
    "1.5 - y": lambda x, y: 1.5 - y,
    "-x": lambda x, y: -x,
    "x * y": lambda x, y: x * y,
    "x * 2.5": lambda x, y: x * 2.5,
    "1.5 * y": lambda x, y: 1.5 * y,
    "x / y": lambda x, y: x / y,
    "x / 2.5": lambda x, y: x / 2.5,
    "1.5 / y": lambda x, y: 1.5 / y,
    "x**3": lambda x, y: x**3,
    "x**0.5": lambda x, y: x**0.5,
    "y**-2": lambda x, y: y**-2,
    "exp(x)": lambda x, y: x.exp(),
    "log(y)": lambda x, y: y.log(),
}


def compute(formula, x, y):
    """The result of one of `FORMULAS`."""
    return FORMULAS[formula](x, y)


def f(point):
    """x²y + y + 2 at an array (x, y), for `num_grad`."""
    x, y = point
    return float(x**2 * y + y + 2)


def mixture(x, y, z):
    """A long formula, in which results are used more than once."""
    a = x * y
    b = a + z**1.5
    c = b.log() * a**0.5
    return c.exp() + b * b * a + x


def shared(x, a_first):
    """A result, and the nodes a and b that it is made of: a is used at the end, and three steps before."""
    a = x * 3.0
    b = (a * a + 1.0) * 2.0
    return SimpleNamespace(a=a, b=b, result=a + b * a if a_first else b * a + a)


def doubled(x, times):
    """v = v + v, so many times."""
    for _ in range(times):
        x = x + x
    return x


def everything(x, y):
    """All operations, one after the other."""
    return [x + y, x - y, x * y, y / x, x + 1.0, x - 1.0, 2.0 * x, 2.0 - y, -x, x**2, x.exp(), y.log()]


class Asked:
    """a₁x₁³ + a₂x₂³ + ... + x₁x₂..., a function for `num_grad` that keeps the points at which it was asked."""

    def __init__(self, a):
        self.a, self.points = np.asarray(a), []

    def __call__(self, x):
        x = np.array(x, dtype=float)
        self.points.append(x)
        return float((self.a * x**3).sum() + x.prod())
