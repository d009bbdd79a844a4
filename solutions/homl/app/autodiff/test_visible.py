"""Visible checks of automatic differentiation: the function of the prompt in all three ways."""

import numpy as np
import pytest

F = "x**2 * y + y + 2"


@pytest.mark.points(2)
def test_numeric_gradient(expect):
    """Finite differences of x²y + y + 2 at (3, 4) and at (3.3, 1.7).

    ko: (3, 4)와 (3.3, 1.7)에서 x²y + y + 2의 수치 미분.
    asks: Entry $i$ is the **central** difference
    asks-ko: $i$번 값은 **중앙** 차분
    hint: For each i: f a little to the right minus f a little to the left, divided by 2 * eps.
    hint-ko: i마다 조금 오른쪽의 f에서 조금 왼쪽의 f를 빼고 2 * eps로 나누세요.
    """

    def gradient(code, at):
        return code.call("num_grad", code.public("formulas").get("f", hold=True), np.array(at), eps=1e-4)

    expect.agree(lambda code: gradient(code, [3.0, 4.0]), [24.0, 10.0], rtol=1e-7)
    expect.agree(lambda code: gradient(code, [3.3, 1.7]), [11.22, 11.89], rtol=1e-7)


@pytest.mark.points(3)
def test_dual_numbers(expect):
    """Dual numbers carry the value 42 and the derivatives 24 and 10, and square (3 + ε).

    ko: 이원수가 값 42와 도함수 24, 10을 함께 계산하고, (3 + ε)을 제곱한다.
    asks: calculates like any other, except that $\\varepsilon^2 = 0$
    asks-ko: $\\varepsilon^2 = 0$이라는 점만 빼면 보통 수처럼 계산합니다
    hint: Multiply (a + bε)(c + dε) out on paper, leave out what has ε², and read off both parts.
    hint-ko: (a + bε)(c + dε)을 종이에 전개해서 ε²이 든 항을 빼고 두 부분을 읽어 보세요.
    """

    def computed(code, formula, x, y):
        numbers = [code.new("Dual", *x), code.new("Dual", *y)]
        result = code.public("formulas").call("compute", formula, *numbers, hold=True)
        return [result.get("value"), result.get("eps")]

    expect.agree(lambda code: computed(code, "x * x", (3.0, 1.0), (0.0,)), [9.0, 6.0])
    expect.agree(lambda code: computed(code, "x * y", (3.0, 1.0), (4.0, 1.0)), [12.0, 7.0])
    expect.agree(lambda code: computed(code, F, (3.0, 1.0), (4.0,)), [42.0, 24.0])
    expect.agree(lambda code: computed(code, F, (3.0,), (4.0, 1.0)), [42.0, 10.0])
    expect.agree(lambda code: computed(code, F, (3.3, 1.0), (1.7, -0.7)), [22.213, 2.897])


@pytest.mark.points(3)
def test_reverse_mode(expect):
    """One sweep backwards finds both derivatives.

    ko: 거꾸로 한 번 훑어서 두 도함수를 모두 구한다.
    asks: `result.backward()` sets `result.grad` to 1.0 and **adds** to the `grad` of every node below
    asks-ko: `result.backward()`는 `result.grad`를 1.0으로 두고, 그 아래의 모든 노드
    hint: Each result keeps the nodes that it came from, with the local derivatives; backward() multiplies and adds them up.
    hint-ko: 결과마다 자기를 만든 노드와 국소 도함수를 저장하고, backward()에서 곱해서 더하세요.
    """

    def swept(code, x, y):
        nodes = [code.new("Var", x), code.new("Var", y)]
        result = code.public("formulas").call("compute", F, *nodes, hold=True)
        result.call("backward", hold=True)
        return [result.get("value"), result.get("grad"), *[node.get("grad") for node in nodes]]

    expect.agree(lambda code: code.new("Var", 3.0).get("grad"), 0.0)
    expect.agree(lambda code: swept(code, 3.0, 4.0), [42.0, 1.0, 24.0, 10.0])
    expect.agree(lambda code: swept(code, 3.3, 1.7), [22.213, 1.0, 11.22, 11.89])


@pytest.mark.points(1)
@pytest.mark.needs("test_reverse_mode")
def test_a_number_times_itself(expect):
    """x · x has the derivative 2x.

    ko: x · x의 도함수는 2x이다.
    asks: In $x \\cdot x$ the same node arrives at the product on two ways, and both parts count: $x + x$.
    asks-ko: $x \\cdot x$에서는 같은 노드가 두 길로 곱에 들어가고, 두 몫을 더해 $x + x$가 됩니다.
    hint: Both parts of the product are added to the same `grad`.
    hint-ko: 곱의 두 몫을 같은 `grad`에 모두 더하세요.
    """

    def slope(code, at):
        x = code.new("Var", at)
        code.public("formulas").call("compute", "x * x", x, x, hold=True).call("backward", hold=True)
        return x.get("grad")

    expect.agree(lambda code: slope(code, 5.0), 10.0)
    expect.agree(lambda code: slope(code, 68.63), 137.26)
