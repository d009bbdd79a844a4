"""Says what is odd about an array that differs from the expected one, without saying what was expected."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.vocabulary import Text

COLUMN = Text(
    "The shape is (n, 1) where a flat array of shape (n,) is wanted: ravel() makes it flat.",
    "모양이 (n, 1)이에요. (n,) 모양의 1차원 배열이 필요하니 ravel()로 펴 보세요.",
)
FLAT = Text(
    "The shape is (n,) where a column of shape (n, 1) is wanted: reshape(-1, 1) makes one.",
    "모양이 (n,)이에요. (n, 1) 모양의 열이 필요하니 reshape(-1, 1)을 써 보세요.",
)
TRANSPOSED = Text(
    "The values are right, but transposed: rows and columns have changed places.",
    "값은 맞지만 전치되어 있어요. 행과 열이 서로 바뀌었어요.",
)
TRANSPOSED_SHAPE = Text(
    "Rows and columns seem to have changed places.",
    "행과 열이 서로 바뀐 것 같아요.",
)
NAN = Text(
    "The result holds NaN: look for 0/0, a logarithm of zero or a missing value.",
    "결과에 NaN이 들어 있어요. 0을 0으로 나누거나 0의 로그를 구하거나 결측값이 섞이지 않았는지 살펴보세요.",
)
INFINITE = Text(
    "The result holds infinity: something overflows or is divided by zero.",
    "결과에 무한대가 들어 있어요. 값이 넘치거나 0으로 나누는 곳이 있어요.",
)
SIGN = Text("The values have the wrong sign.", "값의 부호가 반대예요.")
FACTOR = Text(
    "All values are wrong by the same factor: look for a missing or superfluous division or multiplication.",
    "모든 값이 같은 비율만큼 달라요. 나눗셈이나 곱셈을 빠뜨렸거나 한 번 더 하지 않았는지 살펴보세요.",
)
OFFSET = Text(
    "All values are wrong by the same amount: look for a missing or superfluous constant.",
    "모든 값이 같은 크기만큼 달라요. 상수를 빠뜨렸거나 한 번 더 더하지 않았는지 살펴보세요.",
)
ORDER = Text(
    "The right values are there, but in another order.",
    "값은 모두 맞지만 순서가 달라요.",
)
INTEGERS = Text(
    "The values are whole numbers where decimals are wanted: look for integer division or a conversion to int.",
    "소수가 필요한데 정수만 들어 있어요. 정수 나눗셈을 하거나 int로 바꾸지 않았는지 살펴보세요.",
)
FEW = Text(
    "Most of the values are right; a few are not. Think of the borders and of special cases.",
    "대부분의 값은 맞고 몇 개만 달라요. 경계와 특별한 경우를 생각해 보세요.",
)


def diagnose_shape(found: tuple[int, ...], wanted: tuple[int, ...]) -> Text | None:
    """What is odd about a shape, if it is a common mistake."""
    if len(wanted) == 1 and found == (*wanted, 1):
        return COLUMN
    if len(wanted) == 2 and wanted[1] == 1 and found == wanted[:1]:
        return FLAT
    if len(found) == 2 and found != wanted and found[::-1] == wanted:
        return TRANSPOSED_SHAPE
    return None


def diagnose(actual: NDArray[Any], expected: NDArray[Any], rtol: float, atol: float) -> Text | None:
    """The first thing that explains the difference of two numeric arrays, or None.

    Parameters
    ----------
    actual, expected : array of a numeric dtype
    rtol, atol : float
        As `numpy.isclose` takes them.
    """
    if actual.shape != expected.shape:
        if actual.ndim == 2 and actual.shape[::-1] == expected.shape and _close(actual.T, expected, rtol, atol):
            return TRANSPOSED
        return diagnose_shape(actual.shape, expected.shape)
    if not actual.size or "c" in (actual.dtype.kind, expected.dtype.kind):
        return None
    a, e = actual.astype(float), expected.astype(float)
    if (np.isnan(a) & ~np.isnan(e)).any():
        return NAN
    if (np.isinf(a) & ~np.isinf(e)).any():
        return INFINITE
    if not np.isfinite(a).all() or not np.isfinite(e).all():
        return None
    with np.errstate(all="ignore"):
        return _diagnose_finite(a, e, actual.dtype.kind, max(rtol, 1e-6), atol)


def _diagnose_finite(a: NDArray[Any], e: NDArray[Any], kind: str, rtol: float, atol: float) -> Text | None:
    if np.any(e != 0) and _close(-a, e, rtol, atol):
        return SIGN
    if a.ndim == 2 and a.shape[0] == a.shape[1] and a.shape[0] > 1 and _close(a.T, e, rtol, atol):
        return TRANSPOSED
    if kind in "iu" and _close(a, np.trunc(e), rtol, atol):
        return INTEGERS
    if a.size >= 2 and _close(np.sort(a, axis=None), np.sort(e, axis=None), rtol, atol):
        return ORDER
    if a.size >= 3:
        norm = float(np.sum(a * a))
        if norm > 0 and np.ptp(e) > 0:
            factor = float(np.sum(a * e)) / norm
            if np.isfinite(factor) and factor != 0 and _close(a * factor, e, rtol, atol):
                return FACTOR
        if np.ptp(e) > 0 and _close(a + float(np.mean(e - a)), e, rtol, atol):
            return OFFSET
        if np.mean(np.isclose(a, e, rtol=rtol, atol=atol)) >= 0.8:
            return FEW
    return None


def _close(actual: NDArray[Any], expected: NDArray[Any], rtol: float, atol: float) -> bool:
    return bool(np.allclose(actual, expected, rtol=rtol, atol=atol))
