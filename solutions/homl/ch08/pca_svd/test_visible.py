"""Visible checks of PCA: the worked example."""

import numpy as np
import pytest

X = np.array([[5.0, 16.0, 28.0], [5.0, 4.0, 12.0], [5.0, 14.0, 17.0], [5.0, 6.0, 23.0]])
MEAN = np.array([5.0, 10.0, 20.0])
AXES = np.array([[0.0, 0.6, 0.8], [0.0, 0.8, -0.6]])
SCORES = np.array([[10.0, 0.0], [-10.0, 0.0], [0.0, 5.0], [0.0, -5.0]])


def fitted(code, k, X):
    return code.estimator("PCALite", n_components=k).fit(X)


@pytest.mark.points(0)
def test_own_work(expect):
    """No library does the work.

    ko: 라이브러리가 대신 계산하지 않는다.
    asks: with NumPy alone (no `sklearn.decomposition`, no SciPy)
    asks-ko: 넘파이만으로(`sklearn.decomposition`과 사이파이 없이)
    hint: All other checks ask what your own code computes.
    hint-ko: 다른 검사는 모두 여러분의 코드가 직접 계산한 것을 봐요.
    """
    # The answer names the library, so that it tells this mistake from others.
    libraries = ("sklearn.decomposition", "scipy")
    expect.agree(lambda code: [name for name in libraries if not expect.holds(expect.source(code).avoids, name)], [])


@pytest.mark.points(3)
@pytest.mark.needs("test_own_work")
def test_axes_by_hand(expect):
    """The components of the worked example, one in each row.

    ko: 예제의 주성분이 행마다 하나씩 있다.
    asks: (0, 0.6, 0.8) and (0, 0.8, -0.6)
    asks-ko: 처음 두 주성분은 (0, 0.6, 0.8)과
    hint: Subtract the column means, then take the rows of what np.linalg.svd returns third.
    hint-ko: 열의 평균을 뺀 다음, np.linalg.svd가 세 번째로 돌려주는 행렬의 행을 쓰세요.
    """
    expect.agree(lambda code: fitted(code, 2, X).attr("mean_"), MEAN)
    expect.agree(lambda code: fitted(code, 2, X).attr("components_"), AXES, how="sign_invariant", per="row")
    expect.agree(lambda code: fitted(code, 2, X).transform(X), SCORES, how="sign_invariant", per="column")


@pytest.mark.points(3)
@pytest.mark.needs("test_own_work")
def test_variances_by_hand(expect):
    """Variances and shares of the worked example, its mean subtracted beforehand.

    ko: 미리 평균을 뺀 예제의 분산과 비율.
    asks: variances 200/3 and 50/3 and the shares 0.8 and 0.2
    asks-ko: 분산은 200/3과 50/3, 비율은 0.8과 0.2입니다
    hint: Square the singular values; divide by m - 1 for the variance, by their sum for the share.
    hint-ko: 특잇값을 제곱하세요. m - 1로 나누면 분산이고, 제곱의 합으로 나누면 비율이에요.
    """

    def share(code, k):
        return fitted(code, k, X - MEAN).attr("explained_variance_ratio_")

    variances = np.array([200.0, 50.0]) / 3
    expect.agree(lambda code: fitted(code, 2, X - MEAN).attr("explained_variance_"), variances)
    expect.agree(lambda code: share(code, 2), np.array([0.8, 0.2]))
    expect.agree(lambda code: share(code, 1), np.array([0.8]))
    expect.agree(lambda code: np.abs(fitted(code, 2, X - MEAN).transform(X - MEAN)), np.abs(SCORES))


@pytest.mark.points(3)
@pytest.mark.needs("test_own_work")
def test_there_and_back_with_one_component(expect):
    """One component: there and back.

    ko: 주성분 하나로 줄였다가 되돌린다.
    asks: With `n_components=1` the first row becomes 10 (or -10) and comes back as (5, 16, 28)
    asks-ko: `n_components=1`이면 첫째 행은 10(또는 -10)이 되고, 되돌리면 (5, 16, 28)입니다
    hint: transform: subtract mean_, then multiply by components_.T. inverse_transform undoes both, in reverse order.
    hint-ko: transform은 mean_을 빼고 components_.T를 곱해요. inverse_transform은 두 단계를 거꾸로 되돌려요.
    """

    def there_and_back(code):
        model = fitted(code, 1, X)
        return model.call("inverse_transform", model.transform(X))

    expect.agree(lambda code: fitted(code, 1, X).transform(X), SCORES[:, :1], how="sign_invariant", per="column")
    expect.agree(there_and_back, SCORES[:, :1] * AXES[0] + MEAN)


@pytest.mark.points(2)
@pytest.mark.needs("test_own_work")
def test_counts_by_hand(expect):
    """How many components a share keeps in the worked example.

    ko: 예제에서 비율에 따라 남는 주성분의 수.
    asks: `PCALite(0.75)` keeps one component here
    asks-ko: 여기서 `PCALite(0.75)`는 주성분을 하나
    hint: Add up shares until they reach the number, and count the one that reaches it too.
    hint-ko: 비율을 차례로 더해 그 값에 이를 때까지, 마지막 것도 넣어 세세요.
    """

    def kept(code, share):
        model = fitted(code, share, X)
        return model.attr("n_components_"), model.transform(X) @ model.attr("components_")

    expect.agree(lambda code: kept(code, 0.75), (1, SCORES[:, :1] * AXES[0]))
    expect.agree(lambda code: kept(code, 0.9), (2, X - MEAN))
