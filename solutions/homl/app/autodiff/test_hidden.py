"""Hidden checks of automatic differentiation: operators, shared nodes, second derivatives, counted calls."""

import cmath

import numpy as np
import pytest

from grader.checks import Outcome, Remote, Text

ALL_MOVE = Text(
    "An input that stands still (its `eps` is 0) adds to the derivative: multiply by the operand's own `eps` (chain rule).",
    "움직이지 않는 입력(`eps`가 0)이 도함수에 더해졌어요. 피연산자 자신의 `eps`를 곱하세요(연쇄 법칙).",
)
NOT_NESTED = Text(
    "An operator stopped with TypeError where `value` and `eps` are dual numbers: something there takes floats only.",
    "`value`와 `eps`가 이원수일 때 연산이 TypeError로 멈췄어요. 실수만 다룰 수 있는 부분이 있어요.",
)
EVERY_PATH = Text(
    "`backward` takes far too long where nodes are used twice: every path is followed on its own.",
    "노드가 두 번씩 쓰이면 `backward`가 너무 오래 걸려요. 길을 하나씩 모두 따라가고 있어요.",
)


class Asked:
    """An object of the submission's in formulas: each operator asks the object itself."""

    def __init__(self, remote):
        self.remote = remote

    def _then(self, method, *others):
        others = [other.remote if isinstance(other, Asked) else other for other in others]
        return Asked(self.remote.call(method, *others, hold=True))

    def get(self, attribute):
        return self.remote.get(attribute)

    def __add__(self, other):
        return self._then("__add__", other)

    def __radd__(self, other):
        return self._then("__radd__", other)

    def __sub__(self, other):
        return self._then("__sub__", other)

    def __rsub__(self, other):
        return self._then("__rsub__", other)

    def __mul__(self, other):
        return self._then("__mul__", other)

    def __rmul__(self, other):
        return self._then("__rmul__", other)

    def __truediv__(self, other):
        return self._then("__truediv__", other)

    def __rtruediv__(self, other):
        return self._then("__rtruediv__", other)

    def __pow__(self, other):
        return self._then("__pow__", other)

    def __neg__(self):
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


def exp(x):
    """Of a number or of a student's object."""
    return x.exp() if isinstance(x, Asked) else cmath.exp(x)


def log(x):
    """Of a number or of a student's object."""
    return x.log() if isinstance(x, Asked) else cmath.log(x)


def slopes(function, *point):
    """Value and exact derivatives of an analytic function, by a step in the imaginary direction."""
    step = 1e-30
    moved = [[value + 1j * step * (i == k) for k, value in enumerate(point)] for i in range(len(point))]
    values = [complex(function(*at)) for at in moved]
    return values[0].real, np.array([value.imag / step for value in values])


FORMULAS = {
    "plus": {"x + y": lambda x, y: x + y, "x + number": lambda x, y: x + 2.5, "number + y": lambda x, y: 1.5 + y},
    "minus": {
        "x - y": lambda x, y: x - y,
        "x - number": lambda x, y: x - 2.5,
        "number - y": lambda x, y: 1.5 - y,
        "-x - y": lambda x, y: -x - y,
    },
    "times": {"x * y": lambda x, y: x * y, "x * number": lambda x, y: x * 2.5, "number * y": lambda x, y: 1.5 * y},
    "divided by": {"x / y": lambda x, y: x / y, "x / number": lambda x, y: x / 2.5, "number / y": lambda x, y: 1.5 / y},
    "powers": {
        "x**3": lambda x, y: x**3,
        "x**0.5": lambda x, y: x**0.5,
        "y**-2": lambda x, y: y**-2,
        "(x + y)**3": lambda x, y: (x + y) ** 3,
    },
    "exp and log": {
        "exp(x)": lambda x, y: exp(x),
        "log(y)": lambda x, y: log(y),
        "exp(x + log(y))": lambda x, y: exp(x + log(y)),
    },
}


def mixture(x, y, z):
    """A formula with everything, in which nodes are used more than once."""
    a = x * y - 3.0 / z
    b = exp(-a / 10.0) + a**2
    return log(b + 5.0) * (2.0 - x) / (1.0 + b * b) + z**1.5 - y * a


def wrong(attribute, formula):
    """Which result of which formula is wrong, where the formula is short enough to be named."""
    if formula is None:
        return None
    return Text(f"`{attribute}` is not right for `{formula}`.", f"`{formula}`에서 `{attribute}` 값이 맞지 않아요.")


def judge_dual(submission, expect, function, point, formula=None):
    """Compare the value and each derivative of the student's dual numbers."""
    value, right = slopes(function, *point)
    for i in range(len(point)):
        result = function(*[new(submission, "Dual", at, float(i == k)) for k, at in enumerate(point)])
        found = number(expect, result.get("value"), "value")
        expect.close(found, value, rtol=1e-10, atol=1e-12, message=wrong("value", formula))
        found = number(expect, result.get("eps"), "eps")
        mistakes = {ALL_MOVE: right.sum()} if right[i] == 0 else None
        expect.close(found, right[i], rtol=1e-10, atol=1e-12, mistakes=mistakes, message=wrong("eps", formula))


def judge_var(submission, expect, function, point, formula=None):
    """Compare the value and all gradients after one sweep backwards."""
    value, right = slopes(function, *point)
    nodes = [new(submission, "Var", at) for at in point]
    result = function(*nodes)
    found = number(expect, result.get("value"), "value")
    expect.close(found, value, rtol=1e-10, atol=1e-12, message=wrong("value", formula))
    result.remote.call("backward", hold=True)
    found = [number(expect, node.get("grad"), "grad") for node in nodes]
    expect.close(found, right, rtol=1e-10, atol=1e-12, message=wrong("grad", formula))


JUDGES = {"Dual": judge_dual, "Var": judge_var}
KINDS = [
    pytest.param("Dual", marks=pytest.mark.needs("test_dual_numbers"), id="Dual"),
    pytest.param("Var", marks=pytest.mark.needs("test_reverse_mode"), id="Var"),
]


@pytest.mark.points(3)
@pytest.mark.needs("test_numeric_gradient")
@pytest.mark.hint(
    en="(f(x + eps * e) - f(x - eps * e)) / (2 * eps), with the eps that is passed in.",
    ko="(f(x + eps * e) - f(x - eps * e)) / (2 * eps)이고, eps는 인자로 받은 값이에요.",
)
def test_central_differences(submission, expect, rng):
    """The differences are central ones, with the step that is asked for.

    ko: 주어진 간격으로 중앙 차분을 구한다.
    """
    a, x, eps = rng.uniform(0.5, 2.0, size=4), rng.uniform(1.0, 2.0, size=4), 0.05

    def function(point):
        return float((a * np.asarray(point) ** 3).sum() + np.prod(point))

    def central(eps):
        return np.array([(function(x + step) - function(x - step)) / (2 * eps) for step in eps * np.eye(4)])

    right = central(eps)
    one_sided = Text(
        "This is the one-sided difference: step to both sides of x.",
        "한쪽 차분이에요. x의 양쪽으로 움직여서 차이를 구하세요.",
    )
    apart = Text(
        "The two points lie 2 * eps apart: divide by that.",
        "두 점은 2 * eps만큼 떨어져 있어요. 그 값으로 나누세요.",
    )
    own_step = Text(
        "The step is another one than the `eps` that was passed in, or the formula is not that of the central difference.",
        "인자로 받은 `eps`가 아니라 다른 간격을 썼거나, 중앙 차분이 아닌 공식을 썼어요.",
    )
    mistakes = [
        ([(function(x + step) - function(x)) / eps for step in eps * np.eye(4)], one_sided),
        (2 * right, apart),
        *[(central(step), own_step) for step in (eps / 2, 2 * eps, 1e-3, 1e-4, 1e-5, 1e-6, 1e-7)],
    ]
    found = submission.call("num_grad", submission.oracle(function), x, eps)
    expect.close(found, right, rtol=1e-9, mistakes=mistakes)


@pytest.mark.points(2)
@pytest.mark.needs("test_numeric_gradient")
@pytest.mark.hint(
    en="Two calls for each entry of x, each at a new array that differs from x in one place.",
    ko="x의 값마다 두 번씩, x와 한 군데만 다른 새 배열로 호출하세요.",
)
def test_calls_of_the_function(submission, expect, rng):
    """The function is called 2n times, each time off x in one place.

    ko: 함수를 2n번 호출하고, 매번 x에서 한 군데만 움직인다.
    """
    x = rng.normal(size=6)
    function = submission.oracle(lambda point: float(np.sum(np.asarray(point) ** 2)))
    found = submission.call("num_grad", function, x, 1e-3)
    expect.close(found, 2 * x, rtol=0, atol=1e-6)
    expect.calls(function, at_most=12, at_least=12)
    moved = [int(np.sum(np.abs(np.asarray(args[0], dtype=float) - x) > 1e-9)) for args, _ in function.log]
    expect.true(
        moved == [1] * 12,
        en="Some point differs from x in more than one place: put the entry back, or work on a copy.",
        ko="x와 두 군데 이상 다른 점이 있어요. 값을 되돌려 놓거나 복사본을 쓰세요.",
    )


@pytest.mark.points(1)
@pytest.mark.hint(
    en="Try this operator with an object on both sides, then with a plain number on the right, then on the left.",
    ko="이 연산을 양쪽 모두 객체일 때, 오른쪽이 보통 수일 때, 왼쪽이 보통 수일 때로 나누어 시험해 보세요.",
)
@pytest.mark.parametrize("operator", FORMULAS, ids=list(FORMULAS))
def test_operators_of_dual_numbers(submission, expect, rng, operator):
    """An operator of the dual numbers, with plain numbers on either side.

    ko: 이원수의 연산. 보통 수가 어느 쪽에 있어도 된다.
    """
    for formula, function in FORMULAS[operator].items():
        judge_dual(submission, expect, function, rng.uniform(0.5, 2.0, size=2).tolist(), formula)


@pytest.mark.points(1)
@pytest.mark.hint(
    en="Try this operator with an object on both sides, then with a plain number on the right, then on the left.",
    ko="이 연산을 양쪽 모두 객체일 때, 오른쪽이 보통 수일 때, 왼쪽이 보통 수일 때로 나누어 시험해 보세요.",
)
@pytest.mark.parametrize("operator", FORMULAS, ids=list(FORMULAS))
def test_operators_of_variables(submission, expect, rng, operator):
    """An operator in reverse mode, with plain numbers on either side.

    ko: 후진 모드의 연산. 보통 수가 어느 쪽에 있어도 된다.
    """
    for formula, function in FORMULAS[operator].items():
        judge_var(submission, expect, function, rng.uniform(0.5, 2.0, size=2).tolist(), formula)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="If all operators pass on their own, look at nodes that are used more than once.",
    ko="연산이 하나씩은 모두 맞다면 두 번 이상 쓰인 노드를 살펴보세요.",
)
@pytest.mark.parametrize("kind", KINDS)
def test_a_long_formula(submission, expect, rng, kind):
    """A long formula in three variables is differentiated exactly.

    ko: 변수가 셋인 긴 식을 오차 없이 미분한다.
    """
    JUDGES[kind](submission, expect, mixture, rng.uniform(0.5, 2.0, size=3).tolist())


@pytest.mark.points(2)
@pytest.mark.needs("test_dual_numbers")
@pytest.mark.hint(
    en="No float() and no math functions in +, -, * and **: `value` and `eps` may be dual numbers.",
    ko="+, -, *, **에서는 float()나 math 함수를 쓰지 마세요. `value`와 `eps`도 이원수일 수 있어요.",
)
def test_second_derivatives(submission, expect):
    """Dual numbers of dual numbers give the Hessian of x²y + y + 2 at (3, 4).

    ko: 이원수의 이원수로 (3, 4)에서 x²y + y + 2의 헤세 행렬을 구한다.
    """
    hessian = np.array([[8.0, 6.0], [6.0, 0.0]])
    found = np.zeros((2, 2))
    for i in range(2):
        for j in range(2):
            inner = [new(submission, "Dual", at, float(k == i)) for k, at in enumerate((3.0, 4.0))]
            with expect.explains(TypeError, NOT_NESTED):
                x, y = (new(submission, "Dual", node, float(k == j)) for k, node in enumerate(inner))
                result = x**2 * y - (-y) + 2.0
            eps = result.remote.get("eps", hold=True)
            value = number(expect, eps.get("eps"), "eps.eps")
            expect.type(value, (float, int), what="eps.eps")
            found[i, j] = value
    expect.close(found, hessian, rtol=1e-12, atol=1e-12)


@pytest.mark.points(3)
@pytest.mark.needs("test_reverse_mode")
@pytest.mark.hint(
    en="A node may pass its gradient on only when all nodes that use it have added theirs: sort the graph first.",
    ko="노드는 자기를 쓴 노드가 모두 몫을 더한 다음에야 그레이디언트를 넘길 수 있어요. 그래프를 먼저 정렬하세요.",
)
def test_nodes_that_are_shared(submission, expect, rng):
    """Intermediate results that are used at several depths get their whole gradient before they pass it on.

    ko: 여러 깊이에서 쓰인 중간 결과는 그레이디언트를 모두 모은 다음에 넘긴다.
    """
    early = Text(
        "A node that is used at several depths passed its gradient on before all parts had arrived, or passed it on twice.",
        "여러 깊이에서 쓰인 노드가 몫을 모두 모으기 전에 그레이디언트를 넘겼거나 두 번 넘겼어요.",
    )
    for wide in (True, False):
        start = float(rng.uniform(0.5, 1.5))
        x = new(submission, "Var", start)
        a = x * 3.0  # used right at the end, and three steps before
        b = (a * a + 1.0) * 2.0
        result = a + b * a if wide else b * a + a
        expect.close(number(expect, result.get("value"), "value"), 3 * start + 54 * start**3 + 6 * start, rtol=1e-10)
        result.remote.call("backward", hold=True)
        found = [number(expect, node.get("grad"), "grad") for node in (x, a, b)]
        right = [9 + 162 * start**2, 3 + 54 * start**2, 3 * start]
        expect.close(found, np.array(right), rtol=1e-10, message=early)
    added = Text(
        "Two results were made of one input, and `backward` was called on each: the second part must add to the first, "
        "so set no `grad` back to 0.",
        "입력 하나로 만든 두 결과에서 `backward`를 차례로 불렀어요. 둘째 몫은 첫째 몫에 더해져야 하니 `grad`를 0으로 되돌리지 마세요.",
    )
    x = new(submission, "Var", start)
    for result in (x * 2.0, x * 3.0):
        result.remote.call("backward", hold=True)
    expect.close(number(expect, x.get("grad"), "grad"), 5.0, rtol=1e-10, mistakes={added: 3.0})


@pytest.mark.points(2)
@pytest.mark.timeout(5)
@pytest.mark.needs("test_a_number_times_itself")
@pytest.mark.hint(
    en="Visit each node once: a set of the ids that were visited stops the doubling of paths.",
    ko="노드는 한 번씩만 방문하세요. 방문한 id를 집합에 담아 두면 길이 두 배씩 늘어나지 않아요.",
)
def test_forty_doublings(submission, expect, rng):
    """Forty doublings take forty steps backwards, not 2 to the 40th.

    ko: 두 배로 만들기를 40번 하면 거꾸로도 40걸음이면 된다. 2의 40제곱 걸음이 아니다.
    """
    start = float(rng.uniform(1.0, 2.0))
    x = new(submission, "Var", start)
    node = x
    for _ in range(40):
        node = node + node
    expect.close(number(expect, node.get("value"), "value"), start * 2.0**40, rtol=1e-12)
    with expect.explains(Outcome.TIMEOUT, EVERY_PATH):
        node.remote.call("backward", hold=True)
    expect.close(number(expect, x.get("grad"), "grad"), 2.0**40, rtol=1e-12)


@pytest.mark.points(1)
@pytest.mark.hint(
    en="Return a new object from every operator and method; never assign to self.value.",
    ko="연산과 메서드는 언제나 새 객체를 돌려주세요. self.value에 대입하면 안 돼요.",
)
@pytest.mark.parametrize("kind", KINDS)
def test_operands_stay_as_they_are(submission, expect, rng, kind):
    """Calculating leaves the operands as they are.

    ko: 계산해도 피연산자는 그대로 남는다.
    """
    at = rng.uniform(0.5, 2.0, size=2).tolist()
    x, y = (new(submission, kind, value) for value in at)
    results = [x + y, x * y, x - 1.0, y / x, -x, x**2, x.exp(), y.log(), 2.0 * x]
    right = [at[0] + at[1], at[0] * at[1], at[0] - 1.0, at[1] / at[0], -at[0], at[0] ** 2]
    after = [number(expect, node.get("value"), "value") for node in (x, y)]
    expect.close(
        after,
        np.array(at),
        rtol=0,
        message=Text(
            "An operand has another value after the calculation than before.",
            "계산하고 나니 피연산자의 값이 달라졌어요.",
        ),
    )
    expect.close([number(expect, result.get("value"), "value") for result in results[:6]], np.array(right), rtol=1e-10)
