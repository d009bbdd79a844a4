"""The ``expect`` fixture: everything that a check can demand of what a submission answered."""

from __future__ import annotations

from grader.checking.expect.agree import AgreeExpectations
from grader.checking.expect.figures.bars import BarExpectations
from grader.checking.expect.figures.figure import FigureExpectations
from grader.checking.expect.figures.points import PointExpectations
from grader.checking.expect.files.files import FileExpectations
from grader.checking.expect.files.service import ServiceExpectations
from grader.checking.expect.keras.model import ModelExpectations
from grader.checking.expect.keras.network import NetworkExpectations
from grader.checking.expect.learning.estimators import EstimatorExpectations
from grader.checking.expect.learning.leakage import LeakageExpectations
from grader.checking.expect.learning.metric import MetricExpectations
from grader.checking.expect.learning.splits import SplitExpectations
from grader.checking.expect.numbers.arrays import ArrayExpectations
from grader.checking.expect.numbers.numbers import NumberExpectations
from grader.checking.expect.numbers.properties import PropertyExpectations
from grader.checking.expect.samples.agents import AgentExpectations
from grader.checking.expect.samples.samples import SampleExpectations
from grader.checking.expect.source.effort import EffortExpectations
from grader.checking.expect.source.source import SourceExpectations
from grader.checking.expect.structure import StructureExpectations
from grader.checking.expect.tables.parts import PartExpectations
from grader.checking.expect.tables.tables import TableExpectations
from grader.checking.expect.written.codes import CodeExpectations
from grader.checking.expect.written.text import TextExpectations
from grader.checking.failure import CheckFailed

__all__ = ["CheckFailed", "Expect"]


class Expect(
    AgreeExpectations,
    NumberExpectations,
    ArrayExpectations,
    PropertyExpectations,
    StructureExpectations,
    TableExpectations,
    PartExpectations,
    TextExpectations,
    CodeExpectations,
    MetricExpectations,
    EstimatorExpectations,
    LeakageExpectations,
    SplitExpectations,
    SourceExpectations,
    EffortExpectations,
    FileExpectations,
    ServiceExpectations,
    FigureExpectations,
    PointExpectations,
    BarExpectations,
    SampleExpectations,
    AgentExpectations,
    ModelExpectations,
    NetworkExpectations,
):
    """All expectations of one check.

    Notes
    -----
    Each method raises `CheckFailed` where the expectation does not hold, whatever data the submission sent. Any other
    exception that comes out of one is a mistake in the check.
    """
