"""Expectations about what a Keras network does: learns, moves the right weights, reloads, answers as its weights say."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy import stats

from grader.checking.expect.base import ExpectBase
from grader.checking.expect.keras.forward import UnsupportedLayer, forward
from grader.checking.values import describe, listed, numeric, tell
from grader.running.keras_facts import RemoteModel
from grader.vocabulary import Text

Array = NDArray[Any]

NOT_PREDICTIONS = Text(
    "One finite prediction for each input is wanted; this is {found}.",
    "입력마다 유한한 예측이 하나씩 있어야 하는데 {found}이에요.",
)
NOT_FINITE = Text("The predictions hold NaN or infinity.", "예측에 NaN이나 무한대가 들어 있어요.")
LEARNED_NOTHING = Text(
    "Trained on other data, the model does no better than before: {before} then, {after} now.",
    "다른 데이터로 훈련해도 나아지지 않아요. 전에는 {before}, 지금은 {after}이에요.",
)
STOOD_STILL = Text("Training left a layer as it was[[: {name}]].", "훈련해도 바뀌지 않은 층이 있어요[[: {name}]].")
MOVED = Text(
    "Training changed a layer that should be frozen[[: {name}]].",
    "동결되어야 할 층이 훈련으로 바뀌었어요[[: {name}]].",
)
NO_WEIGHTS = Text("The model has no weights yet.", "모델에 아직 가중치가 없어요.")
OTHER_PREDICTIONS = Text(
    "After saving and loading, the model answers differently.", "저장했다가 불러온 모델의 답이 달라요."
)
NOT_ITS_WEIGHTS = Text(
    "The network does not answer what its layers and weights say.", "신경망의 답이 층과 가중치로 계산한 값과 달라요."
)
NOT_FOLLOWED = Text(
    "The network should be made of plain layers[[; {kind} is not one of them]].",
    "신경망은 기본 층으로만 만들어야 해요[[. {kind}은(는) 기본 층이 아니에요]].",
)
WRONG_SPREAD = Text(
    "The fresh weights are not drawn as `{kind}` draws them: look at the initialiser.",
    "처음 가중치가 `{kind}` 방식으로 뽑힌 값이 아니에요. 초기화 방법을 확인하세요.",
)
NO_GRADIENT = Text(
    "No gradient flows back to the input: use tensor operations only, not NumPy.",
    "입력으로 그레이디언트가 흐르지 않아요. NumPy가 아니라 텐서 연산만 쓰세요.",
)
WRONG_GRADIENT = Text(
    "The gradient is not the slope of the function: moving the input a little changes the value by another amount.",
    "그레이디언트가 함수의 기울기와 달라요. 입력을 조금 움직였을 때 값이 변하는 정도와 맞지 않아요.",
)

INITIALISERS = (
    "zeros",
    "ones",
    "glorot_uniform",
    "glorot_normal",
    "he_uniform",
    "he_normal",
    "lecun_uniform",
    "lecun_normal",
    "orthogonal",
)


class NetworkExpectations(ExpectBase):
    """``expect.predictions``, ``expect.learns``, ``expect.weights_move`` and their relatives."""

    def predictions(self, value: Any, shape: Sequence[int | None], message: Text | None = None) -> Array:
        """Finite predictions of a shape, None for any length, as an array of floats.

        Examples
        --------
        >>> expect.predictions([[0.1, 0.9], [0.8, 0.2]], (2, 2)).argmax(axis=1).tolist()
        [1, 0]
        """
        found = numeric(value)
        wanted = tuple(shape)
        fits = found is not None and found.ndim == len(wanted) and found.dtype.kind in "fiu"
        if found is None or not fits or any(w not in (None, f) for f, w in zip(found.shape, wanted, strict=True)):
            kind = describe(value)
            told = NOT_PREDICTIONS.format(found=kind)
            self._fail(value, told, message=message)
        if not np.isfinite(found).all():
            self._fail(value, NOT_FINITE, message=message)
        return found.astype(float)

    def learns(
        self,
        model: RemoteModel,
        X: Any,
        y: Any,
        X_new: Any,
        score: Callable[[Array], float],
        *,
        outputs: Sequence[int | None],
        margin: float = 0.0,
        epochs: int = 5,
        batch_size: int = 32,
        cpu_seconds: float = 60.0,
        message: Text | None = None,
    ) -> Array:
        """A model that learns when the grader trains it, on the grader's own split; returns its predictions afterwards.

        Only predictions count: the history and the model's own metrics are claims. Measure the result with
        ``expect.metric(band["accuracy"], score(predictions), baseline=...)``.

        Parameters
        ----------
        model : RemoteModel
            Compiled, as ``submission.model(submission.call("build_model", hold=True))`` gives it.
        X, y : arrays
            What to train on.
        X_new : array of shape (n, ...)
            Inputs whose labels stay on this side.
        score : callable
            Gets predictions of shape `outputs`, returns a number that grows with their quality.
        outputs : sequence
            Shape of the predictions, ``(None, 10)``.
        margin : float
            Training has to raise the score by more than this.
        cpu_seconds : float
            Training ends after the batch in which so much CPU time is used.

        Examples
        --------
        >>> model = submission.model(submission.call("build_model", hold=True))  # doctest: +SKIP
        >>> predicted = expect.learns(model, X, y, X_new, accuracy, outputs=(None, 10))  # doctest: +SKIP
        """
        before = score(self.predictions(model.predict(X_new), outputs, message))
        model.train(X, y, epochs=epochs, batch_size=batch_size, cpu_seconds=cpu_seconds)
        found = self.predictions(model.predict(X_new), outputs, message)
        after = score(found)
        if not after > before + margin:
            sentence = LEARNED_NOTHING.format(before=f"{before:.3g}", after=f"{after:.3g}")
            self._fail(found, sentence, message=message)
        return found

    def weights_move(
        self,
        model: RemoteModel,
        X: Any,
        y: Any,
        still: Sequence[str] = (),
        *,
        epochs: int = 1,
        batch_size: int = 32,
        message: Text | None = None,
    ) -> None:
        """A training step of the grader's moves every layer that has weights, and none of those that are frozen.

        The weights are put back afterwards.

        Parameters
        ----------
        X, y : arrays
            A few examples.
        still : sequence of str
            Names of frozen layers; the name of an inner model stands for all its layers.

        Examples
        --------
        >>> expect.weights_move(submission.model("network"), X, y, still=["base"])  # doctest: +SKIP
        """
        kept = model.weights()
        before = model.layer_weights()
        if not before:
            self._fail(before, NO_WEIGHTS, message=message)
        model.train(X, y, epochs=epochs, batch_size=batch_size)
        after = model.layer_weights()
        model.set_weights(kept)
        items = []
        for name, arrays in before.items():
            frozen = any(name == layer or name.startswith(f"{layer}/") for layer in still)
            moved = not _equal(arrays, after.get(name))
            sentence = tell(MOVED if frozen else STOOD_STILL, name=listed([name]))
            items.append((moved != frozen, sentence))
        wrong = [sentence for right, sentence in items if not right]
        if wrong:
            share = 1 - len(wrong) / len(items)
            self._fail(list(before), *wrong[:5], message=message, share=share)

    def model_reloads(
        self, model: RemoteModel, again: RemoteModel, X: Any, *, atol: float = 1e-5, message: Text | None = None
    ) -> None:
        """A model that answers the same after it was saved and loaded.

        Parameters
        ----------
        model : RemoteModel
        again : RemoteModel
            Loaded from the file, best in a new process: ``model.save("again.keras")``, then
            ``submission.fresh().load_model("again.keras")``, in a notebook ``submission.fresh(bare=True)``.
        X : array
            Inputs that the submission has not seen.

        Examples
        --------
        >>> model.save("again.keras")  # doctest: +SKIP
        >>> expect.reloads(model, submission.fresh().load_model("again.keras"), X)  # doctest: +SKIP
        """
        one, other = numeric(model.predict(X)), numeric(again.predict(X))
        same = one is not None and other is not None and one.shape == other.shape and one.size > 0
        with np.errstate(all="ignore"):
            if not same or not np.allclose(one, other, rtol=1e-4, atol=atol):  # type: ignore[arg-type]
                self._fail(other, OTHER_PREDICTIONS, message=message, wanted=one)

    def forward(
        self, model: RemoteModel, X: Any, *, rtol: float = 1e-3, atol: float = 1e-4, message: Text | None = None
    ) -> None:
        """A chain of plain layers whose answers are those of its weights, recomputed here with NumPy.

        So a network cannot look answers up, nor claim weights that it does not use.

        Parameters
        ----------
        X : array of shape (n, ...)
            Inputs that the submission has not seen, float32.

        Examples
        --------
        >>> expect.forward(submission.model("network"), rng.random((20, 784)))  # doctest: +SKIP
        """
        facts, weights = model.describe(), model.layer_weights()
        try:
            wanted = forward(facts.layers, weights, np.asarray(X, dtype=float))
        except UnsupportedLayer as layer:
            self._fail(facts.layers, tell(NOT_FOLLOWED, kind=listed([layer])), message=message)
        found = numeric(model.predict(X))
        with np.errstate(all="ignore"):
            if found is None or found.shape != wanted.shape or not np.allclose(found, wanted, rtol=rtol, atol=atol):
                self._fail(found, NOT_ITS_WEIGHTS, message=message, wanted=wanted)

    def initialised(
        self, weights: Any, kind: str, *, false_rejection: float = 1e-6, message: Text | None = None
    ) -> None:
        """Fresh weights that are distributed as an initialiser draws them; a Kolmogorov-Smirnov test.

        Parameters
        ----------
        weights : array of shape (..., fan_in, fan_out)
            The kernel of a layer that was never trained.
        kind : str
            One of `INITIALISERS`, as Keras defines them: normal ones are cut off at two deviations.
        false_rejection : float
            How often a right kernel is refused.

        Examples
        --------
        >>> import numpy as np
        >>> limit = np.sqrt(6 / 300)
        >>> expect.initialised(np.random.default_rng(0).uniform(-limit, limit, (100, 200)), "glorot_uniform")
        """
        if kind not in INITIALISERS:
            raise ValueError(f"expect.initialised: {kind!r} is not one of {', '.join(INITIALISERS)}")
        found = numeric(weights)
        if found is None or not found.size or found.dtype.kind == "c" or not np.isfinite(found).all():
            self._fail(weights, NO_WEIGHTS, message=message)
        if not _drawn_as(found.astype(float), kind, false_rejection):
            self._fail(weights, WRONG_SPREAD.format(kind=kind), message=message)

    def gradient(
        self,
        function: Callable[[list[Array]], Any],
        claimed: Any,
        at: Any,
        *,
        step: float = 1e-3,
        rtol: float = 1e-2,
        message: Text | None = None,
    ) -> None:
        """A gradient that agrees with finite differences of the function itself.

        Parameters
        ----------
        function : callable
            Gets a list of points, each of the shape of `at`, and returns one number for each, asked in one go:
            ``lambda points: submission.map("loss", points)``.
        claimed : array-like
            The gradient at `at`, with its shape; None where no gradient flowed.
        at : array-like
        step : float
            Half the distance of the points. float32 wants about 1e-2.
        rtol : float
            Tolerance, relative to the largest slope.

        Examples
        --------
        >>> expect.gradient(lambda points: [(p**2).sum() for p in points], [2.0, 6.0], [1.0, 3.0])
        """
        point = np.asarray(at, dtype=float)
        if claimed is None:
            self._fail(claimed, NO_GRADIENT, message=message)
        steps = step * np.eye(point.size).reshape(point.size, *point.shape)
        values = numeric(function([point + move for move in steps] + [point - move for move in steps]))
        found = numeric(claimed)
        if values is None or values.size != 2 * point.size or values.dtype.kind == "c" or not np.isfinite(values).all():
            self._fail(values, NOT_FINITE, message=message)
        flat = values.astype(float).ravel()
        slopes = (flat[: point.size] - flat[point.size :]).reshape(point.shape) / (2 * step)
        room = rtol * max(float(np.abs(slopes).max(initial=0.0)), 1e-3)
        right = found is not None and found.shape == point.shape
        with np.errstate(all="ignore"):
            if not right or not (np.abs(found - slopes) <= room).all():
                self._fail(claimed, WRONG_GRADIENT, message=message, wanted=slopes)


def _equal(one: list[Any], other: Any) -> bool:
    if not isinstance(other, list) or len(one) != len(other):
        return False
    pairs = [(numeric(a), numeric(b)) for a, b in zip(one, other, strict=True)]
    return all(a is not None and b is not None and np.array_equal(a, b) for a, b in pairs)


def _drawn_as(kernel: Array, kind: str, false_rejection: float) -> bool:
    if kind in ("zeros", "ones"):
        return bool((kernel == (kind == "ones")).all())
    if kernel.ndim < 2:
        return False
    field = math.prod(kernel.shape[:-2])
    fan_in, fan_out = kernel.shape[-2] * field, kernel.shape[-1] * field
    if kind == "orthogonal":
        flat = kernel.reshape(-1, kernel.shape[-1])
        square = flat.T @ flat if flat.shape[0] >= flat.shape[1] else flat @ flat.T
        return bool(np.allclose(square, square[0, 0] * np.eye(len(square)), atol=1e-3)) and square[0, 0] > 0
    family, _, shape = kind.partition("_")
    scale, fan = {"glorot": (1.0, (fan_in + fan_out) / 2), "he": (2.0, fan_in), "lecun": (1.0, fan_in)}[family]
    variance = scale / fan
    values = kernel.ravel()[:100_000]
    if shape == "uniform":
        limit = math.sqrt(3 * variance)
        drawn = stats.uniform(-limit, 2 * limit)
    else:
        # Cut off at two deviations, and widened so that the variance is the one wanted.
        drawn = stats.truncnorm(-2, 2, scale=math.sqrt(variance) / 0.87962566103423978)
    return bool(stats.kstest(values, drawn.cdf).pvalue >= false_rejection)
