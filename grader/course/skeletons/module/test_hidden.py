"""Checks that students do not have."""

import pytest


@pytest.mark.points(3)
def test_best_of_many(submission, expect):
    """The best run is found among many.

    ko: 여러 실험 가운데 가장 좋은 것을 찾는다.
    hint: Scores are numbers: compare them as numbers.
    hint-ko: 점수는 수예요. 수로 비교하세요.
    """
    for name, score in (("alder", 9), ("beech", 10), ("cedar", -3), ("dogwood", 10), ("elm", 9.5)):
        submission.call("record", "many.json", name, score)
    expect.same(submission.call("best", "many.json"), "beech")


@pytest.mark.points(1)
@pytest.mark.needs("test_later_runs_are_added")
def test_no_record_yet(submission, expect):
    """Without a record there is no best run.

    ko: 기록이 없으면 가장 좋은 실험도 없다.
    hint: Ask whether the file exists before you read it.
    hint-ko: 파일을 읽기 전에 파일이 있는지 확인하세요.
    """
    expect.same(submission.call("best", "nowhere.json"), None)


@pytest.mark.points(3)
def test_survives_the_process(submission, expect):
    """Another Python process finds the record.

    ko: 다른 파이썬 프로세스에서도 기록을 찾는다.
    hint: A variable of the module is gone when Python ends; only the file stays.
    hint-ko: 모듈의 변수는 파이썬이 끝나면 사라져요. 파일만 남아요.
    """
    submission.call("record", "kept.json", "one", 0.1)
    submission.call("record", "kept.json", "two", 0.2)
    again = submission.fresh()
    expect.same(again.call("best", "kept.json"), "two")
    again.call("record", "kept.json", "three", 0.3)
    expect.same(again.call("best", "kept.json"), "three")
    again.close()
