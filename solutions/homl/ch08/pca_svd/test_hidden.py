"""Hidden checks of PCA: other tables, new rows, signs, shares, tiny variances, wrong counts."""

import numpy as np
import pytest
from sklearn.datasets import load_digits


def table(rng, m=60, n=6):
    """Columns that hang together, of clearly different variance, far away from zero."""
    turn, _ = np.linalg.qr(rng.normal(size=(n, n)))
    return (rng.normal(size=(m, n)) * 2.0 ** -np.arange(n)) @ turn + rng.uniform(-30, 30, n)


def centred(X):
    """The table with column means of zero, so that what is asked here does not hang on the mean."""
    return X - X.mean(axis=0)


def fitted(code, k, X):
    return code.estimator("PCALite", n_components=k).fit(X)


@pytest.mark.points(2)
@pytest.mark.needs("test_own_work")
@pytest.mark.needs("test_axes_by_hand")
def test_axes_and_scores_of_other_tables(expect, rng):
    """Components and coordinates of other tables, a long one and a wide one.

    ko: 행이 많은 표와 열이 많은 표의 주성분과 좌표.
    asks: The **rows** of $V^\\top$ are the principal components
    asks-ko: $V^\\top$의 **행**이 주성분입니다
    hint: Rows of V^T are components, and columns of U S are scores. A table may have more columns than rows.
    hint-ko: V^T의 행이 주성분이고 U S의 열이 좌표예요. 행보다 열이 많은 표도 있어요.
    """
    for X in (table(rng), table(rng, 9, 20)):
        expect.agree(lambda code: fitted(code, 4, X).attr("components_"), how="sign_invariant", per="row")
        expect.agree(lambda code: fitted(code, 4, X).transform(X), how="sign_invariant", per="column")


@pytest.mark.points(2)
@pytest.mark.needs("test_own_work")
@pytest.mark.needs("test_variances_by_hand")
def test_variances_of_other_tables(expect, rng):
    """Variances and shares where components are dropped.

    ko: 주성분을 버릴 때의 분산과 비율.
    asks: the shares of **all** the variance, those of the dropped components included
    asks-ko: 버린 주성분의 분산도 전체에 들어갑니다
    hint: Take the shares of all components first, and cut off the first k afterwards.
    hint-ko: 먼저 모든 주성분의 비율을 구하고, 그다음에 앞의 k개만 남기세요.
    """
    X = centred(table(rng))
    for name in ("explained_variance_", "explained_variance_ratio_"):
        expect.agree(lambda code: fitted(code, 3, X).attr(name))
    expect.agree(lambda code: fitted(code, 3, X).transform(X), how="sign_invariant", per="column")


@pytest.mark.points(3)
@pytest.mark.needs("test_own_work")
def test_new_rows(expect, rng):
    """New rows, and a single one, with what was learnt before.

    ko: 이미 학습한 것으로 새로운 행과 행 하나를 변환한다.
    asks: It learns nothing: a single row works too.
    asks-ko: 여기서는 아무것도 학습하지 않으므로 행이 하나뿐이어도 됩니다
    hint: transform uses mean_ and components_ as they are. Try it on a single row.
    hint-ko: transform은 mean_과 components_를 그대로 써요. 행 하나만 넣어 시험해 보세요.
    """
    X = table(rng)
    new = rng.normal(5.0, 3.0, size=(7, 6)) + X[:7]

    def scores(code):
        model = fitted(code, 3, X)
        return np.vstack([model.transform(rows) for rows in (new, new[:1], new[3:5])])

    expect.agree(scores, how="sign_invariant", per="column")


@pytest.mark.points(3)
@pytest.mark.needs("test_own_work")
def test_one_sign_everywhere(expect, rng):
    """`components_`, `transform` and `inverse_transform` agree on signs.

    ko: `components_`, `transform`, `inverse_transform`의 부호가 서로 맞는다.
    asks: `components_`, `transform` and `inverse_transform` must agree on it
    asks-ko: `components_`, `transform`, `inverse_transform`은 같은 부호를 써야 합니다
    hint: If you turn signs, turn them in components_, so that transform and inverse_transform see the same ones.
    hint-ko: 부호를 바꾸려면 components_에서 바꾸어 transform과 inverse_transform이 같은 부호를 쓰게 하세요.
    """
    X = table(rng)
    new = X[:9] + rng.normal(size=(9, 6))

    def rows_along(code):
        model = fitted(code, 5, X)
        return model.transform(new) @ model.attr("components_")

    def rows_back(code):
        model = fitted(code, 5, X)
        return model.call("inverse_transform", model.transform(new))

    expect.agree(rows_along)
    expect.agree(rows_back)


@pytest.mark.points(3)
@pytest.mark.needs("test_own_work")
def test_share_of_other_tables(expect, rng):
    """How many components a share takes: of the digits, and of other tables.

    ko: 숫자 이미지와 다른 표에서 비율에 맞는 주성분의 수.
    asks: keep as few components as make the sum of their shares reach it
    asks-ko: 비율의 합이 그 값에 이르도록, 되도록 적은 수의 주성분을 남깁니다
    hint: Add up shares of squares until they reach the number. np.searchsorted counts from 0; a number is one more.
    hint-ko: 제곱의 비율을 차례로 더하세요. np.searchsorted는 0부터 세는 위치를 주니, 주성분의 수는 거기에 1을 더한 값이에요.
    """

    def kept(code, share, X):
        model = fitted(code, share, X)
        return model.attr("n_components_"), model.transform(X[:40]) @ model.attr("components_")

    digits, other = load_digits().data, centred(table(rng, n=8))
    for X, shares in ((digits, (0.95, 0.99)), (other, (0.2, 0.97, 0.9999))):
        expect.agree(lambda code: [kept(code, share, X) for share in shares])


@pytest.mark.points(2)
@pytest.mark.needs("test_own_work")
@pytest.mark.needs("test_variances_by_hand")
def test_tiny_variances(expect, rng):
    """Tiny variances survive beside large ones.

    ko: 큰 분산 옆의 아주 작은 분산도 제대로 나온다.
    asks: so tiny variances drown in rounding errors
    asks-ko: 아주 작은 분산은 반올림 오차에 묻힙니다
    hint: Decompose the centred data itself, not its covariance matrix.
    hint-ko: 공분산 행렬이 아니라 평균을 뺀 데이터를 바로 분해하세요.
    """
    turn, _ = np.linalg.qr(rng.normal(size=(4, 4)))
    parts, _ = np.linalg.qr(np.column_stack([np.ones(50), rng.normal(size=(50, 4))]))
    X = (parts[:, 1:] * [1.0, 1e-3, 1e-7, 1e-9]) @ turn.T
    near = {"rtol": 1e-3, "atol": 1e-12}
    expect.agree(lambda code: fitted(code, 4, X).attr("explained_variance_"), rtol=1e-3, atol=0.0)
    expect.agree(lambda code: fitted(code, 4, X).transform(X), how="sign_invariant", per="column", **near)


@pytest.mark.points(2)
@pytest.mark.needs("test_own_work")
def test_wrong_numbers_are_refused(expect, rng):
    """A number of components that makes no sense is refused.

    ko: 말이 되지 않는 주성분의 수는 거절한다.
    asks: Anything else makes `fit` raise `ValueError`.
    asks-ko: 그 밖의 값이면 `fit`에서 `ValueError`를 일으킵니다
    hint: isinstance tells 1 from 1.0: test int and float separately, and raise ValueError for all that is left.
    hint-ko: isinstance로 1과 1.0을 구별할 수 있어요. int와 float을 따로 검사하고 나머지는 ValueError를 일으키세요.
    """
    X, wide = table(rng), table(rng, 6, 20)
    expect.agree(lambda code: fitted(code, 2, X).transform(X), how="sign_invariant", per="column")
    for k, rows in ((7, X), (7, wide), (1.0, X), (0, X), (0.0, X), (1.5, X)):
        expect.agree(lambda code: fitted(code, k, rows).attr("explained_variance_"))


@pytest.mark.points(2)
@pytest.mark.needs("test_own_work")
def test_input_stays_as_it_is(expect, rng):
    """The caller's array does not change; `fit` returns the model.

    ko: 넘겨받은 배열은 바뀌지 않고, `fit`은 모델을 돌려준다.
    asks: returns `self`; the caller's array stays as it is
    asks-ko: `self`를 돌려줍니다. 넘겨받은 배열은 그대로 둡니다.
    hint: `X = X - mean` makes a new array; `X -= mean` writes into the caller's.
    hint-ko: `X = X - mean`은 새 배열을 만들고, `X -= mean`은 넘겨받은 배열을 고쳐요.
    """
    before = table(rng)

    def afterwards(code):
        held = code.hold(before)
        model = fitted(code, 6, held)
        return np.abs(model.transform(held)), held.call("copy")

    expect.agree(afterwards)
    expect.agree(lambda code: code.estimator("PCALite", n_components=2).call("fit", before, hold=True).type_name)
