"""The ``expect`` fixture: everything that a check can demand of what a submission answered."""

from __future__ import annotations

from grader.checking.expect_agent import AgentExpectations
from grader.checking.expect_arrays import ArrayExpectations
from grader.checking.expect_effort import EffortExpectations
from grader.checking.expect_estimator import EstimatorExpectations
from grader.checking.expect_files import FileExpectations
from grader.checking.expect_leakage import LeakageExpectations
from grader.checking.expect_metric import MetricExpectations
from grader.checking.expect_network import NetworkExpectations
from grader.checking.expect_numbers import NumberExpectations
from grader.checking.expect_parts import PartExpectations
from grader.checking.expect_plot import PlotExpectations
from grader.checking.expect_properties import PropertyExpectations
from grader.checking.expect_samples import SampleExpectations
from grader.checking.expect_service import ServiceExpectations
from grader.checking.expect_source import SourceExpectations
from grader.checking.expect_splits import SplitExpectations
from grader.checking.expect_structure import StructureExpectations
from grader.checking.expect_written import WrittenExpectations
from grader.checking.failure import CheckFailed

__all__ = ["CheckFailed", "Expect"]


class Expect(
    NumberExpectations,
    ArrayExpectations,
    PropertyExpectations,
    StructureExpectations,
    PartExpectations,
    WrittenExpectations,
    MetricExpectations,
    EstimatorExpectations,
    LeakageExpectations,
    SplitExpectations,
    SourceExpectations,
    EffortExpectations,
    FileExpectations,
    ServiceExpectations,
    PlotExpectations,
    SampleExpectations,
    AgentExpectations,
    NetworkExpectations,
):
    """All expectations of one check.

    Notes
    -----
    Each method raises `CheckFailed` where the expectation does not hold, whatever data the submission sent. Any other
    exception that comes out of one is a mistake in the check.
    """
