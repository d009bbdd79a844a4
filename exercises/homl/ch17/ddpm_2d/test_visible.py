"""Visible checks of the 2-D diffusion model: one step by hand, and points that are points."""

import numpy as np
import pytest

from grader.checks import Text


@pytest.mark.points(2)
@pytest.mark.hint(
    en="alpha-bar at t is the product of all 1 - beta from 0 to t, both ends included: betas[: t + 1].",
    ko="t에서의 알파 바는 0부터 t까지(양 끝 포함) 1 - beta를 모두 곱한 값이에요. betas[: t + 1]을 쓰세요.",
)
def test_one_step_by_hand(submission, expect):
    """One step back, worked out by hand.

    ko: 손으로 계산한 한 단계 되돌리기.
    """
    betas, x, eps = np.array([0.1, 0.2]), np.array([[1.0, 0.0]]), np.array([[0.5, -0.5]])
    mean = np.array([[0.9067454, 0.2112886]])
    still, moved = submission.map(
        "reverse_step", [(x, eps, 1, betas, np.zeros((1, 2))), (x, eps, 1, betas, np.array([[1.0, -1.0]]))]
    )
    one_beta = (x - betas[1] / np.sqrt(betas[1]) * eps) / np.sqrt(1 - betas[1])
    not_a_product = Text(
        "This uses 1 - beta of this step alone; alpha-bar is the product over all steps from 0 to t.",
        "이 단계의 1 - 베타만 썼어요. 알파 바는 0부터 t까지 모든 단계의 1 - 베타를 곱한 값이에요.",
    )
    expect.close(still, mean, atol=1e-5, mistakes=[(one_beta, not_a_product)])
    expect.close(
        moved,
        mean + np.sqrt(0.2) * np.array([[1.0, -1.0]]),
        atol=1e-5,
        message=Text(
            "The mean of the step is right; the noise is to be added times the square root of beta.",
            "평균은 맞아요. 여기에 베타의 제곱근을 곱한 잡음을 더하세요.",
        ),
    )


@pytest.mark.points(2)
@pytest.mark.timeout(60)
@pytest.mark.hint(
    en="train has to hand back everything that sample needs; sample returns an array of shape (n, 2).",
    ko="sample에 필요한 것을 train이 모두 돌려주어야 해요. sample은 크기가 (n, 2)인 배열을 반환해요.",
)
def test_samples_are_points(submission, expect):
    """Training and sampling give n finite points.

    ko: 훈련하고 생성하면 유한한 점 n개가 나온다.
    """
    X = np.random.default_rng(0).normal(size=(300, 2))
    state = submission.call("train", (X - X.mean(axis=0)) / X.std(axis=0), 20, 0, hold=True)
    expect.array(submission.call("sample", state, 40, 1), (40, 2))
