# %% [markdown] lang="en"
# # Three ways to differentiate
#
# Training a network means asking, millions of times, how the loss changes with each weight. You build the three ways in which
# a computer can answer, on functions such as $f(x, y) = x^2 y + y + 2$, whose value at $(3, 4)$ is 42 and whose gradient is
# $(2xy,\ x^2 + 1) = (24, 10)$. The formulas that the checks try on your work are in `data/formulas.py`.

# %% [markdown] lang="ko"
# # 자동 미분 세 가지
#
# 신경망을 훈련하려면 가중치 하나하나에 따라 손실이 어떻게 달라지는지를 수백만 번 물어야 합니다. 컴퓨터가 그 답을 구하는 세 가지 방법을
# 직접 만들어 봅시다. 예로 쓸 함수는 $f(x, y) = x^2 y + y + 2$입니다. $(3, 4)$에서 값은 42이고 그레이디언트는
# $(2xy,\ x^2 + 1) = (24, 10)$입니다. 채점할 때 쓰는 식은 `data/formulas.py`에 있습니다.

# %%
from __future__ import annotations

import math
from collections.abc import Callable

import numpy as np


# %% [markdown] lang="en"
# ## 1. Finite differences
#
# `num_grad(f, x, eps=1e-6) -> array (n,)`: `f` takes an array of shape (n,) and returns a number, `x` is such an array. Entry $i$ is
# the **central** difference $\dfrac{f(x + \varepsilon e_i) - f(x - \varepsilon e_i)}{2\varepsilon}$, where $e_i$ is 1 at place $i$ and 0
# elsewhere. Call `f` exactly 2n times and leave `x` as it is. (The one-sided difference $(f(x + \varepsilon e_i) - f(x)) / \varepsilon$ is
# cheaper but far less exact: 24.0004 in place of 24 with $\varepsilon = 10^{-4}$.)

# %% [markdown] lang="ko"
# ## 1. 수치 미분
#
# `num_grad(f, x, eps=1e-6) -> 배열 (n,)`: `f`는 (n,) 배열을 받아 숫자를 돌려주는 함수이고 `x`는 그런 배열입니다. $i$번 값은 **중앙** 차분
# $\dfrac{f(x + \varepsilon e_i) - f(x - \varepsilon e_i)}{2\varepsilon}$입니다. $e_i$는 $i$번만 1이고 나머지는 0인 벡터입니다. `f`를 정확히 2n번
# 호출하고 `x`는 그대로 두세요. (한쪽 차분 $(f(x + \varepsilon e_i) - f(x)) / \varepsilon$은 호출이 적지만 훨씬 부정확합니다.
# $\varepsilon = 10^{-4}$이면 24 대신 24.0004가 나옵니다.)


# %%
def num_grad(f: Callable[[np.ndarray], float], x: np.ndarray, eps: float = 1e-6) -> np.ndarray:
    """Gradient of ``f`` at ``x`` by central differences, shape (n,)."""
    # SOLUTION
    steps = eps * np.eye(len(x))
    return np.array([(f(x + step) - f(x - step)) / (2 * eps) for step in steps])
    # END SOLUTION


# %% [markdown] lang="en"
# ## 2. Forward mode with dual numbers
#
# A dual number $a + b\varepsilon$ calculates like any other, except that $\varepsilon^2 = 0$: whatever has $\varepsilon^2$ is dropped. Then
# $f(x + \varepsilon) = f(x) + f'(x)\,\varepsilon$: the derivative travels along, exactly. Write `class Dual(value, eps=0.0)` with the
# attributes `value` ($a$) and `eps` ($b$). For example $(3 + \varepsilon)^2 = 9 + 6\varepsilon$.
#
# `Dual`, and `Var` of part 3 as well, support `+`, `-`, `*`, `/` with an object of the same class **or a plain number on either
# side** (`2 / x` as well as `x / 2`), unary minus `-x`, powers `x ** p` with a plain number `p`, and the methods `exp()` and `log()`
# (natural logarithm). Every operation returns a **new** object and leaves its operands as they are.
#
# **Dual numbers of dual numbers.** `value` and `eps` may be dual numbers themselves; then `+`, `-`, `*` and whole powers give second
# derivatives. With `x = Dual(Dual(3, 1), 1)` and `y = 4`, the inner `eps` of the outer `eps` of $f$ is $\partial^2 f / \partial x^2 = 2y = 8$.
# You get this for free if your rules only calculate with `value` and `eps` and never call `float()` on them.
#
# Hint: Python calls `x.__radd__(2)` for `2 + x`, and there are `__rsub__`, `__rmul__` and `__rtruediv__` for the others; `__neg__`,
# `__truediv__` and `__pow__` are `-x`, `/` and `**`.

# %% [markdown] lang="ko"
# ## 2. 이원수를 쓰는 전진 모드
#
# 이원수(dual number) $a + b\varepsilon$은 $\varepsilon^2 = 0$이라는 점만 빼면 보통 수처럼 계산합니다. $\varepsilon^2$이 든 항은 버립니다. 그러면
# $f(x + \varepsilon) = f(x) + f'(x)\,\varepsilon$이 되어 도함수가 오차 없이 함께 계산됩니다. 속성 `value`($a$)와 `eps`($b$)를 가진
# `class Dual(value, eps=0.0)`을 작성하세요. 예를 들어 $(3 + \varepsilon)^2 = 9 + 6\varepsilon$입니다.
#
# `Dual`도 3번의 `Var`도 같은 클래스의 객체 **또는 보통 수가 어느 쪽에 있어도** `+`, `-`, `*`, `/`를 계산할 수 있어야 합니다(`x / 2`도
# `2 / x`도 됩니다). 부호를 바꾸는 `-x`, 보통 수 `p`의 거듭제곱 `x ** p`, 메서드 `exp()`와 `log()`(자연로그)도 필요합니다. 연산은
# 언제나 **새** 객체를 돌려주고 피연산자는 그대로 둡니다.
#
# **이원수의 이원수.** `value`와 `eps`가 다시 이원수일 수 있고, 이때 `+`, `-`, `*`와 정수 거듭제곱은 이계 도함수를 줍니다.
# `x = Dual(Dual(3, 1), 1)`, `y = 4`이면 $f$의 바깥 `eps`의 안쪽 `eps`가 $\partial^2 f / \partial x^2 = 2y = 8$입니다. 규칙을 `value`와
# `eps`의 계산으로만 쓰고 `float()`로 바꾸지 않으면 저절로 됩니다.
#
# 힌트: 파이썬은 `2 + x`에 `x.__radd__(2)`를 부르고, 나머지에는 `__rsub__`, `__rmul__`, `__rtruediv__`가 있습니다. `-x`, `/`, `**`는
# `__neg__`, `__truediv__`, `__pow__`입니다.


# %%
class Dual:
    """A number a + b·eps with eps² = 0."""

    # SOLUTION
    # STUB: def __init__(self, value, eps=0.0):
    # STUB:     raise NotImplementedError
    # STUB:
    # STUB: # the operators, exp and log follow here
    def __init__(self, value, eps=0.0):
        self.value, self.eps = value, eps

    @staticmethod
    def of(number) -> Dual:
        return number if isinstance(number, Dual) else Dual(number)

    def __add__(self, other):
        other = Dual.of(other)
        return Dual(self.value + other.value, self.eps + other.eps)

    def __mul__(self, other):
        other = Dual.of(other)
        return Dual(self.value * other.value, self.eps * other.value + self.value * other.eps)

    def __pow__(self, p):
        return Dual(self.value**p, p * self.value ** (p - 1) * self.eps)

    def exp(self):
        return Dual(math.exp(self.value), math.exp(self.value) * self.eps)

    def log(self):
        return Dual(math.log(self.value), self.eps / self.value)

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other

    def __truediv__(self, other):
        return self * Dual.of(other) ** -1

    def __rtruediv__(self, other):
        return other * self**-1

    __radd__, __rmul__ = __add__, __mul__
    # END SOLUTION


# %% [markdown] lang="en"
# ## 3. Reverse mode
#
# One sweep backwards through the calculation yields the derivatives for *all* inputs at once, which is why networks are trained this
# way. Write `class Var(value)` with the attributes `value` and `grad` (0.0 at first). Calculating with it builds a graph: each result
# remembers which nodes it came from. `result.backward()` sets `result.grad` to 1.0 and **adds** to the `grad` of every node below, inputs
# and intermediate results, the derivative of `result` with respect to it. It is called once per graph; called on another result of
# the same inputs, it adds to what they have.
#
# **Nodes that are used twice.** In $x \cdot x$ the same node arrives at the product on two ways, and both parts count: $x + x$. A
# node must pass on its gradient only **once**, after *all* nodes that use it have added their part. So sort the nodes first, every
# node behind those that it was made from, and go through them from the end. Passing on along every path separately is right too,
# but takes $2^{40}$ steps for 40 doublings `v = v + v`, which is far too long.
#
# Hint: let each result keep pairs (node, local derivative). A function that visits a node's origins before it appends the node
# itself to a list sorts the graph; a set of ids keeps it from visiting twice.

# %% [markdown] lang="ko"
# ## 3. 후진 모드
#
# 계산을 거꾸로 한 번 훑으면 *모든* 입력에 대한 도함수가 한꺼번에 나옵니다. 신경망을 이 방법으로 훈련하는 까닭입니다. 속성
# `value`와 `grad`(처음에는 0.0)를 가진 `class Var(value)`를 작성하세요. `Var`로 계산하면 그래프가 만들어지고, 결과는 저마다 어떤
# 노드에서 나왔는지를 기억합니다. `result.backward()`는 `result.grad`를 1.0으로 두고, 그 아래의 모든 노드(입력과 중간 결과)의 `grad`에
# 그 노드에 대한 `result`의 도함수를 **더합니다**. 그래프 하나에 한 번만 부릅니다. 같은 입력으로 만든 다른 결과에서 부르면 그 몫이
# 입력의 `grad`에 더해집니다.
#
# **두 번 쓰인 노드.** $x \cdot x$에서는 같은 노드가 두 길로 곱에 들어가고, 두 몫을 더해 $x + x$가 됩니다. 노드는 자기를 쓴 *모든*
# 노드가 자기 몫을 더한 다음에 **한 번만** 그레이디언트를 아래로 넘겨야 합니다. 그러니 먼저 노드를 정렬하세요. 노드마다 자기를 만든
# 노드보다 뒤에 오게 하고, 끝에서부터 차례로 처리합니다. 길마다 따로 넘겨도 답은 맞지만 `v = v + v`를 40번 하면 $2^{40}$걸음이
# 걸립니다. 너무 오래 걸려서 쓸 수 없습니다.
#
# 힌트: 결과마다 (노드, 국소 도함수) 쌍을 저장해 두세요. 노드를 만든 노드들을 먼저 방문하고 나서 자신을 리스트에 넣는 함수가
# 그래프를 정렬해 줍니다. id를 담은 집합이 있으면 같은 노드를 두 번 방문하지 않습니다.


# %%
class Var:
    """A node of a calculation that can be differentiated backwards."""

    # SOLUTION
    # STUB: def __init__(self, value):
    # STUB:     raise NotImplementedError
    # STUB:
    # STUB: # the operators, exp, log and backward follow here
    def __init__(self, value, origins=()):
        self.value, self.grad = value, 0.0
        self.origins = origins  # pairs of a node and the derivative of this node with respect to it

    @staticmethod
    def of(number) -> Var:
        return number if isinstance(number, Var) else Var(number)

    def backward(self) -> None:
        """Add the derivative of this node to ``grad`` of every node that it was made from."""
        order, seen = [], set()

        def visit(node):
            if id(node) not in seen:
                seen.add(id(node))
                for origin, _ in node.origins:
                    visit(origin)
                order.append(node)

        visit(self)
        self.grad = 1.0
        for node in reversed(order):
            for origin, slope in node.origins:
                origin.grad += node.grad * slope

    def __add__(self, other):
        other = Var.of(other)
        return Var(self.value + other.value, ((self, 1.0), (other, 1.0)))

    def __mul__(self, other):
        other = Var.of(other)
        return Var(self.value * other.value, ((self, other.value), (other, self.value)))

    def __pow__(self, p):
        return Var(self.value**p, ((self, p * self.value ** (p - 1)),))

    def exp(self):
        return Var(math.exp(self.value), ((self, math.exp(self.value)),))

    def log(self):
        return Var(math.log(self.value), ((self, 1 / self.value),))

    def __neg__(self):
        return self * -1

    def __sub__(self, other):
        return self + -other

    def __rsub__(self, other):
        return -self + other

    def __truediv__(self, other):
        return self * Var.of(other) ** -1

    def __rtruediv__(self, other):
        return other * self**-1

    __radd__, __rmul__ = __add__, __mul__
    # END SOLUTION
