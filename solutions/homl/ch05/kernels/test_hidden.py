"""Hidden checks of the kernels: other points and parameters, properties of a kernel, accuracy, speed."""

import numpy as np
import pytest

from grader.checks import Text

NO_KERNEL = Text(
    "The Gram matrix of some points lacks a property: symmetric, ones on the diagonal, no negative eigenvalue, "
    "different values for different points.",
    "어떤 점들의 그람 행렬에 빠진 성질이 있어요. 대칭이고, 대각선이 1이고, 음의 고윳값이 없고, 점이 다르면 값도 달라야 해요.",
)
FAR = Text(
    "Far from the origin digits are lost: huge numbers are subtracted from each other.",
    "원점에서 먼 점에서는 자릿수를 잃어요. 아주 큰 수끼리 빼고 있어요.",
)
COUNT = Text(
    "The number of products is not right for every number of features, or the result is not one array of numbers.",
    "특성의 수에 따라 달라지는 곱의 개수가 맞지 않거나, 결과가 수로 된 1차원 배열이 아니에요.",
)
CHANGED = Text(
    "An array that was passed in has changed, or a result is the same everywhere.",
    "넘겨준 배열이 바뀌었거나 결과가 모두 같은 값이에요.",
)


def points(rng, *sizes):
    """Random points, an array for each number of rows; the last size is the number of features."""
    return [rng.normal(size=(rows, sizes[-1])) for rows in sizes[:-1]]


@pytest.mark.points(3)
@pytest.mark.needs("test_own_work[rbf]")
def test_rbf_of_other_points(expect, rng):
    """The Gaussian kernel of other points, and with other gammas.

    ko: 다른 점과 다른 gamma의 가우시안 커널.
    asks: the Gaussian kernel of each row of `X` with each row of `Z`
    asks-ko: `X`의 각 행과 `Z`의 각 행 사이의 가우시안 커널
    hint: Row i, column j: exp(-gamma * squared distance of X[i] and Z[j]). Sum over the features, not over the rows.
    hint-ko: i행 j열은 exp(-gamma * X[i]와 Z[j] 사이의 거리의 제곱)이에요. 행이 아니라 특성에 대해 더하세요.
    """
    for sizes in ((7, 4, 3), (4, 4, 1), (1, 5, 6), (3, 3, 3)):
        X, Z = points(rng, *sizes)
        gamma = float(rng.uniform(0.1, 0.4))
        expect.agree(lambda code, X=X, Z=Z, gamma=gamma: code.call("rbf", X, Z, gamma))


@pytest.mark.points(2)
@pytest.mark.needs("test_own_work[rbf]")
def test_gram_matrix_of_the_rbf(expect, rng):
    """The Gram matrix is symmetric with ones on its diagonal and no negative eigenvalue.

    ko: 그람 행렬은 대칭이고 대각선이 1이며 음의 고윳값이 없다.
    asks: a *kernel* $K(a, b) = \\varphi(a)^\\top \\varphi(b)$ gives the dot product of the mapped points
    asks-ko: *커널* $K(a, b) = \\varphi(a)^\\top \\varphi(b)$는 변환한 점들의 점곱을
    hint: K(a, b) = K(b, a), K(a, a) = 1, and no eigenvalue is negative beyond rounding.
    hint-ko: K(a, b) = K(b, a), K(a, a) = 1이고, 반올림 오차를 빼면 음의 고윳값이 없어요.
    """
    (X,) = points(rng, 25, 4)

    def properties(code):
        gram = expect.array(code.call("rbf", X, X, 0.3), (25, 25))
        lowest = np.linalg.eigvalsh((gram + gram.T) / 2).min()
        symmetric, ones = np.allclose(gram, gram.T, rtol=0, atol=1e-6), np.allclose(np.diag(gram), 1.0, rtol=0, atol=1e-6)
        return symmetric, ones, bool(lowest > -1e-6), bool(np.ptp(gram) > 0.1)

    expect.agree(properties, (True, True, True, True), message=NO_KERNEL)


@pytest.mark.points(1)
@pytest.mark.needs("test_own_work[rbf]", "test_gram_matrix_of_the_rbf")
def test_rbf_far_from_the_origin(expect, rng):
    """The Gaussian kernel stays accurate far from the origin.

    ko: 원점에서 먼 점에서도 가우시안 커널이 정확하다.
    asks: must come out right to 1e-8 even when both lie 100,000 away from the origin
    asks-ko: 원점에서 100,000만큼 떨어져 있어도, 두 점 사이의 거리가 1이면 오차가 1e-8을 넘지 않아야 합니다
    hint: Subtract first, square afterwards; or move both sets of points next to the origin before you square.
    hint-ko: 먼저 빼고 나중에 제곱하세요. 아니면 두 점 집합을 원점 가까이 옮긴 다음에 제곱하세요.
    """
    X, Z = (1e5 + each for each in points(rng, 6, 5, 3))

    def as_near_the_origin(code):
        far, near = code.call("rbf", X, Z, 0.5), code.call("rbf", X - 1e5, Z - 1e5, 0.5)
        return bool(np.max(np.abs(np.subtract(far, near))) <= 1e-8)

    expect.agree(as_near_the_origin, True, message=FAR)


@pytest.mark.points(2)
@pytest.mark.needs("test_own_work[rbf]", "test_gram_matrix_of_the_rbf")
def test_rbf_is_fast(submission, expect, rng):
    """300 rows against 300 rows without a Python loop over the pairs.

    ko: 300행과 300행을 파이썬 반복문 없이 계산한다.
    asks: No Python loop over the rows: 300 rows against 300 rows must be a matter of milliseconds.
    asks-ko: 행을 파이썬 반복문으로 하나씩 처리하지 마세요.
    hint: `X[:, np.newaxis, :] - Z` computes all m · k differences at once.
    hint-ko: `X[:, np.newaxis, :] - Z`는 m · k개의 차이를 한 번에 계산해요.
    """
    X, Z = points(rng, 300, 300, 2)
    # Four steps of a loop for each pair: what goes through the rows of one side only is fast enough.
    expect.vectorised(submission, "rbf", lambda size: (X, Z, 0.5), size=300, steps=4 * 300 * 300)


@pytest.mark.points(2)
@pytest.mark.needs("test_own_work[poly_map2]")
def test_dot_product_of_the_images(expect, rng):
    """The dot product of two images is the squared dot product of the originals.

    ko: 변환한 두 점의 점곱은 원래 점곱의 제곱이다.
    asks: $\\varphi(a)^\\top \\varphi(b) = (a^\\top b)^2$ for all `a` and `b`
    asks-ko: 모든 `a`와 `b`에 대해
    hint: For n features: n squares, and the product of each pair i < j once, times √2.
    hint-ko: 특성이 n개이면 제곱이 n개이고, i < j인 쌍마다 곱이 한 번씩 √2를 곱해 나와요.
    """
    for n in (2, 5, 3, 1):
        (X,) = points(rng, 6, n)

        def dot_products(code, X=X):
            images = np.array([np.ravel(image) for image in code.map("poly_map2", list(X))])
            return images @ images.T

        expect.agree(dot_products)


@pytest.mark.points(1)
@pytest.mark.needs("test_own_work[poly_map2]")
def test_number_of_products(expect, rng):
    """The image of n features holds n (n + 1) / 2 numbers.

    ko: 특성 n개를 변환하면 수 n (n + 1) / 2개가 나온다.
    asks: each pair of features once
    asks-ko: 특성의 쌍마다 한 번씩
    hint: Each feature squared, and each pair of different features once, in an array of shape (n (n + 1) / 2,).
    hint-ko: 특성마다 제곱 하나, 서로 다른 두 특성의 쌍마다 곱 하나예요. 크기가 (n (n + 1) / 2,)인 배열로 돌려주세요.
    """
    vectors = [rng.uniform(1, 2, size=n) for n in (1, 2, 3, 5)]

    def shapes(code):
        images = [(np.asarray(code.call("poly_map2", x)), code.call("poly_map2", 2 * x)) for x in vectors]
        return [list(one.shape) if np.all(np.abs(one - two) > 0) else "the same for all" for one, two in images]

    expect.agree(shapes, [[1], [3], [6], [15]], message=COUNT)


@pytest.mark.points(3)
@pytest.mark.needs("test_own_work[poly_kernel]")
def test_polynomial_kernel_of_other_points(expect, rng):
    """The polynomial kernel of other points and with other parameters.

    ko: 다른 점과 다른 매개변수의 다항 커널.
    asks: $(\\gamma\\, x^\\top z + r)^d$ for each row of `X` with each row of `Z`
    asks-ko: `X`의 각 행과 `Z`의 각 행에 대해 $(\\gamma\\, x^\\top z + r)^d$입니다
    hint: (gamma * X @ Z.T + r) ** d: gamma inside, r inside, the power last.
    hint-ko: (gamma * X @ Z.T + r) ** d예요. gamma와 r은 괄호 안에, 거듭제곱은 마지막이에요.
    """
    for sizes, d in zip(((5, 3, 4), (2, 6, 2), (3, 3, 5)), (2, 3, 5), strict=True):
        X, Z = points(rng, *sizes)
        r, gamma = float(rng.uniform(0.5, 1.0)), float(rng.uniform(1.5, 2.5))
        expect.agree(lambda code, X=X, Z=Z, d=d, r=r, gamma=gamma: code.call("poly_kernel", X, Z, d, r, gamma))


@pytest.mark.points(2)
def test_similarity_to_other_landmarks(expect, rng):
    """Similarity features with several landmarks.

    ko: 랜드마크가 여럿인 유사도 특성.
    asks: the columns of `X` and, to their right, one column for each of the k rows of `landmarks`
    asks-ko: `X`의 열들과, 그 오른쪽에 `landmarks`의 k개 행마다 열을 하나씩 붙인 배열
    hint: First the n columns of X, then k columns in the order of the landmarks.
    hint-ko: 먼저 X의 열 n개, 그다음에 랜드마크 순서대로 열 k개예요.
    """
    for sizes in ((6, 3, 2), (4, 5, 1)):
        X, landmarks = points(rng, *sizes)
        gamma = float(rng.uniform(0.1, 0.4))
        expect.agree(lambda code, X=X, Z=landmarks, gamma=gamma: code.call("similarity_features", X, Z, gamma))


@pytest.mark.points(1)
def test_arguments_stay_as_they_are(expect, rng):
    """No function changes the arrays that it is given.

    ko: 어떤 함수도 넘겨받은 배열을 바꾸지 않는다.
    asks: No function changes the arrays that it is given
    asks-ko: 넘겨받은 배열은 바꾸지 마세요.
    hint: `X = X - shift` makes a new array; `X -= shift` writes into the array of the caller.
    hint-ko: `X = X - shift`는 새 배열을 만들고, `X -= shift`는 넘겨받은 배열을 고쳐 써요.
    """
    before = points(rng, 5, 5, 3)

    def unchanged(code):
        X, Z = (code.hold(array) for array in before)
        found = [code.call("rbf", X, Z, 0.3), code.call("poly_kernel", X, Z, 2, 1.0, 0.5)]
        found.append(code.call("similarity_features", X, Z, 0.3))
        same = all(np.array_equal(array.call("copy"), copy) for array, copy in zip((X, Z), before, strict=True))
        return same, [bool(np.ptp(each) > 0) for each in found]

    expect.agree(unchanged, (True, [True] * 3), message=CHANGED)
