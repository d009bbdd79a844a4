"""Visible checks of the 2-D diffusion model: both formulas by hand, the way back with a known predictor, and the network."""

import numpy as np
import pytest

BETAS, X, EPS = np.array([0.1, 0.2]), np.array([[1.0, 0.0]]), np.array([[0.5, -0.5]])
SIX = np.linspace(0.05, 0.5, 6)
TWENTY = np.linspace(0.02, 0.5, 20)
C = np.array([2.0, -1.0])


def world(code, kind, *given):
    return code.public("worlds").call(kind, *given, hold=True)


@pytest.mark.points(1)
def test_jump_by_hand(expect):
    """One jump, worked out by hand.

    ko: 손으로 계산한 한 번의 건너뛰기.
    asks: `forward_jump` gives $(\\sqrt{0.72} \\cdot 1 + \\sqrt{0.28} \\cdot 0.5,\\ -\\sqrt{0.28} \\cdot 0.5) = (1.113, -0.265)$
    asks-ko: `forward_jump`는 $(\\sqrt{0.72} \\cdot 1 + \\sqrt{0.28} \\cdot 0.5,\\ -\\sqrt{0.28} \\cdot 0.5) = (1.113, -0.265)$입니다
    hint: Both factors are roots: of alpha-bar for the point, of 1 - alpha-bar for the noise.
    hint-ko: 두 계수 모두 제곱근이에요. 점에는 알파 바의 제곱근, 잡음에는 1 - 알파 바의 제곱근을 곱하세요.
    """
    jumped = np.array([[0.72**0.5 + 0.5 * 0.28**0.5, -0.5 * 0.28**0.5]])
    expect.agree(lambda code: code.call("forward_jump", X, EPS, np.array([1]), BETAS), jumped)


@pytest.mark.points(2)
def test_one_step_by_hand(expect):
    """One step back, worked out by hand, without noise and with it.

    ko: 손으로 계산한 한 단계 되돌리기. 잡음이 없을 때와 있을 때.
    asks: `reverse_step` without noise gives
    asks-ko: 잡음이 없을 때 `reverse_step`은
    hint: alpha-bar at t is the product of all 1 - beta from 0 to t, both ends included: betas[: t + 1]. The noise goes times the root of beta.
    hint-ko: t에서의 알파 바는 0부터 t까지(양 끝 포함) 1 - beta를 모두 곱한 값이에요. betas[: t + 1]을 쓰세요. 잡음에는 beta의 제곱근을 곱해요.
    """
    mean, z = np.array([[0.9067454, 0.2112886]]), np.array([[1.0, -1.0]])
    expect.agree(lambda code: code.call("reverse_step", X, EPS, 1, BETAS, np.zeros((1, 2))), mean)
    expect.agree(lambda code: code.call("reverse_step", X, EPS, 1, BETAS, z), mean + 0.2**0.5 * z)


@pytest.mark.points(3)
def test_way_back_to_a_point(expect):
    """The way back asks the given predictor at every step, and ends where its data are.

    ko: 되돌아가는 길은 단계마다 주어진 predict에 묻고, 그 데이터가 있는 곳에서 끝난다.
    asks: `sample` has to ask all steps, and to end at `c`
    asks-ko: `sample`은 모든 단계를 물어야 하고 `c`에서 끝나야 합니다
    hint: Start with noise, and for t from T - 1 down to 0 ask predict for the noise, then take one reverse_step. Nothing else has a part in it.
    hint-ko: 잡음에서 시작해 t를 T - 1에서 0까지 줄이면서 predict에 잡음을 묻고 reverse_step을 한 번씩 하세요. 다른 것은 쓰지 않아요.
    """

    def steps(code):
        watch = world(code, "Watch", world(code, "Point", SIX, C))
        code.call("sample", watch, SIX, 4, 1)
        return watch.get("asked")

    expect.agree(steps, [5, 4, 3, 2, 1, 0])
    expect.agree(lambda code: code.call("sample", world(code, "Point", SIX, C), SIX, 4, 1), np.tile(C, (4, 1)))


@pytest.mark.points(3)
@pytest.mark.timeout(90)
def test_network_finds_the_noise(expect):
    """The trained network tells the noise, at early and at late steps.

    ko: 훈련한 신경망이 이른 단계에서도 늦은 단계에서도 잡음을 알아낸다.
    asks: Returns a function `predict(x, t)`: the noise that the network finds
    asks-ko: 함수 `predict(x, t)`를 반환합니다. 신경망이 찾아낸 잡음
    hint: Fit the network to eps, with noisy points from all steps, and let it see t.
    hint-ko: 모든 단계의 잡음 섞인 점을 넣고 eps를 맞히도록 훈련하세요. 신경망이 t를 볼 수 있어야 해요.
    """
    # Four small heaps: there the noise can be told nearly exactly at early steps.
    rng = np.random.default_rng(0)
    heaps = rng.choice([-1.0, 1.0], size=(2000, 2)) + rng.normal(0, 0.05, (2000, 2))
    x0, eps, kept = heaps[:500], rng.normal(size=(500, 2)), np.cumprod(1 - TWENTY)
    noisy = {t: np.sqrt(kept[t]) * x0 + np.sqrt(1 - kept[t]) * eps for t in (1, 5, 9)}
    # What is right for a bell, and knows nothing of heaps.
    of_a_bell = {t: np.sqrt(1 - kept[t]) * x for t, x in noisy.items()}
    turned = {t: -found for t, found in of_a_bell.items()}
    clean = {t: np.sqrt(kept[t]) * x for t, x in noisy.items()}
    targets = {
        "the noise": (eps, of_a_bell),
        "the clean points": (x0, clean),
        "the noise with the other sign": (-eps, turned),
    }

    def misses(found, wanted):
        """Mean squared errors, step by step."""
        return np.array([np.mean((found[t] - wanted) ** 2) for t in noisy])

    def is_near(found, wanted, guess):
        """Whether this is found far better than by a guess at an early step, and better on the whole."""
        reached, guessed = misses(found, wanted), misses(guess, wanted)
        return bool(reached[0] < guessed[0] / 2 and reached.mean() < guessed.mean())

    def finds(code):
        predict = code.call("train", heaps, TWENTY, 0, hold=True)
        found = {t: np.asarray(predict.invoke(x, t)) for t, x in noisy.items()}
        if any(each.shape != (500, 2) for each in found.values()):
            return [each.shape for each in found.values()]
        if np.allclose(predict.invoke(x0, 1), predict.invoke(x0, 9)):
            return "the same at every step"
        near = [name for name, target in targets.items() if is_near(found, *target)]
        if near:
            return near[0]
        alike = np.corrcoef(np.ravel(found[1]), np.ravel(eps))[0, 1] > 0.8
        return "the noise in another size" if alike else "neither the noise nor the clean points"

    expect.agree(finds, "the noise")
