"""Hidden checks of automatic differentiation: operators, shared nodes, second derivatives, counted calls."""

import numpy as np
import pytest

from grader.checks import Text

OPERATORS = {
    "plus": ("x + y", "x + 2.5", "1.5 + y"),
    "minus": ("x - y", "x - 2.5", "1.5 - y", "-x"),
    "times": ("x * y", "x * 2.5", "1.5 * y"),
    "divided by": ("x / y", "x / 2.5", "1.5 / y"),
    "powers": ("x**3", "x**0.5", "y**-2"),
    "exp and log": ("exp(x)", "log(y)"),
}
OTHER_CALLS = Text(
    "Here `f` should be called exactly 12 times, since x has 6 entries.",
    "여기서는 x의 값이 6개이니 `f`를 정확히 12번 호출해야 해요.",
)
OFF_PLACE = Text(
    "Each point at which `f` is called should differ from x in exactly one place.",
    "`f`를 호출하는 점은 저마다 x와 딱 한 군데만 달라야 해요.",
)
CHANGED = Text("`x` has other values after the call than before.", "호출하고 나니 `x`의 값이 달라졌어요.")
OPERANDS = Text(
    "An operand has another value after the calculation than before.", "계산하고 나니 피연산자의 값이 달라졌어요."
)


KINDS = [
    pytest.param("Dual", marks=pytest.mark.needs("test_dual_numbers"), id="Dual"),
    pytest.param("Var", marks=pytest.mark.needs("test_reverse_mode"), id="Var"),
]


def objects(code, kind, at, along):
    """Objects of the student's class; dual numbers with their `eps`."""
    if kind == "Var":
        return [code.new("Var", value) for value in at]
    return [code.new("Dual", value, step) for value, step in zip(at, along, strict=True)]


def slopes(kind, numbers, result):
    """What a calculation has found: the value, and `eps` or, after the sweep, the gradient."""
    if kind == "Dual":
        return [result.get("value"), result.get("eps")]
    result.call("backward", hold=True)
    return [result.get("value"), *[number.get("grad") for number in numbers]]


@pytest.mark.points(2)
def test_central_differences(expect, rng):
    """The differences are central ones, with the step that is asked for.

    ko: 주어진 간격으로 중앙 차분을 구한다.
    asks: $\\dfrac{f(x + \\varepsilon e_i) - f(x - \\varepsilon e_i)}{2\\varepsilon}$
    asks-ko: $\\dfrac{f(x + \\varepsilon e_i) - f(x - \\varepsilon e_i)}{2\\varepsilon}$
    hint: (f(x + eps * e) - f(x - eps * e)) / (2 * eps), with the eps that is passed in.
    hint-ko: (f(x + eps * e) - f(x - eps * e)) / (2 * eps)이고, eps는 인자로 받은 값이에요.
    """
    a, x = rng.uniform(0.5, 2.0, size=4), rng.uniform(1.0, 2.0, size=4)
    for eps in (0.05, 0.2):
        expect.agree(lambda code, eps=eps: code.call("num_grad", code.public("formulas").call("Asked", a, hold=True), x, eps))


@pytest.mark.points(2)
@pytest.mark.needs("test_numeric_gradient")
def test_calls_of_the_function(expect, rng):
    """The function is called 2n times, each time off x in one place, and x stays as it is.

    ko: 함수를 2n번 호출하고, 매번 x에서 한 군데만 움직이며, x는 그대로 둔다.
    asks: Call `f` exactly 2n times and leave `x` as it is.
    asks-ko: `f`를 정확히 2n번 호출하고 `x`는 그대로 두세요.
    hint: Two calls for each entry of x, each at a new array that differs from x in one place.
    hint-ko: x의 값마다 두 번씩, x와 한 군데만 다른 새 배열로 호출하세요.
    """
    a, x = rng.uniform(0.5, 2.0, size=6), rng.uniform(1.0, 2.0, size=6)

    def points(code):
        function = code.public("formulas").call("Asked", a, hold=True)
        code.call("num_grad", function, x, 0.05, hold=True)
        return function.get("points")

    def x_afterwards(code):
        held = code.hold(x)
        code.call("num_grad", code.public("formulas").call("Asked", a, hold=True), held, 0.05, hold=True)
        return held.call("copy")

    expect.agree(lambda code: len(points(code)), 12, message=OTHER_CALLS)
    expect.agree(lambda code: [int(np.sum(np.abs(at - x) > 1e-9)) for at in points(code)][:12], [1] * 12, message=OFF_PLACE)
    expect.agree(x_afterwards, x, message=CHANGED)


@pytest.mark.points(1)
@pytest.mark.parametrize("operator", OPERATORS, ids=list(OPERATORS))
@pytest.mark.parametrize("kind", ["Dual", "Var"])
def test_operators(expect, rng, kind, operator):
    """One kind of operation of one class, with plain numbers on either side.

    ko: 한 클래스의 한 가지 연산. 보통 수가 어느 쪽에 있어도 된다.
    asks: with an object of the same class **or a plain number on either side**
    asks-ko: 같은 클래스의 객체 **또는 보통 수가 어느 쪽에 있어도**
    hint: Try this operation with an object on both sides, then with a plain number on the right, then on the left.
    hint-ko: 이 연산을 양쪽 모두 객체일 때, 오른쪽이 보통 수일 때, 왼쪽이 보통 수일 때로 나누어 시험해 보세요.
    """
    for formula in OPERATORS[operator]:
        at, along = rng.uniform(0.5, 2.0, size=2).tolist(), rng.uniform(0.5, 2.0, size=2).tolist()

        def found(code, formula=formula, at=at, along=along):
            numbers = objects(code, kind, at, along)
            return slopes(kind, numbers, code.public("formulas").call("compute", formula, *numbers, hold=True))

        message = Text(f"The result of `{formula}` is not right yet.", f"`{formula}`의 결과가 아직 맞지 않아요.")
        expect.agree(found, message=message)


@pytest.mark.points(2)
@pytest.mark.parametrize("kind", ["Dual", "Var"])
def test_a_long_formula(expect, rng, kind):
    """A long formula in three variables is differentiated exactly.

    ko: 변수가 셋인 긴 식을 오차 없이 미분한다.
    asks: the derivative of `result` with respect to it
    asks-ko: 그 노드에 대한 `result`의 도함수를 **더합니다**
    hint: If all operators are right on their own, look at numbers that are used more than once.
    hint-ko: 연산이 하나씩은 모두 맞다면 두 번 이상 쓰인 수를 살펴보세요.
    """
    at, along = rng.uniform(0.5, 2.0, size=3).tolist(), rng.uniform(0.5, 2.0, size=3).tolist()

    def found(code):
        numbers = objects(code, kind, at, along)
        return slopes(kind, numbers, code.public("formulas").call("mixture", *numbers, hold=True))

    expect.agree(found)


@pytest.mark.points(2)
def test_second_derivatives(expect):
    """Dual numbers of dual numbers give the second derivatives of x²y + y + 2 at (3, 4).

    ko: 이원수의 이원수로 (3, 4)에서 x²y + y + 2의 이계 도함수를 구한다.
    asks: then `+`, `-`, `*` and whole powers give second derivatives
    asks-ko: 이때 `+`, `-`, `*`와 정수 거듭제곱은 이계 도함수를 줍니다
    hint: No float() and no math functions in +, -, * and **: `value` and `eps` may be dual numbers.
    hint-ko: +, -, *, **에서는 float()나 math 함수를 쓰지 마세요. `value`와 `eps`도 이원수일 수 있어요.
    """

    def second(code, formula, i, j):
        inner = [code.new("Dual", at, float(k == i)) for k, at in enumerate((3.0, 4.0))]
        x, y = (code.new("Dual", node, float(k == j)) for k, node in enumerate(inner))
        result = code.public("formulas").call("compute", formula, x, y, hold=True)
        return result.get("eps", hold=True).get("eps")

    for formula in ("x**2 * y - (-y) + 2.0", "x * x * y + y"):
        for i, j, right in ((0, 0, 8.0), (0, 1, 6.0), (1, 0, 6.0), (1, 1, 0.0)):
            expect.agree(lambda code, at=(formula, i, j): second(code, *at), right, atol=1e-9)


@pytest.mark.points(3)
@pytest.mark.needs("test_reverse_mode")
def test_nodes_that_are_shared(expect, rng):
    """Intermediate results that are used at several depths get their whole gradient before they pass it on.

    ko: 여러 깊이에서 쓰인 중간 결과는 그레이디언트를 모두 모은 다음에 넘긴다.
    asks: A node must pass on its gradient only **once**, after *all* nodes that use it have added their part.
    asks-ko: 노드는 자기를 쓴 *모든* 노드가 자기 몫을 더한 다음에 **한 번만** 그레이디언트를 아래로 넘겨야 합니다.
    hint: A node may pass its gradient on only when all nodes that use it have added theirs: sort the graph first.
    hint-ko: 노드는 자기를 쓴 노드가 모두 몫을 더한 다음에야 그레이디언트를 넘길 수 있어요. 그래프를 먼저 정렬하세요.
    """

    def gradients(code, start, a_first):
        x = code.new("Var", start)
        nodes = code.public("formulas").call("shared", x, a_first, hold=True)
        nodes.get("result", hold=True).call("backward", hold=True)
        return [x.get("grad"), nodes.get("a.grad"), nodes.get("b.grad")]

    start = float(rng.uniform(0.5, 1.5))
    for a_first in (True, False):
        expect.agree(lambda code, a_first=a_first: gradients(code, 0.5, a_first), [49.5, 16.5, 1.5])
        expect.agree(lambda code, a_first=a_first: gradients(code, start, a_first))


@pytest.mark.points(2)
@pytest.mark.needs("test_reverse_mode")
def test_two_results_of_one_input(expect):
    """The sweeps of two results add up in the input that they share.

    ko: 한 입력으로 만든 두 결과에서 거꾸로 훑으면 몫이 더해진다.
    asks: called on another result of the same inputs, it adds to what they have
    asks-ko: 같은 입력으로 만든 다른 결과에서 부르면 그 몫이 입력의 `grad`에 더해집니다
    hint: `backward` sets only the `grad` of the result that it is called on; all others it adds to.
    hint-ko: `backward`는 불린 결과의 `grad`만 새로 정하고, 나머지 `grad`에는 더하기만 해요.
    """

    def slope(code):
        x = code.new("Var", 2.0)
        for factor in (2.37, 67.41):
            x.call("__mul__", factor, hold=True).call("backward", hold=True)
        return x.get("grad")

    expect.agree(slope, 69.78)


@pytest.mark.points(2)
@pytest.mark.timeout(5)
@pytest.mark.needs("test_a_number_times_itself")
def test_forty_doublings(expect):
    """Forty doublings take forty steps backwards, not 2 to the 40th.

    ko: 두 배로 만들기를 40번 하면 거꾸로도 40걸음이면 된다. 2의 40제곱 걸음이 아니다.
    asks: takes $2^{40}$ steps for 40 doublings
    asks-ko: `v = v + v`를 40번 하면 $2^{40}$걸음이 걸립니다
    hint: If this takes far too long, every path is followed on its own: visit each node once, and keep the ids of those
        that were visited in a set.
    hint-ko: 너무 오래 걸린다면 길을 하나씩 모두 따라가고 있는 거예요. 방문한 노드의 id를 집합에 담아 두고 노드마다 한 번씩만
        방문하세요.
    """

    def slope(code):
        x = code.new("Var", 1.5)
        code.public("formulas").call("doubled", x, 40, hold=True).call("backward", hold=True)
        return x.get("grad")

    expect.agree(slope, 2.0**40)


@pytest.mark.points(1)
@pytest.mark.parametrize("kind", KINDS)
def test_operands_stay_as_they_are(expect, rng, kind):
    """Calculating leaves the operands as they are.

    ko: 계산해도 피연산자는 그대로 남는다.
    asks: Every operation returns a **new** object and leaves its operands as they are.
    asks-ko: 연산은 언제나 **새** 객체를 돌려주고 피연산자는 그대로 둡니다.
    hint: Return a new object from every operator and method; never assign to self.value.
    hint-ko: 연산과 메서드는 언제나 새 객체를 돌려주세요. self.value에 대입하면 안 돼요.
    """
    at = rng.uniform(0.5, 2.0, size=2).tolist()

    def afterwards(code):
        numbers = objects(code, kind, at, (1.0, 1.0))
        code.public("formulas").call("everything", *numbers, hold=True)
        return [number.get("value") for number in numbers]

    expect.agree(afterwards, at, message=OPERANDS)
