"""Visible checks of a small network."""

import pytest


@pytest.mark.points(2)
def test_layers(submission, expect):
    """Sixteen units, then one.

    ko: 유닛 16개 다음에 1개.
    """
    expect.same([layer.units for layer in submission.model("model").layers], [16, 1])


@pytest.mark.points(2)
def test_losses_of_five_epochs(submission, expect):
    """One loss for each epoch.

    ko: 에포크마다 손실 하나.
    """
    expect.same(len(submission["losses"]), 5)
