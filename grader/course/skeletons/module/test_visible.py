"""Checks that students have too."""

import pytest


@pytest.mark.points(3)
def test_later_runs_are_added(submission, expect):
    """Later runs are added to earlier ones.

    ko: 나중에 한 실험이 앞의 기록에 추가된다.
    hint: Read what the file holds, add the new run, write everything back.
    hint-ko: 파일의 내용을 읽고, 새 실험을 추가한 다음, 전부 다시 쓰세요.
    """
    for name, score in (("first", 0.9), ("second", 0.4)):
        submission.call("record", "visible.json", name, score)
    expect.same(submission.call("best", "visible.json"), "first")
