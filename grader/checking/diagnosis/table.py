"""The mistakes that people make, in the order in which they are tried: the first that explains the difference is said."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from grader.checking.diagnosis import alone, axes, order, values
from grader.checking.diagnosis import sentences as say
from grader.checking.diagnosis.case import Case
from grader.vocabulary import Text


@dataclass(frozen=True)
class Explanation:
    """One mistake.

    Attributes
    ----------
    name : str
        For instructors and tests.
    sentence : Text
        What the student reads.
    explains : callable
        ``Case -> bool``: whether this mistake, and no accident, made the answer.
    """

    name: str
    sentence: Text
    explains: Callable[[Case], bool]


def _factors(*factors: float) -> Callable[[Case], bool]:
    return lambda case: values.some_factor(*factors, case=case)


LN2, LN10, LOG2_10 = math.log(2), math.log(10), math.log2(10)

EXPLANATIONS: tuple[Explanation, ...] = (
    Explanation("zeros", say.ZEROS, alone.zeros),
    Explanation("saturated", say.SATURATED, alone.saturated),
    Explanation("constant", say.CONSTANT, alone.constant),
    Explanation("underflow", say.UNDERFLOW, alone.underflow),
    Explanation("low precision", say.LOW_PRECISION, alone.low_precision),
    Explanation("rounded", say.ROUNDED, alone.rounded),
    # order before size: a flat array of which only places changed is right in its values
    Explanation("transposed", say.TRANSPOSED, order.transposed),
    Explanation("along the other axis", say.WRONG_AXIS, axes.along_the_other_axis),
    Explanation("sign", say.SIGN, partial(values.factor, -1)),
    Explanation("absolute", say.ABSOLUTE, values.absolute),
    Explanation("zero and one", say.ZERO_AND_ONE, order.zero_and_one),
    Explanation("complement", say.COMPLEMENT, partial(values.changed, lambda e: 1 - e)),
    Explanation("twice", say.TWICE, partial(values.factor, 2)),
    Explanation("half", say.HALF, partial(values.factor, 0.5)),
    Explanation("percent", say.PERCENT, partial(values.factor, 100)),
    Explanation("fraction", say.FRACTION, partial(values.factor, 0.01)),
    Explanation("natural logarithm", say.NATURAL_LOG, _factors(LN2, LN10)),
    Explanation("decimal logarithm", say.DECIMAL_LOG, _factors(1 / LN10, 1 / LOG2_10)),
    Explanation("binary logarithm", say.BINARY_LOG, _factors(1 / LN2, LOG2_10)),
    Explanation("degrees", say.DEGREES, partial(values.factor, 180 / math.pi)),
    Explanation("radians", say.RADIANS, partial(values.factor, math.pi / 180)),
    Explanation("off by one", say.OFF_BY_ONE, values.off_by_one),
    Explanation("whole numbers", say.INTEGERS, values.whole_numbers),
    Explanation("normalised twice", say.NORMALISED_TWICE, values.normalised_twice),
    Explanation("not normalised", say.NOT_NORMALISED, values.not_normalised),
    Explanation("not of unit length", say.NOT_UNIT_LENGTH, values.not_unit_length),
    Explanation("sum for mean", say.SUM_FOR_MEAN, values.summed),
    Explanation("mean for sum", say.MEAN_FOR_SUM, values.averaged),
    Explanation("ddof", say.DDOF, values.ddof_ratio),
    Explanation("squared", say.SQUARED, partial(values.changed, np.square)),
    Explanation("root", say.ROOT, partial(values.changed, np.sqrt)),
    Explanation("reciprocal", say.RECIPROCAL, partial(values.changed, lambda e: 1 / e)),
    Explanation("logits", say.LOGITS, values.logits),
    Explanation("scores", say.SCORES, values.scores),
    Explanation("exponential", say.EXPONENTIAL, partial(values.changed, np.exp)),
    Explanation("logarithm", say.LOGARITHM, partial(values.changed, np.log)),
    Explanation("not scaled", say.NOT_SCALED, values.not_scaled),
    Explanation("not standardised", say.NOT_STANDARDISED, values.not_standardised),
    Explanation("not centred", say.NOT_CENTRED, values.not_centred),
    Explanation("reversed", say.REVERSED, order.reversed_order),
    Explanation("shifted", say.SHIFTED, order.shifted),
    Explanation("rows in another order", say.ROW_ORDER, order.rows_in_another_order),
    Explanation("columns in another order", say.COLUMN_ORDER, order.columns_in_another_order),
    Explanation("another order", say.ORDER, order.another_order),
    Explanation("labels exchanged", say.LABELS, order.labels_exchanged),
    # the weakest last
    Explanation("one factor", say.FACTOR, values.any_factor),
    Explanation("one amount", say.OFFSET, values.any_offset),
    Explanation("only the first", say.ONLY_FIRST, partial(values.only_at, 0)),
    Explanation("only the last", say.ONLY_LAST, partial(values.only_at, -1)),
    Explanation("few", say.FEW, values.few),
)
