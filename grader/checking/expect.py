"""The ``expect`` fixture: everything that a check can demand of what a submission answered."""

from __future__ import annotations

from grader.checking.expect_agent import AgentExpectations
from grader.checking.expect_metric import MetricExpectations
from grader.checking.expect_network import NetworkExpectations
from grader.checking.expect_numbers import NumberExpectations
from grader.checking.expect_plot import PlotExpectations
from grader.checking.expect_samples import SampleExpectations
from grader.checking.expect_structure import StructureExpectations
from grader.checking.expect_text import TextExpectations
from grader.checking.failure import CheckFailed

__all__ = ["CheckFailed", "Expect"]


class Expect(
    NumberExpectations,
    StructureExpectations,
    TextExpectations,
    MetricExpectations,
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
