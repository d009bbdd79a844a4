"""What the student of the target exercise must never see. The marked words are searched for in everything shown."""

import pytest

SECRET = "planted-check-8f2c61d0a7"


@pytest.mark.points(2)
def test_hidden(submission, reference, expect, hidden):
    """Twice a table that nobody has seen.

    ko: 처음 보는 표의 두 배.
    hint: Look at the shape.
    hint-ko: 모양을 살펴보세요.
    """
    assert SECRET
    expect.close(submission.call("double", hidden.X), reference.call("double", hidden.X))
