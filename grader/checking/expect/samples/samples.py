"""Expectations about generators: samples that follow the data, cover it, are new and obey their seed."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from grader.checking.expect.base import ExpectBase
from grader.checking.expect.samples.two_sample import TESTS, Discrepancy, discrepancy, nearest, p_values
from grader.checking.values import describe, is_sparse, numeric, tell, told_shape
from grader.vocabulary import Text

Array = NDArray[Any]
_FEWEST = 20  # samples that say anything about a distribution

NOT_SAMPLES = Text(
    "Samples are wanted as an array of numbers with one row for each; this is {found}.",
    "표본마다 한 행씩 놓인 숫자 배열이 필요한데 {found}이에요.",
)
NOT_FINITE = Text("Some of the samples hold NaN or infinity.", "표본 가운데 NaN이나 무한대가 들어 있는 것이 있어요.")
WRONG_WIDTH = Text(
    "The shape of one sample should be {wanted}, but it is {found}.",
    "표본 하나의 모양은 {wanted}이어야 하는데 {found}이에요.",
)
TOO_FEW = Text("There are too few samples[[: {found}]].", "표본이 너무 적어요[[. 지금은 {found}개예요]].")
CENTRE = Text("The samples lie around another centre than the data.", "표본의 중심이 데이터의 중심과 달라요.")
NARROW = Text("The samples are spread too little.", "표본이 너무 좁게 퍼져 있어요.")
WIDE = Text("The samples are spread too much.", "표본이 너무 넓게 퍼져 있어요.")
TOGETHER = Text(
    "Each column alone looks right, but the columns do not belong together as they do in the data.",
    "열 하나하나는 맞아 보이지만, 열들이 함께 움직이는 모습이 데이터와 달라요.",
)
BLOB = Text(
    "The samples have the spread of the data but not its shape: they look like one Gaussian cloud.",
    "퍼진 정도는 데이터와 같지만 모양이 달라요. 하나의 가우스 구름처럼 보여요.",
)
OTHER_DISTRIBUTION = Text(
    "The samples do not follow the distribution that they should.", "표본이 따라야 할 분포를 따르지 않아요."
)
OFF_DATA = Text("Too many samples lie where there are no data.", "데이터가 없는 곳에 놓인 표본이 너무 많아요.")
MODE_MISSED = Text(
    "A part of the data gets hardly any samples.", "데이터 가운데 표본이 거의 생기지 않는 부분이 있어요."
)
COPIED = Text(
    "Samples sit on the training data: they look copied, not generated.",
    "표본이 훈련 데이터와 거의 같은 자리에 있어요. 새로 생성하지 않고 베낀 것처럼 보여요.",
)
COLLAPSED = Text(
    "The samples resemble one another too much: many are almost the same.",
    "표본이 서로 너무 닮았어요. 거의 같은 것이 많아요.",
)
SEED_DIFFERS = Text("The same seed gave different results.", "시드가 같은데 다른 결과가 나왔어요.")
SEED_IGNORED = Text("Another seed gave the same result.", "시드가 다른데 같은 결과가 나왔어요.")


class SampleExpectations(ExpectBase):
    """``expect.sampled_like`` and its relatives."""

    def sampled_like(
        self,
        samples: Any,
        real: Any,
        rng: np.random.Generator,
        *,
        within: float | None = None,
        tests: Sequence[str] = TESTS,
        false_rejection: float = 1e-3,
        message: Text | None = None,
    ) -> Discrepancy:
        """Samples that follow the distribution of the data.

        Without `within`, no test may tell samples and data apart: for generators that can be exactly right, such as a
        sampler by formula. With it, a learned generator only has to come close.

        Parameters
        ----------
        samples : array-like of shape (n, ...)
            At least 20 of them, from the submission.
        real : array of shape (m, ...)
            Data that the submission has not seen.
        rng : numpy.random.Generator
            The fixture `rng`: the verdict depends on it and the data only.
        within : float, optional
            The distance (squared MMD) may be this share of the way from real-real splits to a Gaussian with the data's
            means and covariances, which is the generator that has learned nothing of the shape. Must be below 1.
        tests : sequence of {"mmd", "energy", "marginals", "classifier"}
            Used without `within`; Bonferroni's correction holds all together to `false_rejection`.
        false_rejection : float
            A generator that draws from the data's own distribution is refused at most this often.

        Returns
        -------
        Discrepancy

        Raises
        ------
        CheckFailed
            With a sentence that says how the samples differ: centre, spread, dependence between columns, or shape.

        Examples
        --------
        >>> import numpy as np
        >>> rng = np.random.default_rng(0)
        >>> _ = expect.sampled_like(rng.normal(size=(300, 2)), rng.normal(size=(300, 2)), rng)
        """
        truth = _rows(real)
        if within is not None and not 0 <= within < 1:
            raise ValueError(f"expect.sampled_like: within is {within}; the Gaussian, at 1, has to be beaten")
        if unknown := set(tests) - set(TESTS):
            raise ValueError(f"expect.sampled_like: no test {sorted(unknown)}; there are: {', '.join(TESTS)}")
        found = self._samples(samples, np.shape(real)[1:], message)
        scale = _deviations(truth)
        found, truth = found / scale, truth / scale
        close = discrepancy(found, truth, rng, false_rejection)
        if within is None:
            values = p_values(found, truth, rng, tuple(tests), false_rejection)
            right = min(values.values()) >= false_rejection / len(values)
            told = ", ".join(f"{name} p={p:.3g}" for name, p in values.items())
        else:
            right = close.distance <= max(close.null, close.typical + within * (close.gaussian - close.typical))
            told = f"distance {close.distance:.4g}, share {close.share:.3g}"
        if not right:
            self._fail(
                samples,
                _difference(found, truth),
                message=message,
                wanted=f"{told}; {close}",
                general=OTHER_DISTRIBUTION,
            )
        return close

    def covers(
        self,
        samples: Any,
        real: Any,
        modes: Any,
        *,
        on_data: float = 0.75,
        least: float = 0.35,
        near: float | None = None,
        message: Text | None = None,
    ) -> None:
        """Samples that lie where the data lie, on every part of it.

        Parameters
        ----------
        samples : array-like of shape (n, ...)
        real : array of shape (m, ...)
            Data that the submission has not seen.
        modes : array of shape (m,)
            The part to which each of them belongs: a class, a cluster, a piece of a curve.
        on_data : float
            Share of the samples that have to lie near a row of `real`.
        least : float
            Every part has to get this share of the samples that belong to it by its size.
        near : float, optional
            What is near, as a distance; by default what 99 % of one half of `real` are from the other half.

        Examples
        --------
        >>> import numpy as np
        >>> rng = np.random.default_rng(0)
        >>> modes = rng.integers(3, size=900)
        >>> real = rng.normal(size=(900, 2)) + 10 * modes[:, None]
        >>> expect.covers(real[:400] + 0.01, real[400:], modes[400:])
        """
        truth, labels = _rows(real), np.asarray(modes)
        if labels.shape != (len(truth),):
            raise ValueError("expect.covers: modes has to name one part for each row of real")
        found = self._samples(samples, np.shape(real)[1:], message)
        scale = _deviations(truth) if near is None else 1.0
        found, truth = found / scale, truth / scale
        radius = float(np.quantile(nearest(truth[::2], truth[1::2])[0], 0.99)) if near is None else near
        distance, place = nearest(found, truth)
        close = distance <= radius
        if close.mean() < on_data:
            told_off = f"{1 - close.mean():.0%} of them are farther than {radius:g} from all data"
            self._fail(samples, OFF_DATA, message=message, wanted=told_off)
        names, numbers = np.unique(labels, return_inverse=True)
        drawn = np.bincount(numbers[place[close]], minlength=len(names)) / len(found)
        belongs = np.bincount(numbers, minlength=len(names)) / len(labels)
        if (drawn < least * belongs).any():
            told = dict(zip(names.tolist(), np.round(drawn / belongs, 3).tolist(), strict=True))
            self._fail(samples, MODE_MISSED, message=message, wanted=f"against its size, each part got {told}")

    def novel(
        self, samples: Any, training: Any, unseen: Any, *, least: float = 0.4, message: Text | None = None
    ) -> None:
        """Samples that are no copies of training rows, with or without a little noise.

        Distances to the nearest training row are compared with those of unseen data, at the median and at the lowest
        tenth, so that a tenth of copies is found as well.

        Parameters
        ----------
        samples : array-like of shape (n, ...)
        training, unseen : arrays of shape (m, ...)
            Of one distribution; the submission has seen the first.
        least : float
            Share of the unseen rows' distance that is enough.

        Examples
        --------
        >>> import numpy as np
        >>> rng = np.random.default_rng(0)
        >>> expect.novel(rng.normal(size=(100, 2)), rng.normal(size=(500, 2)), rng.normal(size=(500, 2)))
        """
        known, others = _rows(training), _rows(unseen)
        found = self._samples(samples, np.shape(training)[1:], message)
        scale = _deviations(known)
        mine = nearest(found / scale, known / scale)[0]
        theirs = nearest(others / scale, known / scale)[0]
        for level in (0.5, 0.1):
            if np.quantile(mine, level) < least * np.quantile(theirs, level):
                told = f"quantile {level}: {np.quantile(mine, level):.4g} against {np.quantile(theirs, level):.4g}"
                self._fail(samples, COPIED, message=message, wanted=told)

    def diverse(self, samples: Any, real: Any, *, least: float = 0.4, message: Text | None = None) -> None:
        """Samples that differ from one another about as much as data do: no collapse onto a few.

        Parameters
        ----------
        samples : array-like of shape (n, ...)
        real : array of shape (m, ...)
        least : float
            Share of the data's distance from a row to its nearest other one that is enough, at the median.

        Examples
        --------
        >>> import numpy as np
        >>> rng = np.random.default_rng(0)
        >>> expect.diverse(rng.normal(size=(200, 2)), rng.normal(size=(500, 2)))
        """
        truth = _rows(real)
        found = self._samples(samples, np.shape(real)[1:], message)
        n = min(len(found), len(truth))
        scale = _deviations(truth)
        mine, theirs = (_nearest_other(rows[:n] / scale) for rows in (found, truth))
        if np.median(mine) < least * np.median(theirs):
            told = f"{np.median(mine):.4g} against {np.median(theirs):.4g}"
            self._fail(samples, COLLAPSED, message=message, wanted=told)

    def seeded(
        self,
        ask: Callable[[int], Any],
        seeds: Sequence[int] = (1, 2),
        *,
        atol: float = 1e-6,
        message: Text | None = None,
    ) -> Any:
        """Results that their seed decides: the same seed twice gives the same, and some other seed another.

        Parameters
        ----------
        ask : callable
            Gets a seed and asks the submission: samples, weights, actions; lists and dictionaries of arrays as well.
        seeds : sequence of int
            The first is asked twice; of the others at least one has to lead elsewhere.
        atol : float
            Numbers that are this close are the same.

        Returns
        -------
        object
            The result of the first seed.

        Examples
        --------
        >>> import numpy as np
        >>> _ = expect.seeded(lambda seed: np.random.default_rng(seed).normal(size=5))
        """
        if len(seeds) < 2:
            raise ValueError("expect.seeded: give it at least two seeds")
        first, again = ask(seeds[0]), ask(seeds[0])
        if not alike(again, first, atol):
            self._fail(again, SEED_DIFFERS, message=message, wanted=first)
        if all(alike(ask(seed), first, atol) for seed in seeds[1:]):
            self._fail(first, SEED_IGNORED, message=message)
        return first

    def _samples(self, value: Any, shape: tuple[int, ...], message: Text | None) -> Array:
        """The samples as finite rows (n, d), or the failure that says what they are."""
        array = numeric(value)
        if array is None or array.ndim == 0 or array.dtype.kind == "c":
            kind = describe(value)
            sentence = NOT_SAMPLES.format(found=kind)
            self._fail(value, sentence, message=message)
        if array.shape[1:] != shape:
            self._fail(value, WRONG_WIDTH.format(wanted=shape, found=told_shape(array.shape[1:])), message=message)
        if len(array) < _FEWEST:
            self._fail(value, tell(TOO_FEW, found=len(array)), message=message)
        rows = array.reshape(len(array), -1).astype(float)
        if not np.isfinite(rows).all():
            self._fail(value, NOT_FINITE, message=message)
        return np.asarray(np.clip(rows, -1e12, 1e12))


def alike(one: Any, other: Any, atol: float, depth: int = 0) -> bool:
    """Whether two answers hold the same numbers up to `atol`, and otherwise the same values."""
    if depth > 20 or type(one) is not type(other):
        return False
    if isinstance(one, Mapping):
        return one.keys() == other.keys() and all(alike(one[key], other[key], atol, depth + 1) for key in one)
    first, second = numeric(one), numeric(other)
    if first is not None and second is not None:
        if first.shape != second.shape:
            return False
        with np.errstate(all="ignore"):
            return bool(np.isclose(first, second, rtol=1e-6, atol=atol, equal_nan=True).all())
    if isinstance(one, list | tuple):
        return len(one) == len(other) and all(alike(a, b, atol, depth + 1) for a, b in zip(one, other, strict=True))
    try:
        if is_sparse(one):  # `==` would write out every zero of a matrix that is too large for that
            return bool(one.shape == other.shape and (one != other).nnz == 0)
        return bool(np.all(one == other))
    except (TypeError, ValueError):
        return False


def _rows(data: Any) -> Array:
    rows = np.asarray(data, dtype=float)
    if rows.ndim < 2 or len(rows) < 2 * _FEWEST or not np.isfinite(rows).all():
        raise ValueError(f"data of shape {rows.shape}: at least {2 * _FEWEST} finite rows are needed")
    return rows.reshape(len(rows), -1)


def _deviations(rows: Array) -> Array:
    """Standard deviations of the columns; a constant column counts as it is."""
    spread = rows.std(axis=0)
    return np.asarray(np.where(spread > 1e-12, spread, 1.0))


def _nearest_other(rows: Array) -> Array:
    from scipy.spatial import cKDTree

    return np.asarray(cKDTree(rows).query(rows, k=2)[0][:, 1])


def _difference(found: Array, truth: Array) -> Text | None:
    """How samples differ from data, where one word says it; columns have deviation 1."""
    noise = 6 / np.sqrt(min(len(found), len(truth)))
    if (np.abs(found.mean(axis=0) - truth.mean(axis=0)) > np.maximum(noise, 0.15)).any():
        return CENTRE
    with np.errstate(all="ignore"):
        ratio = found.std(axis=0) / np.maximum(truth.std(axis=0), 1e-12)
    if (ratio < 1 - max(noise, 0.15)).any():
        return NARROW
    if (ratio > 1 + max(noise, 0.15)).any():
        return WIDE
    if found.shape[1] == 1:
        return None
    with np.errstate(all="ignore"):
        mine, theirs = (np.nan_to_num(np.corrcoef(rows.T)) for rows in (found, truth))
    if (np.abs(mine - theirs) > max(noise, 0.15)).any():
        return TOGETHER
    return BLOB if np.abs(_excess(found)).max() < 0.3 < np.abs(_excess(truth)).max() else None


def _excess(rows: Array) -> Array:
    """Excess kurtosis of each column: 0 for a Gaussian."""
    centred = rows - rows.mean(axis=0)
    square = np.maximum((centred**2).mean(axis=0), 1e-12)
    return np.asarray((centred**4).mean(axis=0) / square**2 - 3)
