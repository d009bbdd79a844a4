"""Hidden checks of the kernels: other points and parameters, properties of a kernel, accuracy, speed."""

import numpy as np
import pytest

from grader.checks import Text

SIGMA = Text(
    "Here gamma was taken for σ: it stands directly before the squared distance, without 1 / (2σ²).",
    "gamma를 σ로 본 것 같아요. gamma는 1 / (2σ²)로 바꾸지 않고 거리의 제곱 바로 앞에 곱해요.",
)
NOT_SQUARED = Text("The distance is not squared.", "거리를 제곱하지 않았어요.")
PLUS = Text(
    "The minus sign before gamma is missing: the kernel falls with the distance.",
    "gamma 앞에 음의 부호가 빠졌어요. 커널의 값은 거리가 멀수록 작아져요.",
)
NO_ROOT = Text(
    "The mixed products need the factor √2: in (a·b)² each of them appears twice.",
    "섞인 곱에는 √2를 곱해야 해요. (a·b)²을 전개하면 섞인 항이 두 번씩 나와요.",
)
WHOLE_TWO = Text(
    "The mixed products have the factor 2; the dot product multiplies two of them, so each takes √2.",
    "섞인 곱에 2를 곱했어요. 점곱에서 두 번 곱해지므로 하나마다 √2만 곱해야 해요.",
)
PRODUCTS = Text(
    "The number of products is not right for every number of features: each feature squared, and each pair of different "
    "features once.",
    "특성의 수에 따라 달라지는 곱의 개수가 맞지 않아요. 특성마다 제곱 하나, 서로 다른 두 특성의 쌍마다 곱 하나예요.",
)
SWAPPED = Text("r and gamma have changed places.", "r과 gamma의 자리가 바뀌었어요.")
GAMMA_OUTSIDE = Text(
    "gamma multiplies the dot product only: gamma * x·z + r.",
    "gamma는 점곱에만 곱해요. gamma * x·z + r이에요.",
)
ALONE = Text(
    "The columns of X are missing: the similarities come in addition to them.",
    "X의 열이 빠졌어요. 유사도는 X의 열에 덧붙이는 거예요.",
)
LEFT = Text(
    "The similarities stand to the left of X: they belong to its right.",
    "유사도가 X의 왼쪽에 있어요. 오른쪽에 붙이세요.",
)
OWN = Text(
    "Only numpy is allowed here: compute this yourself.", "여기서는 넘파이만 쓸 수 있어요. 직접 계산하세요."
)


def squares(X, Z):
    """Squared distances of each row with each row."""
    return np.array([[np.sum((x - z) ** 2) for z in Z] for x in X])


def mistaken(distances, gamma):
    """What usual mistakes make of squared distances."""
    return [
        (np.exp(-distances / (2 * gamma**2)), SIGMA),
        (np.exp(-distances / (2 * gamma)), SIGMA),
        (np.exp(-gamma * np.sqrt(distances)), NOT_SQUARED),
        (np.exp(gamma * distances), PLUS),
    ]


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Row i, column j: exp(-gamma * squared distance of X[i] and Z[j]). Sum over the features, not over the rows.",
    ko="i행 j열은 exp(-gamma * X[i]와 Z[j] 사이의 거리의 제곱)이에요. 행이 아니라 특성에 대해 더하세요.",
)
def test_rbf_of_other_points(submission, expect, rng):
    """The Gaussian kernel of other points, and with other gammas.

    ko: 다른 점과 다른 gamma의 가우시안 커널.
    """
    expect.source(submission, within="rbf").avoids("sklearn", "scipy", message=OWN)
    for m, k, n in ((7, 4, 3), (4, 4, 1), (1, 5, 6), (3, 3, 3)):
        X, Z, gamma = rng.normal(size=(m, n)), rng.normal(size=(k, n)), float(rng.uniform(0.1, 0.4))
        distances = squares(X, Z)
        found = submission.call("rbf", X, Z, gamma)
        expect.close(found, np.exp(-gamma * distances), rtol=0, atol=1e-10, mistakes=mistaken(distances, gamma))


@pytest.mark.points(2)
@pytest.mark.hint(
    en="K(a, b) = K(b, a), K(a, a) = 1, and no eigenvalue is negative beyond rounding.",
    ko="K(a, b) = K(b, a), K(a, a) = 1이고, 반올림 오차를 빼면 음의 고윳값이 없어요.",
)
def test_gram_matrix_of_the_rbf(submission, expect, rng):
    """The Gram matrix is symmetric with ones on its diagonal and no negative eigenvalue.

    ko: 그람 행렬은 대칭이고 대각선이 1이며 음의 고윳값이 없다.
    """
    X = rng.normal(size=(25, 4))
    X[7] = X[3]  # a repeated row makes the matrix singular
    gram = submission.call("rbf", X, X, 0.3)
    gram = expect.array(gram, (25, 25), dtype="float").astype(float)
    expect.close(
        gram,
        gram.T,
        rtol=0,
        atol=1e-10,
        message=Text("The Gram matrix is not symmetric.", "그람 행렬이 대칭이 아니에요."),
    )
    expect.close(np.diag(gram), np.ones(25), rtol=0, atol=1e-10)
    expect.true(
        float(np.linalg.eigvalsh((gram + gram.T) / 2).min()) > -1e-8,
        en="The Gram matrix has a negative eigenvalue, so this is no kernel.",
        ko="그람 행렬에 음의 고윳값이 있으므로 커널이 아니에요.",
    )
    expect.true(
        bool(np.linalg.matrix_rank(gram) == 24),
        en="Different points must give different rows of the Gram matrix.",
        ko="서로 다른 점에서는 그람 행렬의 행도 서로 달라야 해요.",
    )


@pytest.mark.points(1)
@pytest.mark.needs("test_rbf_of_other_points")
@pytest.mark.hint(
    en="Subtract first, square afterwards; or move both sets of points next to the origin before you square.",
    ko="먼저 빼고 나중에 제곱하세요. 아니면 두 점 집합을 원점 가까이 옮긴 다음에 제곱하세요.",
)
def test_rbf_far_from_the_origin(submission, expect, rng):
    """The Gaussian kernel stays accurate far from the origin.

    ko: 원점에서 먼 점에서도 가우시안 커널이 정확하다.
    """
    X, Z = (1e5 + rng.normal(size=(rows, 3)) for rows in (6, 5))
    expect.close(
        submission.call("rbf", X, Z, 0.5),
        np.exp(-0.5 * squares(X, Z)),
        rtol=0,
        atol=1e-8,
        message=Text(
            "Far from the origin digits are lost: huge numbers are subtracted from each other.",
            "원점에서 먼 점에서는 자릿수를 잃어요. 아주 큰 수끼리 빼고 있어요.",
        ),
    )


@pytest.mark.points(2)
@pytest.mark.needs("test_gram_matrix_of_the_rbf")
@pytest.mark.hint(
    en="`X[:, np.newaxis, :] - Z` computes all m · k differences at once.",
    ko="`X[:, np.newaxis, :] - Z`는 m · k개의 차이를 한 번에 계산해요.",
)
def test_rbf_is_fast(submission, expect, rng):
    """300 rows against 300 rows without a Python loop over the pairs.

    ko: 300행과 300행을 파이썬 반복문 없이 계산한다.
    """
    points = rng.normal(size=(2, 300, 2))
    # Four steps of a loop for each pair: what goes through the rows of one side only is fast enough.
    expect.vectorised(submission, "rbf", lambda size: (points[0], points[1], 0.5), size=300, steps=4 * 300 * 300)


def mapped(submission, expect, points):
    """Images of points, one row each."""
    n = points.shape[1]
    images = submission.map("poly_map2", list(points))
    for image in images:
        expect.shape(image, (n * (n + 1) // 2,), message=PRODUCTS)
        expect.finite(image)
        expect.dtype(image, "float")
    return np.array(images)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="For n features: n squares, and the product of each pair i < j once, times √2.",
    ko="특성이 n개이면 제곱이 n개이고, i < j인 쌍마다 곱이 한 번씩 √2를 곱해 나와요.",
)
def test_dot_product_of_the_images(submission, expect, rng):
    """The dot product of two images is the squared dot product of the originals.

    ko: 변환한 두 점의 점곱은 원래 점곱의 제곱이다.
    """
    expect.source(submission, within="poly_map2").avoids("sklearn", "scipy", message=OWN)
    for n in (2, 5, 3, 1):
        points = rng.normal(size=(6, n))
        images = mapped(submission, expect, points)
        gram, twice = points @ points.T, (points**2) @ (points**2).T
        expect.close(
            images @ images.T,
            gram**2,
            rtol=1e-9,
            atol=1e-9,
            message=Text("φ(a)·φ(b) is not (a·b)² for some a and b.", "φ(a)·φ(b)가 (a·b)²과 다른 a와 b가 있어요."),
            mistakes=[((gram**2 + twice) / 2, NO_ROOT), (2 * gram**2 - twice, WHOLE_TWO)],
        )


@pytest.mark.points(3)
@pytest.mark.hint(
    en="(gamma * X @ Z.T + r) ** d: gamma inside, r inside, the power last.",
    ko="(gamma * X @ Z.T + r) ** d예요. gamma와 r은 괄호 안에, 거듭제곱은 마지막이에요.",
)
def test_polynomial_kernel_of_other_points(submission, expect, rng):
    """The polynomial kernel of other points and with other parameters.

    ko: 다른 점과 다른 매개변수의 다항 커널.
    """
    expect.source(submission, within="poly_kernel").avoids("sklearn", "scipy", message=OWN)
    for (m, k, n), d in zip(((5, 3, 4), (2, 6, 2), (3, 3, 5)), (2, 3, 5), strict=True):
        X, Z = rng.normal(size=(m, n)), rng.normal(size=(k, n))
        r, gamma = float(rng.uniform(0.5, 1.0)), float(rng.uniform(1.5, 2.5))
        dots = np.array([[sum(x * z) for z in Z] for x in X])
        expect.close(
            submission.call("poly_kernel", X, Z, d, r, gamma),
            (gamma * dots + r) ** d,
            rtol=1e-9,
            atol=1e-10,
            mistakes=[((r * dots + gamma) ** d, SWAPPED), ((gamma * (dots + r)) ** d, GAMMA_OUTSIDE)],
        )


@pytest.mark.points(2)
@pytest.mark.hint(
    en="First the n columns of X, then k columns in the order of the landmarks.",
    ko="먼저 X의 열 n개, 그다음에 랜드마크 순서대로 열 k개예요.",
)
def test_similarity_to_other_landmarks(submission, expect, rng):
    """Similarity features with several landmarks.

    ko: 랜드마크가 여럿인 유사도 특성.
    """
    for m, k, n in ((6, 3, 2), (4, 5, 1)):
        X, landmarks, gamma = rng.normal(size=(m, n)), rng.normal(size=(k, n)), float(rng.uniform(0.1, 0.4))
        found = submission.call("similarity_features", X, landmarks, gamma)
        kernel = submission.call("rbf", X, landmarks, gamma)  # the submission's own: whether it is right is asked above
        kernel = expect.array(kernel, (m, k))
        distances = squares(X, landmarks)
        mistakes = [(np.hstack([X, wrong]), text) for wrong, text in mistaken(distances, gamma)]
        mistakes += [(kernel, ALONE), (np.hstack([kernel, X]), LEFT)]
        expect.close(found, np.hstack([X, kernel]), rtol=0, atol=1e-10, mistakes=mistakes)


@pytest.mark.points(1)
@pytest.mark.needs("test_rbf_of_the_worked_example")
@pytest.mark.hint(
    en="`X = X - shift` makes a new array; `X -= shift` writes into the array of the caller.",
    ko="`X = X - shift`는 새 배열을 만들고, `X -= shift`는 넘겨받은 배열을 고쳐 써요.",
)
def test_arguments_stay_as_they_are(submission, expect, rng):
    """No function changes the arrays that it is given.

    ko: 어떤 함수도 넘겨받은 배열을 바꾸지 않는다.
    """
    before = rng.normal(size=(5, 3)), rng.normal(size=(4, 3))
    X, Z = (submission.hold(array) for array in before)
    for name, parameters in (("rbf", (0.3,)), ("poly_kernel", (2, 1.0, 0.5)), ("similarity_features", (0.3,))):
        submission.call(name, X, Z, *parameters)
        for array, copy, what in ((X, before[0], "the first array"), (Z, before[1], "the second array")):
            ko = "첫째 배열" if array is X else "둘째 배열"
            expect.unchanged(copy, array.call("copy"), what=Text(what, ko))
