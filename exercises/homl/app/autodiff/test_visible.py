"""Visible checks of automatic differentiation: the function of the prompt in all three ways."""

import numpy as np
import pytest

from grader.checks import Remote, Text


class Asked:
    """An object of the submission's in formulas: each operator asks the object itself."""

    def __init__(self, remote):
        self.remote = remote

    def _then(self, method, *others):
        others = [other.remote if isinstance(other, Asked) else other for other in others]
        return Asked(self.remote.call(method, *others, hold=True))

    def get(self, attribute):
        return self.remote.get(attribute)

    def __add__(self, right):
        return self._then("__add__", right)

    def __radd__(self, right):
        return self._then("__radd__", right)

    def __sub__(self, right):
        return self._then("__sub__", right)

    def __rsub__(self, right):
        return self._then("__rsub__", right)

    def __mul__(self, right):
        return self._then("__mul__", right)

    def __rmul__(self, right):
        return self._then("__rmul__", right)

    def __truediv__(self, right):
        return self._then("__truediv__", right)

    def __rtruediv__(self, right):
        return self._then("__rtruediv__", right)

    def __pow__(self, right):
        return self._then("__pow__", right)

    def __neg__(self, /):
        return self._then("__neg__")

    def exp(self):
        return self._then("exp")

    def log(self):
        return self._then("log")


def new(submission, kind, *args):
    """An object of the student's class."""
    return Asked(submission.new(kind, *[arg.remote if isinstance(arg, Asked) else arg for arg in args]))


def number(expect, value, what):
    """A number, and not an object."""
    expect.true(
        not isinstance(value, Remote),
        en=f"`{what}` should be a number here.",
        ko=f"여기서 `{what}`은(는) 숫자여야 해요.",
    )
    return value


def f(x, y):
    """The function of the prompt."""
    return x**2 * y + y + 2


ONE_SIDED = Text(
    "This is the one-sided difference: step to both sides of x.",
    "한쪽 차분이에요. x의 양쪽으로 움직여서 차이를 구하세요.",
)
APART = Text(
    "The two points lie 2 * eps apart: divide by that.",
    "두 점은 2 * eps만큼 떨어져 있어요. 그 값으로 나누세요.",
)
PRODUCT = Text(
    "`eps` of a product is not right: each of the two factors adds a part to it.",
    "곱의 `eps`가 맞지 않아요. 두 인수가 저마다 한 몫씩 더해요.",
)
POWER = Text(
    "A part of the derivative of `x**2` is missing: in a power the exponent comes down as a factor.",
    "`x**2`의 도함수에서 일부가 빠졌어요. 거듭제곱을 미분하면 지수가 앞으로 내려와 곱해져요.",
)
OVERWRITTEN = Text(
    "The second part of the gradient has overwritten the first: add them up.",
    "그레이디언트의 둘째 몫이 첫째 몫을 덮어썼어요. 더해야 해요.",
)
EXCHANGED = Text(
    "In a product the local derivatives of the two factors have changed places.",
    "곱에서 두 인수의 국소 도함수가 서로 바뀌었어요.",
)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="For each i: f a little to the right minus f a little to the left, divided by 2 * eps.",
    ko="i마다 조금 오른쪽의 f에서 조금 왼쪽의 f를 빼고 2 * eps로 나누세요.",
)
def test_numeric_gradient(submission, expect):
    """Finite differences of x²y + y + 2 at (3, 4).

    ko: (3, 4)에서 x²y + y + 2의 수치 미분.
    """
    function = submission.oracle(lambda point: float(f(point[0], point[1])))
    found = submission.call("num_grad", function, np.array([3.0, 4.0]), eps=1e-4)
    expect.close(found, np.array([24.0, 10.0]), rtol=0, atol=1e-6, mistakes={ONE_SIDED: [24.0004, 10.0], APART: [48.0, 20.0]})


@pytest.mark.points(3)
@pytest.mark.hint(
    en="(a + b·eps)(c + d·eps) = ac + (ad + bc)·eps: the product has two parts.",
    ko="(a + b·eps)(c + d·eps) = ac + (ad + bc)·eps예요. 곱의 eps에는 두 항이 있어요.",
)
def test_dual_numbers(submission, expect):
    """Dual numbers carry the value 42 and the derivatives 24 and 10.

    ko: 이원수가 값 42와 도함수 24, 10을 함께 계산한다.
    """
    three, four = 3.0, 4.0
    for eps in ((1.0, 0.0), (0.0, 1.0)):
        product = new(submission, "Dual", 5.0, eps[0]) * new(submission, "Dual", 5.0, eps[1])
        expect.close(number(expect, product.get("eps"), "eps"), 5.0, rtol=1e-12, message=PRODUCT)
    along_x = f(new(submission, "Dual", three, 1.0), new(submission, "Dual", four))
    along_y = f(new(submission, "Dual", three), new(submission, "Dual", four, 1.0))
    expect.close(number(expect, along_x.get("value"), "value"), 42.0, rtol=1e-12)
    expect.close(number(expect, along_x.get("eps"), "eps"), 24.0, rtol=1e-12, mistakes={POWER: 12.0})
    expect.close(number(expect, along_y.get("eps"), "eps"), 10.0, rtol=1e-12)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Each result keeps the nodes that it came from, with the local derivatives; backward() multiplies and adds them up.",
    ko="결과마다 자기를 만든 노드와 국소 도함수를 저장하고, backward()에서 곱해서 더하세요.",
)
def test_reverse_mode(submission, expect):
    """One sweep backwards finds both derivatives.

    ko: 거꾸로 한 번 훑어서 두 도함수를 모두 구한다.
    """
    x, y = new(submission, "Var", 3.0), new(submission, "Var", 4.0)
    result = f(x, y)
    expect.close(number(expect, result.get("value"), "value"), 42.0, rtol=1e-12)
    expect.close(number(expect, x.get("grad"), "grad"), 0.0, atol=0)
    result.remote.call("backward", hold=True)
    found = [number(expect, node.get("grad"), "grad") for node in (x, y)]
    mistakes = [([24.0, 9.0], OVERWRITTEN), ([24.0, 1.0], OVERWRITTEN), ([54.0, 5.0], EXCHANGED), ([12.0, 10.0], POWER)]
    expect.close(found, np.array([24.0, 10.0]), rtol=1e-12, mistakes=mistakes)


@pytest.mark.points(2)
@pytest.mark.needs("test_reverse_mode")
@pytest.mark.hint(
    en="grad += ..., not grad = ...: both parts of the product count.",
    ko="grad = ...가 아니라 grad += ...예요. 곱의 두 몫을 모두 더해야 해요.",
)
def test_a_number_times_itself(submission, expect):
    """x · x has the derivative 2x.

    ko: x · x의 도함수는 2x이다.
    """
    x = new(submission, "Var", 5.0)
    (x * x).remote.call("backward", hold=True)
    expect.close(number(expect, x.get("grad"), "grad"), 10.0, rtol=1e-12, mistakes={OVERWRITTEN: 5.0})
