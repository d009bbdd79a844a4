"""Visible checks of PCA: the worked example."""

import numpy as np
import pytest

from grader.vocabulary import Text

X = np.array([[5.0, 16.0, 28.0], [5.0, 4.0, 12.0], [5.0, 14.0, 17.0], [5.0, 6.0, 23.0]])
MEAN = np.array([5.0, 10.0, 20.0])
FOREIGN = Text(
    "Build the class on NumPy alone: the decomposition comes from np.linalg.svd, the rest is yours.",
    "넘파이만으로 만드세요. 분해는 np.linalg.svd로 하고 나머지는 직접 작성해야 해요.",
)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Subtract the column means, then take the rows of what np.linalg.svd returns third.",
    ko="열의 평균을 뺀 다음, np.linalg.svd가 세 번째로 돌려주는 행렬의 행을 쓰세요.",
)
def test_axes_by_hand(submission, expect):
    """The components of the worked example, one in each row.

    ko: 예제의 주성분이 행마다 하나씩 있다.
    """
    expect.source(submission).avoids("sklearn", "scipy", message=FOREIGN)
    model = submission.estimator("PCALite", n_components=2).fit(X)
    expect.close(model.attr("mean_"), MEAN, atol=1e-9)
    axes = np.array([[0.0, 0.6, 0.8], [0.0, 0.8, -0.6]])
    expect.sign_invariant(model.attr("components_"), axes, atol=1e-9, per="row")
    expect.sign_invariant(model.transform(X), (X - MEAN) @ axes.T, atol=1e-9, per="column")


@pytest.mark.points(3)
@pytest.mark.needs("test_axes_by_hand")
@pytest.mark.hint(
    en="Square the singular values; divide by m - 1 for the variance, by their sum for the share.",
    ko="특잇값을 제곱하세요. m - 1로 나누면 분산이고, 제곱의 합으로 나누면 비율이에요.",
)
def test_variances_by_hand(submission, expect):
    """Variances and shares of the worked example.

    ko: 예제의 분산과 비율.
    """
    model = submission.estimator("PCALite", n_components=2).fit(X)
    by_n = Text(
        "This divides by m; the sample's variance divides by m - 1.", "m으로 나누었어요. 여기서는 m - 1로 나눠요."
    )
    squares = Text("These are the squares themselves: divide by m - 1.", "제곱한 값 그대로예요. m - 1로 나누세요.")
    found = model.attr("explained_variance_")
    expect.close(
        found,
        np.array([200.0, 50.0]) / 3,
        mistakes=[(np.array([50.0, 12.5]), by_n), (np.array([200.0, 50.0]), squares)],
    )
    unsquared = Text(
        "The share is one of squares: s² / sum of s².", "비율은 제곱으로 구해요. s²을 s²의 합으로 나누세요."
    )
    expect.close(
        model.attr("explained_variance_ratio_"),
        np.array([0.8, 0.2]),
        atol=1e-9,
        mistakes=[(np.array([2 / 3, 1 / 3]), unsquared)],
    )


@pytest.mark.points(3)
@pytest.mark.needs("test_axes_by_hand")
@pytest.mark.hint(
    en="transform: subtract mean_, then multiply by components_.T. inverse_transform undoes both, in reverse order.",
    ko="transform은 mean_을 빼고 components_.T를 곱해요. inverse_transform은 두 단계를 거꾸로 되돌려요.",
)
def test_there_and_back_with_one_component(submission, expect):
    """One component: there and back.

    ko: 주성분 하나로 줄였다가 되돌린다.
    """
    model = submission.estimator("PCALite", n_components=1).fit(X)
    scores = model.transform(X)
    expect.sign_invariant(scores, np.array([[10.0], [-10.0], [0.0], [0.0]]), atol=1e-9)
    kept = np.array([X[0], X[1], MEAN, MEAN])
    forgotten = Text(
        "The mean is still missing: add `mean_` at the end.", "평균이 빠졌어요. 마지막에 `mean_`을 더하세요."
    )
    expect.close(model.call("inverse_transform", scores), kept, atol=1e-9, mistakes=[(kept - MEAN, forgotten)])
