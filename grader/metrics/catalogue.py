"""The registry: every metric by name."""

from __future__ import annotations

import difflib
from collections.abc import Callable, Mapping
from math import inf
from typing import Any, Literal

import numpy as np
from sklearn import metrics as sk

from grader.errors import GraderError
from grader.metrics import formulas as own
from grader.metrics import inputs as take
from grader.metrics.inputs import Input
from grader.metrics.metric import ScoreMetric
from grader.vocabulary import Text

Formula = Callable[[Any, Any], float]
_GREATEST = -float(np.log(np.finfo(float).eps))  # the log loss of a probability of zero, as it is clipped


def _by(score: Formula, predict: Callable[[Any], Any]) -> Formula:
    """The baseline that answers the same for every row: ``predict(train)``."""

    def trivial(train: Any, truth: Any) -> float:
        constant = np.asarray(predict(train))
        return score(truth, np.broadcast_to(constant, (len(truth), *constant.shape)).copy())

    return trivial


def _sk(name: str, **options: Any) -> Formula:
    return lambda truth, answer: float(getattr(sk, name)(truth, answer, **options))


def _at(value: float) -> Formula:
    return lambda train, truth: value


def _balanced(truth: Any, answer: Any) -> float:
    return float(np.mean([np.mean(answer[truth == label] == label) for label in np.unique(truth)]))


def _known_labels(name: str) -> Formula:
    """Averages over the truth's classes: a label that only the answer has is wrong and no class of its own."""
    return lambda t, a: float(getattr(sk, name)(t, a, labels=np.unique(t), average="macro", zero_division=0))


def _micro(truth: Any, answer: Any) -> float:
    return float(np.mean(truth == answer))  # with one label per row, micro-averaged precision, recall and F1 are this


def _prior(score: Formula) -> Formula:
    return lambda train, truth: score(truth, own.prior(train, truth))


def _mean_average_precision(truth: Any, scores: Any) -> float:
    return float(np.mean([sk.average_precision_score(truth == c, scores[:, c]) for c in np.unique(truth)]))


def _map_chance(train: Any, truth: Any) -> float:
    return float(np.mean([np.mean(truth == label) for label in np.unique(truth)]))


def _perplexity(truth: Any, chances: Any) -> float:
    return float(np.exp(own.log_loss(truth, chances)))


def _centre(train: Any, truth: Any) -> float:
    return own.inertia(truth, train.mean(axis=0, keepdims=True))


def _positive_share(train: Any, truth: Any) -> float:
    return float(np.mean(train))


def _true_share(train: Any, truth: Any) -> float:
    return float(np.mean(truth))


def _uniform(train: Any, truth: Any) -> float:
    return own.kl(truth, np.full(truth.shape, 1 / truth.shape[1]))


def _all_positive(score: Formula) -> Formula:
    return lambda train, truth: score(truth, np.ones_like(truth))


_MEAN, _MEDIAN = (lambda train: train.mean(axis=0)), (lambda train: np.median(train, axis=0))
_LOG_MEAN = lambda train: np.expm1(np.log1p(train).mean(axis=0))  # noqa: E731 - one of a row of alike

_mse, _mae = _sk("mean_squared_error"), _sk("mean_absolute_error")
_f1, _precision, _recall = (_sk(f"{name}_score", zero_division=0) for name in ("f1", "precision", "recall"))
_mape, _medae = _sk("mean_absolute_percentage_error"), _sk("median_absolute_error")
_r2, _ev = _sk("r2_score"), _sk("explained_variance_score")


def _rmse(truth: Any, answer: Any) -> float:
    return float(np.sqrt(_mse(truth, answer)))


def _squares(truth: Any, answer: Any) -> float:
    return float(((truth - answer) ** 2).mean())


def _row(
    name: str, en: str, ko: str, better: Literal["higher", "lower"], low: float, high: float, takes: Input,
    formula: Formula, trivial: Formula,
) -> ScoreMetric:  # fmt: skip
    return ScoreMetric(name, Text(en, ko), better, low, high, takes, formula, trivial)


_ROWS = (
    _row("accuracy", "accuracy", "정확도", "higher", 0, 1, take.LABELS, _micro, _by(_micro, own.majority)),
    _row("balanced_accuracy", "balanced accuracy", "균형 정확도", "higher", 0, 1, take.LABELS, _balanced,
         _by(_balanced, own.majority)),
    _row("precision", "precision", "정밀도", "higher", 0, 1, take.BINARY, _precision, _all_positive(_precision)),
    _row("recall", "recall", "재현율", "higher", 0, 1, take.BINARY, _recall, _positive_share),
    _row("f1", "F1 score", "F1 점수", "higher", 0, 1, take.BINARY, _f1, _all_positive(_f1)),
    *(
        _row(f"{name}_macro", f"macro-averaged {en}", f"매크로 평균 {ko}", "higher", 0, 1, take.LABELS,
             _known_labels(f"{name}_score"), _by(_known_labels(f"{name}_score"), own.majority))
        for name, en, ko in (("precision", "precision", "정밀도"), ("recall", "recall", "재현율"), ("f1", "F1", "F1"))
    ),
    _row("f1_micro", "micro-averaged F1", "마이크로 평균 F1", "higher", 0, 1, take.LABELS, _micro,
         _by(_micro, own.majority)),
    _row("roc_auc", "area under the ROC curve", "ROC 곡선 아래 넓이", "higher", 0, 1, take.SCORES,
         _sk("roc_auc_score"), _at(0.5)),
    _row("pr_auc", "average precision", "평균 정밀도", "higher", 0, 1, take.SCORES, _sk("average_precision_score"),
         _true_share),
    _row("mean_average_precision", "mean average precision", "평균 정밀도의 평균", "higher", 0, 1, take.CLASS_SCORES,
         _mean_average_precision, _map_chance),
    _row("top_5_accuracy", "top-5 accuracy", "상위 5 정확도", "higher", 0, 1, take.CLASS_SCORES, own.top_k,
         lambda train, truth: own.top_k(truth, own.prior(train, truth))),
    _row("log_loss", "log loss", "로그 손실", "lower", 0, _GREATEST, take.PROBABILITIES, own.log_loss,
         _prior(own.log_loss)),
    _row("perplexity", "perplexity", "혼란도", "lower", 1, inf, take.PROBABILITIES, _perplexity, _prior(_perplexity)),
    _row("brier", "Brier score", "브라이어 점수", "lower", 0, 1, take.PROBABILITIES, own.brier, _prior(own.brier)),
    _row("mae", "mean absolute error", "평균 절대 오차", "lower", 0, inf, take.VALUES, _mae, _by(_mae, _MEDIAN)),
    _row("median_absolute_error", "median absolute error", "중앙값 절대 오차", "lower", 0, inf, take.VALUES, _medae,
         _by(_medae, _MEDIAN)),
    _row("mse", "mean squared error", "평균 제곱 오차", "lower", 0, inf, take.VALUES, _mse, _by(_mse, _MEAN)),
    _row("rmse", "root mean squared error", "평균 제곱근 오차", "lower", 0, inf, take.VALUES, _rmse, _by(_rmse, _MEAN)),
    _row("mape", "mean absolute percentage error", "평균 절대 백분율 오차", "lower", 0, inf, take.VALUES, _mape,
         _by(_mape, _MEDIAN)),
    _row("rmsle", "root mean squared log error", "평균 제곱근 로그 오차", "lower", 0, inf, take.COUNTS, own.rmsle,
         _by(own.rmsle, _LOG_MEAN)),
    _row("r2", "R²", "결정 계수", "higher", -inf, 1, take.VALUES, _r2, _by(_r2, _MEAN)),
    _row("explained_variance", "explained variance", "설명된 분산", "higher", -inf, 1, take.VALUES, _ev,
         _by(_ev, _MEAN)),
    _row("reconstruction_error", "reconstruction error", "재구성 오차", "lower", 0, inf, take.VALUES, _squares,
         _by(_squares, _MEAN)),
    _row("ari", "adjusted Rand index", "조정 랜드 지수", "higher", -0.5, 1, take.CLUSTERS, _sk("adjusted_rand_score"),
         _at(0.0)),
    _row("nmi", "normalised mutual information", "정규화 상호 정보량", "higher", 0, 1, take.CLUSTERS,
         _sk("normalized_mutual_info_score"), _at(0.0)),
    _row("silhouette", "silhouette score", "실루엣 점수", "higher", -1, 1, take.CLUSTERING, _sk("silhouette_score"),
         _at(0.0)),
    _row("inertia", "inertia", "이너셔", "lower", 0, inf, take.CENTRES, own.inertia, _centre),
    _row("kl", "Kullback-Leibler divergence", "쿨백-라이블러 발산", "lower", 0, inf, take.DISTRIBUTIONS, own.kl, _uniform),
    _row("mmd", "maximum mean discrepancy", "최대 평균 불일치", "lower", 0, 2, take.SAMPLES, own.mmd,
         lambda train, truth: own.mmd(truth, own.gaussian_samples(train, truth))),
    _row("iou", "intersection over union", "교집합 대 합집합 비율", "higher", 0, 1, take.BOXES, own.iou,
         _by(own.iou, _MEAN)),
    _row("edit_rate", "edit distance per token", "토큰당 편집 거리", "lower", 0, 1, take.SEQUENCES, own.edit_rate,
         lambda train, truth: own.edit_rate(truth, [()] * len(truth))),
    _row("bleu", "BLEU", "BLEU", "higher", 0, 1, take.SEQUENCES, own.bleu, _at(0.0)),
    _row("episode_return", "mean return of an episode", "에피소드 평균 보상", "higher", -inf, inf, take.RETURNS,
         lambda truth, answer: float(np.mean(answer)), lambda train, truth: float(np.mean(train))),
)  # fmt: skip

METRICS: Mapping[str, ScoreMetric] = {metric.name: metric for metric in _ROWS}


def get_metric(name: str) -> ScoreMetric:
    """The metric of this name.

    Raises
    ------
    GraderError
        There is none; the message offers what is close.

    Examples
    --------
    >>> get_metric("rmse").direction
    'lower'
    """
    if name in METRICS:
        return METRICS[name]
    near = difflib.get_close_matches(name, METRICS, 3, 0.5) or sorted(METRICS)
    raise GraderError(f"the registry has no metric {name!r}; there is: {', '.join(near)}")


def confusion_cost(false_positive: float, false_negative: float) -> ScoreMetric:
    """The mean cost of a binary answer's mistakes; its baseline is the cheaper of "always 0" and "always 1".

    Examples
    --------
    >>> confusion_cost(1, 5)([0, 0, 1, 1], [1, 0, 1, 0])
    1.5
    """

    def cost(truth: Any, answer: Any) -> float:
        return float(np.mean(np.where(truth == 0, false_positive * (answer == 1), false_negative * (answer == 0))))

    def trivial(train: Any, truth: Any) -> float:
        always = min((0, 1), key=lambda label: cost(train, np.full_like(train, label)))
        return cost(truth, np.full_like(truth, always))

    highest = max(false_positive, false_negative)
    return _row("confusion_cost", "cost of mistakes", "실수의 비용", "lower", 0, highest, take.BINARY, cost, trivial)
