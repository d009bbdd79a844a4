# %% [markdown] lang="en"
# Every operator written out; reverse mode with closures and with counting how many users of a node are still to come.

# %%
import math
import numbers

import numpy as np


# %%
def num_grad(f, x, eps=1e-6):
    x = np.array(x, dtype=float)
    gradient = np.empty_like(x)
    for i in range(x.size):
        kept = x[i]
        x[i] = kept + eps
        right = f(x.copy())
        x[i] = kept - eps
        left = f(x.copy())
        x[i] = kept
        gradient[i] = (right - left) / (2 * eps)
    return gradient


# %%
class Dual:
    def __init__(self, value, eps=0.0):
        self.value = value
        self.eps = eps

    def parts(self, other):
        return (other.value, other.eps) if isinstance(other, Dual) else (other, 0.0)

    def __add__(self, other):
        c, d = self.parts(other)
        return Dual(self.value + c, self.eps + d)

    def __radd__(self, other):
        return Dual(other + self.value, self.eps)

    def __sub__(self, other):
        c, d = self.parts(other)
        return Dual(self.value - c, self.eps - d)

    def __rsub__(self, other):
        return Dual(other - self.value, -self.eps)

    def __mul__(self, other):
        c, d = self.parts(other)
        return Dual(self.value * c, self.value * d + c * self.eps)

    def __rmul__(self, other):
        return Dual(other * self.value, other * self.eps)

    def __truediv__(self, other):
        c, d = self.parts(other)
        return Dual(self.value / c, (self.eps * c - self.value * d) / (c * c))

    def __rtruediv__(self, other):
        return Dual(other / self.value, -(other * self.eps) / (self.value * self.value))

    def __neg__(self):
        return Dual(-self.value, -self.eps)

    def __pow__(self, p):
        return Dual(self.value**p, self.eps * (self.value ** (p - 1) * p))

    def exp(self):
        grown = np.exp(self.value)
        return Dual(grown, grown * self.eps)

    def log(self):
        return Dual(np.log(self.value), self.eps / self.value)


# %%
class Var:
    def __init__(self, value):
        self.value = value
        self.grad = 0.0
        self.below = []
        self.pull = lambda: None

    def _made(self, value, *ways):
        """A result, with pairs of a node below and the slope towards it."""
        result = Var(value)
        result.below = [node for node, _ in ways]

        def pull():
            for node, slope in ways:
                node.grad = node.grad + slope * result.grad

        result.pull = pull
        return result

    def __add__(self, other):
        if isinstance(other, numbers.Number):
            return self._made(self.value + other, (self, 1))
        return self._made(self.value + other.value, (self, 1), (other, 1))

    def __sub__(self, other):
        if isinstance(other, numbers.Number):
            return self._made(self.value - other, (self, 1))
        return self._made(self.value - other.value, (self, 1), (other, -1))

    def __mul__(self, other):
        if isinstance(other, numbers.Number):
            return self._made(self.value * other, (self, other))
        return self._made(self.value * other.value, (self, other.value), (other, self.value))

    def __truediv__(self, other):
        if isinstance(other, numbers.Number):
            return self._made(self.value / other, (self, 1 / other))
        return self._made(
            self.value / other.value, (self, 1 / other.value), (other, -self.value / (other.value * other.value))
        )

    def __radd__(self, other):
        return self + other

    def __rmul__(self, other):
        return self * other

    def __rsub__(self, other):
        return self._made(other - self.value, (self, -1))

    def __rtruediv__(self, other):
        return self._made(other / self.value, (self, -other / self.value**2))

    def __neg__(self):
        return self._made(-self.value, (self, -1))

    def __pow__(self, p):
        return self._made(self.value**p, (self, p * self.value ** (p - 1)))

    def exp(self):
        grown = math.exp(self.value)
        return self._made(grown, (self, grown))

    def log(self):
        return self._made(math.log(self.value), (self, 1 / self.value))

    def backward(self):
        users, known, waiting = {}, {id(self)}, [self]
        while waiting:
            for node in waiting.pop().below:
                users[id(node)] = users.get(id(node), 0) + 1
                if id(node) not in known:
                    known.add(id(node))
                    waiting.append(node)
        self.grad = 1.0
        ready = [self]
        while ready:
            node = ready.pop()
            node.pull()
            for origin in node.below:
                users[id(origin)] -= 1
                if users[id(origin)] == 0:
                    ready.append(origin)
