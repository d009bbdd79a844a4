"""Hidden checks of PCA: other tables against scikit-learn, new rows, signs, shares, tiny variances, wrong counts."""

import numpy as np
import pytest
from sklearn.datasets import load_digits
from sklearn.decomposition import PCA

from grader.checks import Text

SHIFTED = Text(
    "New rows must be centred with the mean that `fit` learnt, and projected on its components: learn nothing here.",
    "새로운 행에서도 `fit`에서 구한 평균을 빼고 그때의 주성분을 써야 해요. 여기서 다시 학습하면 안 돼요.",
)
RIGHT_ANGLES = Text(
    "Components are of length 1 and at right angles to each other; these are not.",
    "주성분은 길이가 1이고 서로 직각이어야 하는데 그렇지 않아요.",
)
TURNED = Text(
    "`components_`, `transform` and `inverse_transform` do not belong together: is one of them turned round?",
    "`components_`, `transform`, `inverse_transform`이 서로 맞지 않아요. 어느 하나만 부호가 바뀌지 않았나요?",
)
FORGOTTEN = Text(
    "The mean is still missing in what `inverse_transform` gives.",
    "`inverse_transform`의 결과에 평균이 빠졌어요.",
)
WIDE = Text(
    "More components than rows were asked for, of a table with more columns than rows.",
    "열이 행보다 많은 표에서 행보다 많은 주성분을 달라고 했어요.",
)


def table(rng, m=60, n=6):
    """Columns that hang together, of clearly different variance, far away from zero."""
    turn, _ = np.linalg.qr(rng.normal(size=(n, n)))
    return (rng.normal(size=(m, n)) * 2.0 ** -np.arange(n)) @ turn + rng.uniform(-30, 30, n)


def fitted(submission, k, X):
    """The student's class with ``k`` components, fitted."""
    return submission.estimator("PCALite", n_components=k).fit(X)


def learnt(expect, model, k, n):
    """Mean and ``k`` components of length 1 that a model says it learnt, right or wrong."""
    mean, axes = expect.array(model.attr("mean_"), (n,)), expect.array(model.attr("components_"), (k, n))
    expect.close(np.sum(axes**2, axis=1), np.ones(k), atol=1e-6, message=RIGHT_ANGLES)
    return mean, axes


def in_use(expect, model, k, X):
    """The rows that a model was fitted to are projected on its own ``k`` components, right or wrong."""
    mean, axes = learnt(expect, model, k, X.shape[1])
    expect.sign_invariant(model.transform(X), (X - mean) @ axes.T, rtol=1e-6, atol=1e-6, per="column")


def centred(X):
    """The table with column means of zero, so that what is asked here does not hang on the mean."""
    return X - X.mean(axis=0)


@pytest.mark.points(2)
@pytest.mark.needs("test_axes_by_hand")
@pytest.mark.hint(
    en="Rows of V^T are components, and columns of U S are scores. A table may have more columns than rows.",
    ko="V^T의 행이 주성분이고 U S의 열이 좌표예요. 행보다 열이 많은 표도 있어요.",
)
@pytest.mark.parametrize("shape", [(60, 6), (9, 20)], ids=["long", "wide"])
def test_axes_and_scores_of_other_tables(submission, expect, rng, shape):
    """Components and coordinates of another table.

    ko: 다른 표의 주성분과 좌표.
    """
    X = table(rng, *shape)
    expected = PCA(4, svd_solver="full").fit(X)
    model = fitted(submission, 4, X)
    expect.sign_invariant(model.attr("components_"), expected.components_, rtol=1e-6, atol=1e-7, per="row")
    scores = expected.transform(X)
    expect.sign_invariant(model.transform(X), scores, rtol=1e-6, atol=1e-7, per="column")


@pytest.mark.points(2)
@pytest.mark.needs("test_variances_by_hand")
@pytest.mark.hint(
    en="Take the shares of all components first, and cut off the first k afterwards.",
    ko="먼저 모든 주성분의 비율을 구하고, 그다음에 앞의 k개만 남기세요.",
)
def test_variances_of_other_tables(submission, expect, rng):
    """Variances and shares where components are dropped.

    ko: 주성분을 버릴 때의 분산과 비율.
    """
    X = centred(table(rng))
    expected = PCA(3, svd_solver="full").fit(X)
    model = fitted(submission, 3, X)
    variance, ratio = expected.explained_variance_, expected.explained_variance_ratio_
    expect.close(model.attr("explained_variance_"), variance, rtol=1e-6)
    kept_only = Text(
        "The shares add up to 1 although components were dropped: divide by the variance of all components.",
        "주성분을 버렸는데도 비율의 합이 1이에요. 모든 주성분의 분산을 더한 값으로 나누세요.",
    )
    expect.close(model.attr("explained_variance_ratio_"), ratio, rtol=1e-6, mistakes=[(ratio / ratio.sum(), kept_only)])
    in_use(expect, model, 3, X)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="transform uses mean_ and components_ as they are. Try it on a single row.",
    ko="transform은 mean_과 components_를 그대로 써요. 행 하나만 넣어 시험해 보세요.",
)
def test_new_rows(submission, expect, rng):
    """New rows, and a single one, with what was learnt before.

    ko: 이미 학습한 것으로 새로운 행과 행 하나를 변환한다.
    """
    X = table(rng)
    model = fitted(submission, 3, X)
    mean, axes = learnt(expect, model, 3, X.shape[1])
    expect.close(axes @ axes.T, np.eye(3), atol=1e-6, message=RIGHT_ANGLES)
    new = rng.normal(5.0, 3.0, size=(7, X.shape[1])) + X[:7]
    for rows in (new, new[:1], new[::-1]):
        expect.sign_invariant(
            model.transform(rows), (rows - mean) @ axes.T, rtol=1e-6, atol=1e-7, message=SHIFTED, per="column"
        )


@pytest.mark.points(2)
@pytest.mark.hint(
    en="If you turn signs, turn them in components_, so that transform and inverse_transform see the same ones.",
    ko="부호를 바꾸려면 components_에서 바꾸어 transform과 inverse_transform이 같은 부호를 쓰게 하세요.",
)
def test_one_sign_everywhere(submission, expect, rng):
    """`components_`, `transform` and `inverse_transform` agree on signs.

    ko: `components_`, `transform`, `inverse_transform`의 부호가 서로 맞는다.
    """
    for n in (4, 5, 6):
        X = table(rng, n=n)
        model = fitted(submission, n, X)
        mean, axes = learnt(expect, model, n, n)
        expect.close(axes @ axes.T, np.eye(n), atol=1e-6, message=RIGHT_ANGLES)
        scores = model.transform(X)
        expect.close(scores, (X - mean) @ axes.T, rtol=1e-6, atol=1e-7, message=TURNED)
        back, known = model.call("inverse_transform", scores), [(X - mean, FORGOTTEN)]
        expect.close(back, X, rtol=1e-6, atol=1e-7, mistakes=known)


def counted(submission, expect, share, X, known):
    """The number of components for a share, checked against scikit-learn, and as many coordinates."""
    expected = PCA(share, svd_solver="full").fit(X)
    model = fitted(submission, share, X)
    found = model.attr("n_components_")
    expect.type(found, int, what="n_components_")
    expect.close(found, expected.n_components_, mistakes=known)
    in_use(expect, model, found, X)
    expect.sign_invariant(model.transform(X), expected.transform(X), rtol=1e-5, atol=1e-5, per="column")


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Centre but do not standardise; add up shares of squares until they reach the number, and count that one too.",
    ko="평균만 빼고 표준화는 하지 마세요. 제곱의 비율을 차례로 더해 그 값에 이를 때까지, 마지막 것도 넣어 세세요.",
)
@pytest.mark.signatures(False)
def test_share_of_the_digits(submission, expect):
    """How many components keep 95 % and 99 % of the digits' variance.

    ko: 숫자 이미지의 분산을 95 %, 99 % 지키는 주성분의 수.
    """
    X = load_digits().data
    raw = Text(
        "This is the number without centring: subtract the mean first.",
        "평균을 빼지 않고 센 수예요. 먼저 평균을 빼세요.",
    )
    scaled = Text(
        "This is the number for standardised columns: only subtract the mean.",
        "열을 표준화했을 때의 수예요. 평균만 빼세요.",
    )
    plain = Text(
        "This adds up singular values: the shares are those of their squares.",
        "특잇값을 그대로 더했어요. 비율은 제곱으로 구해요.",
    )
    short = Text(
        "One too few: the component that makes the sum reach the share belongs to those that are kept.",
        "하나 모자라요. 합이 그 비율에 이르게 하는 주성분까지 남겨야 해요.",
    )
    counted(submission, expect, 0.95, X, [(16, raw), (40, scaled), (43, plain), (28, short)])
    counted(submission, expect, 0.99, X, [(33, raw), (54, scaled), (50, plain), (40, short)])


@pytest.mark.points(2)
@pytest.mark.hint(
    en="np.searchsorted gives a position, counted from 0; a number of components is one more.",
    ko="np.searchsorted는 0부터 세는 위치를 줘요. 주성분의 수는 거기에 1을 더한 값이에요.",
)
def test_share_of_other_tables(submission, expect, rng):
    """How many components a share takes in other tables.

    ko: 다른 표에서 비율에 맞는 주성분의 수.
    """
    for share in (0.2, 0.8, 0.97, 0.9999):
        counted(submission, expect, share, centred(table(rng, n=8)), [])


@pytest.mark.points(2)
@pytest.mark.needs("test_variances_by_hand")
@pytest.mark.hint(
    en="Decompose the centred data itself, not its covariance matrix.",
    ko="공분산 행렬이 아니라 평균을 뺀 데이터를 바로 분해하세요.",
)
def test_tiny_variances(submission, expect, rng):
    """Tiny variances survive beside large ones.

    ko: 큰 분산 옆의 아주 작은 분산도 제대로 나온다.
    """
    message = Text(
        "The small variances are lost in rounding errors, as happens on the way over the covariance matrix.",
        "작은 분산이 반올림 오차에 묻혔어요. 공분산 행렬을 거치면 이렇게 돼요.",
    )
    turn, _ = np.linalg.qr(rng.normal(size=(4, 4)))
    parts, _ = np.linalg.qr(np.column_stack([np.ones(50), rng.normal(size=(50, 4))]))
    spread = np.array([1.0, 1e-3, 1e-7, 1e-9])
    X = (parts[:, 1:] * spread) @ turn.T
    model = fitted(submission, 4, X)
    expect.close(model.attr("explained_variance_"), spread**2 / 49, rtol=1e-3, message=message)
    scores = model.transform(X)
    expect.sign_invariant(scores, parts[:, 1:] * spread, rtol=1e-3, atol=1e-12, message=message, per="column")


@pytest.mark.points(0.5)
@pytest.mark.hint(
    en="isinstance tells 1 from 1.0: test int and float separately, and raise ValueError for all that is left.",
    ko="isinstance로 1과 1.0을 구별할 수 있어요. int와 float을 따로 검사하고 나머지는 ValueError를 일으키세요.",
)
@pytest.mark.parametrize(
    ("k", "what"),
    [
        (7, Text("More components than columns were asked for.", "열보다 많은 주성분을 달라고 했어요.")),
        (
            1.0,
            Text("1.0 is a float, so it is neither a count nor a share.", "1.0은 float이라서 개수도 비율도 아니에요."),
        ),
        (0, Text("0 components were asked for.", "주성분을 0개 달라고 했어요.")),
        (0.0, Text("A share of 0.0 was asked for.", "비율로 0.0을 달라고 했어요.")),
    ],
    ids=["too many", "a share of 1", "none", "a share of 0"],
)
def test_wrong_numbers_are_refused(submission, expect, rng, k, what):
    """A number of components that makes no sense is refused.

    ko: 말이 되지 않는 주성분의 수는 거절한다.
    """
    X = table(rng)
    in_use(expect, fitted(submission, 2, X), 2, X)
    # Seven components are too many for six columns, and just so for six rows.
    for rows, message in ((X, what), (table(rng, 6, 20), WIDE if k == 7 else what)):
        model = submission.estimator("PCALite", n_components=k)
        with expect.raises("ValueError", message=message):
            model.fit(rows)


@pytest.mark.points(1)
@pytest.mark.hint(
    en="`X = X - mean` makes a new array; `X -= mean` writes into the caller's.",
    ko="`X = X - mean`은 새 배열을 만들고, `X -= mean`은 넘겨받은 배열을 고쳐요.",
)
def test_input_stays_as_it_is(submission, expect, rng):
    """The caller's array does not change; `fit` returns the model.

    ko: 넘겨받은 배열은 바뀌지 않고, `fit`은 모델을 돌려준다.
    """
    X = table(rng)
    model = fitted(submission, 6, X)
    in_use(expect, model, 6, X)
    before = rng.normal(size=X.shape)
    held = submission.hold(before)
    for method in ("fit", "transform"):
        returned = model.call(method, held, hold=True)
        expect.unchanged(before, held.call("copy"), what="X")
        if method == "fit":
            expect.true(
                returned.is_a("PCALite"), en="`fit` must return `self`.", ko="`fit`은 `self`를 돌려주어야 해요."
            )
