"""Hidden checks of regularisation and learning curves: other data, scikit-learn's lasso and ridge, the figure's values."""

import numpy as np
import pytest
from sklearn.linear_model import Lasso, Ridge

from grader.checks import Text

KNOWN = {
    "same rows": Text(
        "The validation errors are measured on training rows, or the two arrays have changed places.",
        "검증 오차를 훈련에 쓴 행에서 쟀거나 두 배열의 순서가 바뀌었어요.",
    ),
    "all training rows": Text(
        "The training errors are measured on all training rows: take the rows that this model was trained on.",
        "훈련 오차를 훈련 세트 전체에서 쟀어요. 그 모델의 훈련에 쓴 행에서만 재세요.",
    ),
    "unscaled": Text(
        "These errors come out if the powers are not standardised.", "거듭제곱을 표준화하지 않으면 나오는 오차예요."
    ),
    "leak": Text(
        "The validation rows took part in the mean and deviation of the scaling.",
        "표준화에 쓴 평균과 표준 편차에 검증 세트의 행이 들어갔어요.",
    ),
    "all rows": Text(
        "The scaling uses all training rows: a model of size s may know its s rows only.",
        "표준화에 훈련 세트 전체를 썼어요. 크기 s인 모델은 그 s개의 행만 알아야 해요.",
    ),
    "ddof": Text(
        "The deviation of the scaling divides by n - 1: use ddof=0.",
        "표준화의 표준 편차를 n - 1로 나누었어요. ddof=0을 쓰세요.",
    ),
    "alpha times m": Text("alpha is multiplied by the number of rows.", "alpha에 행의 개수를 곱했어요."),
    "no root": Text("These are mean squared errors: take the root.", "평균 제곱 오차예요. 제곱근을 구하세요."),
}
LABELS = {"train": ("train", "훈련"), "valid": ("valid", "검증")}


def parabola(rng, m):
    """Points around a curve, in no order."""
    x = 4 * rng.random((m, 1)) - 2
    return x, 1.0 - x[:, 0] + 0.8 * x[:, 0] ** 2 + 0.7 * rng.normal(size=m)


def wrong_curves(hidden, train, valid, degree, sizes, alpha, place):
    """Training (place 0) or validation errors with each known mistake that changes them, with its sentence."""
    right = hidden.curves(train, valid, degree, sizes, alpha)[place]
    pairs = [(hidden.curves(train, valid, degree, sizes, alpha, name)[place], told) for name, told in KNOWN.items()]
    return [(wrong, told) for wrong, told in pairs if not np.allclose(wrong, right, rtol=1e-6)]


def own_curves(submission, expect, hidden, degree, sizes):
    """What the student's own `rmse_curves` finds in the notebook's data: other checks tell whether it is right."""
    found = submission.call("rmse_curves", *hidden.train, *hidden.valid, degree, sizes, 0.01)
    usable = expect.holds(expect.shape, found, (2, len(sizes))) and expect.holds(expect.finite, found)
    return np.asarray(found) if usable else np.full((2, len(sizes)), np.nan)


@pytest.mark.points(4)
@pytest.mark.needs("test_ridge_by_hand")
@pytest.mark.hint(
    en="Compare with Ridge(alpha=alpha) of scikit-learn: intercept_ first, then coef_.",
    ko="사이킷런의 Ridge(alpha=alpha)와 비교해 보세요. intercept_가 먼저, coef_가 그다음이에요.",
)
def test_ridge_as_in_scikit_learn(submission, expect, rng):
    """Ridge regression with several features agrees with scikit-learn.

    ko: 특성이 여러 개인 릿지 회귀가 사이킷런과 일치한다.
    """
    X = rng.normal(size=(40, 4)) * [1.0, 3.0, 0.5, 2.0] + [5.0, -2.0, 0.0, 1.0]
    y = 20.0 + X @ rng.normal(size=4) + rng.normal(size=40)
    A = np.column_stack([np.ones(40), X])

    def closed(penalty):
        return np.linalg.solve(A.T @ A + penalty, A.T @ y)

    free = np.diag([0.0, 1.0, 1.0, 1.0, 1.0])
    for alpha in (0.5, 30.0):
        model = Ridge(alpha=alpha, solver="cholesky", tol=1e-12).fit(X, y)
        right = np.append(model.intercept_, model.coef_)
        mistakes = {
            Text("The bias is penalised as well: leave it free.", "편향까지 규제했어요. 편향은 그대로 두세요."): closed(
                alpha * np.eye(5)
            ),
            Text("alpha is multiplied by the number of rows.", "alpha에 행의 개수를 곱했어요."): closed(
                40 * alpha * free
            ),
            Text("alpha is squared.", "alpha를 제곱했어요."): closed(alpha**2 * free),
            Text("The bias belongs in front.", "편향은 맨 앞에 와야 해요."): np.roll(right, -1),
        }
        found = submission.call("ridge_closed", X, y, alpha)
        expect.close(found, right, rtol=1e-6, atol=1e-8, mistakes=mistakes)


@pytest.mark.points(1)
@pytest.mark.needs("test_ridge_by_hand")
@pytest.mark.hint(
    en="alpha = 0 is the normal equation; with a huge alpha only the bias is left, and it is the mean of y.",
    ko="alpha = 0이면 정규방정식이고, alpha가 아주 크면 편향만 남아 y의 평균이 돼요.",
)
def test_no_penalty_and_a_huge_one(submission, expect, rng):
    """Without penalty: least squares; with a huge one: nothing but the mean.

    ko: 규제가 없으면 최소 제곱법이고, 아주 세면 평균만 남는다.
    """
    X, y = rng.normal(size=(25, 3)), 4.0 + rng.normal(size=25)
    right = np.linalg.lstsq(np.column_stack([np.ones(25), X]), y, rcond=None)[0]
    expect.close(submission.call("ridge_closed", X, y, 0.0), right, rtol=1e-7, atol=1e-9)
    expect.close(submission.call("ridge_closed", X, y, 1e12), np.array([y.mean(), 0.0, 0.0, 0.0]), rtol=0, atol=1e-6)


@pytest.mark.points(2)
@pytest.mark.needs("test_soft_threshold_by_hand")
@pytest.mark.hint(
    en="np.sign, np.abs and np.maximum work on arrays of any shape.",
    ko="np.sign, np.abs, np.maximum은 어떤 모양의 배열에도 쓸 수 있어요.",
)
def test_soft_threshold_of_a_table(submission, expect, rng):
    """The soft threshold of a table of numbers.

    ko: 숫자 표의 소프트 임계값.
    """
    z, t = rng.normal(size=(6, 5)), 0.6
    expect.close(submission.call("soft_threshold", z, t), np.clip(z - t, 0, None) + np.clip(z + t, None, 0), atol=1e-12)


@pytest.mark.points(2)
@pytest.mark.needs("test_soft_threshold_by_hand")
@pytest.mark.hint(
    en="S(z, t) with t = alpha, neither half of it nor twice.", ko="t = alpha인 S(z, t)예요. 절반도 두 배도 아니에요."
)
def test_soft_threshold_is_the_lasso(submission, expect, rng):
    """On orthonormal columns the soft threshold gives the lasso's weights.

    ko: 열이 정규직교이면 소프트 임계값이 곧 라쏘의 가중치이다.
    """
    Q, _ = np.linalg.qr(rng.normal(size=(50, 8)))
    X = Q * np.sqrt(50)
    y = X @ np.array([2.0, -1.5, 0.3, 0.0, 0.0, 0.7, -0.1, 1.0]) + 0.2 * rng.normal(size=50)
    lasso = Lasso(alpha=0.5, fit_intercept=False, tol=1e-12, max_iter=100_000).fit(X, y)
    expect.close(submission.call("soft_threshold", X.T @ y / 50, 0.5), lasso.coef_, rtol=1e-6, atol=1e-8)


@pytest.mark.points(4)
@pytest.mark.needs("test_ridge_by_hand", "test_powers_by_hand")
@pytest.mark.hint(
    en="For every size: first s rows, powers, their mean and deviation, ridge_closed; then errors on those s rows and on "
    "all validation rows.",
    ko="크기마다 처음 s개 행, 거듭제곱, 그 평균과 표준 편차, ridge_closed 순서예요. 그다음 그 s개 행과 전체 검증 세트에서 오차를 재세요.",
)
@pytest.mark.parametrize("part", LABELS, ids=list(LABELS))
def test_curves_on_other_data(submission, expect, hidden, rng, part):
    """Learning curves of other data.

    ko: 다른 데이터의 학습 곡선.
    """
    train, valid = parabola(rng, 50), parabola(rng, 30)
    sizes, degree, alpha = [10, 17, 30, 50], 5, 0.3
    result = submission.call("rmse_curves", *train, *valid, degree, sizes, alpha)
    expect.type(result, (tuple, list, np.ndarray), what="rmse_curves(...)")
    expect.true(
        len(result) == 2,
        en="`rmse_curves` should return two arrays: training errors and validation errors.",
        ko="`rmse_curves`는 훈련 오차와 검증 오차, 두 배열을 돌려주어야 해요.",
    )
    place = ["train", "valid"].index(part)
    right = hidden.curves(train, valid, degree, sizes, alpha)
    swapped = Text("Training and validation errors have changed places.", "훈련 오차와 검증 오차가 서로 바뀌었어요.")
    mistakes = [(right[1], swapped)] if part == "train" else []
    mistakes += wrong_curves(hidden, train, valid, degree, sizes, alpha, place)
    expect.close(result[place], right[place], rtol=1e-6, mistakes=mistakes)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="One number for each degree from 1 to 10, measured on the validation rows after training on all of x_train.",
    ko="1차부터 10차까지 하나씩이에요. x_train 전체로 훈련하고 검증 세트에서 재세요.",
)
def test_error_of_each_degree(submission, expect, hidden):
    """The validation error of each degree.

    ko: 차수마다 검증 오차.
    """
    on_training_rows = Text(
        "These are the errors on the training rows: they always favour the highest degree.",
        "훈련 세트의 오차예요. 훈련 오차는 언제나 높은 차수일수록 유리해요.",
    )
    mistakes = [(hidden.degree_train, on_training_rows)]
    for name, sentence in KNOWN.items():
        wrong = [hidden.curves(hidden.train, hidden.valid, degree, [60], 0.01, name)[1][0] for degree in range(1, 11)]
        mistakes.append((wrong, sentence))
    found = submission["degree_rmse"]
    expect.finite(found)
    right = hidden.degree_valid
    if np.shape(found) == (10,) and not np.allclose(found, right, rtol=1e-5):
        own = [own_curves(submission, expect, hidden, degree, [60])[:, 0] for degree in range(1, 11)]
        mistakes.append(([errors[0] for errors in own], on_training_rows))
        right = np.array([errors[1] for errors in own])
    if not np.isfinite(right).all() or not np.ptp(right):
        right = hidden.degree_valid
    expect.close(found, right, rtol=1e-5, mistakes=mistakes)


@pytest.mark.points(1)
@pytest.mark.needs("test_error_of_each_degree")
@pytest.mark.hint(en="argmin counts from 0, degrees from 1.", ko="argmin은 0부터 세고 차수는 1부터 세요.")
def test_best_degree(submission, expect):
    """The degree with the lowest validation error.

    ko: 검증 오차가 가장 낮은 차수.
    """
    best = submission["best_degree"]
    expect.type(best, int, what="best_degree")
    errors = expect.array(submission["degree_rmse"], (10,))
    place = int(np.argmin(errors))
    off = Text("This is the place in the array, not the degree.", "차수가 아니라 배열에서의 자리예요.")
    expect.close(best, place + 1, mistakes={off: place})


def line_named(expect, figure, terms):
    """The line that the legend, or its own label, calls by one of the terms."""
    for axes in figure.plots:
        names = dict(zip(axes.legend_colors, axes.legend, strict=False))
        for line in axes.lines:
            told = f"{line.label} {names.get(line.color, '')}".lower()
            if any(term in told for term in terms):
                return line
    expect.true(
        False,
        en=f"There is no line that is called `{terms[0]}`.",
        ko=f"`{terms[1]}` 곡선을 찾을 수 없어요. 범례의 이름을 확인하세요.",
    )


@pytest.mark.points(2)
@pytest.mark.needs("test_labels_of_the_figure")
@pytest.mark.hint(
    en="Degree 10, alpha = 0.01, the given sizes: x is the size, y the RMSE.",
    ko="10차, alpha = 0.01, 주어진 sizes예요. x는 크기, y는 RMSE예요.",
)
@pytest.mark.parametrize("part", LABELS, ids=list(LABELS))
def test_curves_in_the_figure(submission, expect, hidden, part):
    """The figure shows both learning curves of degree 10.

    ko: 그림에 10차 모델의 두 학습 곡선이 있다.
    """
    line = line_named(expect, submission.figure("fig"), LABELS[part])
    right = {"train": hidden.train_errors, "valid": hidden.valid_errors}
    other = right["valid" if part == "train" else "train"]
    points = np.column_stack([hidden.sizes, right[part]])
    mistakes = {
        Text("The two curves have each other's name.", "두 곡선의 이름이 서로 바뀌었어요."): np.column_stack(
            [hidden.sizes, other]
        ),
        Text("x and y have changed places.", "x와 y가 서로 바뀌었어요."): points[:, ::-1],
        Text(
            "The x axis counts the models, not the rows.", "x축이 훈련 샘플의 개수가 아니라 모델의 번호예요."
        ): np.column_stack([np.arange(len(other)), right[part]]),
    }
    known = wrong_curves(hidden, hidden.train, hidden.valid, 10, hidden.sizes, 0.01, list(LABELS).index(part))
    mistakes |= {sentence: np.column_stack([hidden.sizes, wrong]) for wrong, sentence in known}
    place, best = list(LABELS).index(part), int(hidden.degree_valid.argmin()) + 1
    of_best = hidden.curves(hidden.train, hidden.valid, best, hidden.sizes, 0.01)[place]
    best_degree = Text(
        "These are the curves of the best degree; the figure is to show those of degree 10.",
        "가장 좋은 차수의 곡선이에요. 그림에는 10차 모델의 곡선을 그려야 해요.",
    )
    mistakes[best_degree] = np.column_stack([hidden.sizes, of_best])
    expect.true(
        len(line.x) == len(points) == len(line.y),
        en="The curve should have one point for each of the given `sizes`.",
        ko="곡선에는 주어진 `sizes`마다 점이 하나씩 있어야 해요.",
    )
    table = np.column_stack([line.x, line.y])
    expect.finite(table)
    if not np.allclose(table, points, rtol=1e-4):
        own = own_curves(submission, expect, hidden, 10, hidden.sizes)[place]
        drawn = np.column_stack([hidden.sizes, own])
        points = drawn if np.allclose(table, drawn, rtol=1e-4) and np.ptp(own) else points
    expect.close(table, points, rtol=1e-4, mistakes=mistakes)
