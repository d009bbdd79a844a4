"""Visible checks of PCA: the worked example."""

import numpy as np
import pytest

from grader.checks import Text

X = np.array([[5.0, 16.0, 28.0], [5.0, 4.0, 12.0], [5.0, 14.0, 17.0], [5.0, 6.0, 23.0]])
MEAN = np.array([5.0, 10.0, 20.0])
FOREIGN = Text(
    "Build the class on NumPy alone: the decomposition comes from np.linalg.svd, the rest is yours.",
    "넘파이만으로 만드세요. 분해는 np.linalg.svd로 하고 나머지는 직접 작성해야 해요.",
)
NO_MEAN = Text(
    "`mean_` holds only zeros: it should be the mean of each column.",
    "`mean_`이 모두 0이에요. 열마다 평균을 구해야 해요.",
)
UNCENTRED = Text(
    "These are the axes of the data as they stand: the mean of each column must be subtracted before the SVD.",
    "평균을 빼지 않은 데이터의 축이에요. 열마다 평균을 뺀 다음에 SVD를 하세요.",
)
COLUMNS = Text(
    "These are columns of the third matrix that the SVD returns; the components are its rows.",
    "SVD가 세 번째로 돌려주는 행렬의 열을 꺼냈어요. 주성분은 그 행렬의 행이에요.",
)
STANDARDISED = Text(
    "These are the axes of standardised columns: only subtract the mean, do not divide by the deviation.",
    "열을 표준화했을 때의 축이에요. 평균만 빼고 표준편차로 나누지는 마세요.",
)
KNOWN = [
    (
        [[0.200331276059, 0.448480441184, 0.87105262396], [0.112885968905, -0.893720603967, 0.43418917544]],
        UNCENTRED,
    ),
    ([[0.0, 0.0, 1.0], [0.6, 0.8, 0.0]], COLUMNS),
    ([[0.0, 0.0, 1.0], [0.6, -0.8, 0.0]], COLUMNS),
    ([[0.0, 0.5**0.5, 0.5**0.5], [0.0, 0.5**0.5, -(0.5**0.5)]], STANDARDISED),
]


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
    expect.close(model.attr("mean_"), MEAN, atol=1e-9, mistakes=[(np.zeros(3), NO_MEAN)])
    axes = np.array([[0.0, 0.6, 0.8], [0.0, 0.8, -0.6]])
    expect.sign_invariant(model.attr("components_"), axes, atol=1e-9, per="row", mistakes=KNOWN)
    expect.sign_invariant(model.transform(X), (X - MEAN) @ axes.T, atol=1e-9, per="column")


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Square the singular values; divide by m - 1 for the variance, by their sum for the share.",
    ko="특잇값을 제곱하세요. m - 1로 나누면 분산이고, 제곱의 합으로 나누면 비율이에요.",
)
def test_variances_by_hand(submission, expect):
    """Variances and shares of the worked example, its mean subtracted beforehand.

    ko: 미리 평균을 뺀 예제의 분산과 비율.
    """
    model = submission.estimator("PCALite", n_components=2).fit(X - MEAN)
    mean = expect.array(model.attr("mean_"), (3,))
    by_n = Text(
        "This divides by m; the sample's variance divides by m - 1.", "m으로 나누었어요. 여기서는 m - 1로 나눠요."
    )
    squares = Text("These are the squares themselves: divide by m - 1.", "제곱한 값 그대로예요. m - 1로 나누세요.")
    unsquared = Text(
        "This is made of singular values as they stand: square them first.",
        "특잇값을 그대로 썼어요. 먼저 제곱하세요.",
    )
    expect.close(
        model.attr("explained_variance_"),
        np.array([200.0, 50.0]) / 3,
        mistakes=[
            (np.array([50.0, 12.5]), by_n),
            (np.array([200.0, 50.0]), squares),
            (np.array([200.0, 50.0]) ** 0.5 / 3, unsquared),
            (np.array([200.0, 50.0]) ** 0.5, unsquared),
        ],
    )
    expect.close(
        model.attr("explained_variance_ratio_"),
        np.array([0.8, 0.2]),
        atol=1e-9,
        mistakes=[(np.array([2 / 3, 1 / 3]), unsquared)],
    )
    axes, scores = expect.array(model.attr("components_"), (2, 3)), model.transform(X - MEAN)
    expect.sign_invariant(scores, (X - MEAN - mean) @ axes.T, atol=1e-9, per="column")


@pytest.mark.points(3)
@pytest.mark.hint(
    en="transform: subtract mean_, then multiply by components_.T. inverse_transform undoes both, in reverse order.",
    ko="transform은 mean_을 빼고 components_.T를 곱해요. inverse_transform은 두 단계를 거꾸로 되돌려요.",
)
def test_there_and_back_with_one_component(submission, expect):
    """One component: there and back with the `mean_` and `components_` that were learnt.

    ko: 학습한 `mean_`과 `components_`로, 주성분 하나로 줄였다가 되돌린다.
    """
    model = submission.estimator("PCALite", n_components=1).fit(X)
    mean = expect.array(model.attr("mean_"), (3,))
    axis = expect.array(model.attr("components_"), (1, 3))
    expect.close(np.sum(np.square(axis)), 1.0, message=Text("A component has length 1.", "주성분의 길이는 1이에요."))
    scores = model.transform(X)
    along = np.sum((X - mean) * axis, axis=1, keepdims=True)
    turned = Text(
        "The signs do not fit `components_`: is the difference from the mean turned round?",
        "부호가 `components_`와 맞지 않아요. 평균과의 차이를 거꾸로 빼지 않았나요?",
    )
    expect.close(scores, along, atol=1e-9, mistakes=[(-along, turned)])
    back = along * axis + mean
    forgotten = Text(
        "The mean is still missing: add `mean_` at the end.", "평균이 빠졌어요. 마지막에 `mean_`을 더하세요."
    )
    expect.close(model.call("inverse_transform", along), back, atol=1e-9, mistakes=[(back - mean, forgotten)])
