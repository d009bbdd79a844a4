"""Checks that students have too."""

import pytest


def best_of(code, path, *runs):
    """The best run once these are recorded."""
    for name, score in runs:
        code.call("record", path, name, score)
    return code.call("best", path)


@pytest.mark.points(3)
def test_later_runs_are_added(expect):
    """Later runs are added to earlier ones.

    ko: 나중에 한 실험이 앞의 기록에 추가된다.
    asks: adds one run to the file and creates the file where there is none
    asks-ko: 파일에 실험 하나를 추가합니다. 파일이 없으면 만듭니다.
    hint: Read what the file holds, add the new run, write everything back.
    hint-ko: 파일의 내용을 읽고, 새 실험을 추가한 다음, 전부 다시 쓰세요.
    """
    expect.agree(lambda code: best_of(code, "visible.json", ("first", 0.9), ("second", 0.4)), "first")
