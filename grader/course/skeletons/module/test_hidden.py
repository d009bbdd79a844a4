"""Checks that students do not have."""

from contextlib import closing

import pytest


def recorded(code, path, *runs):
    """The code, once it has recorded these runs."""
    for name, score in runs:
        code.call("record", path, name, score)
    return code


@pytest.mark.points(3)
def test_best_of_many(expect):
    """The best run is found among many.

    ko: 여러 실험 가운데 가장 좋은 것을 찾는다.
    asks: returns the name of the run with the highest score; of equal ones the first
    asks-ko: 점수가 가장 높은 실험의 이름을 돌려줍니다. 점수가 같으면 먼저 기록한 것을 고릅니다.
    hint: Scores are numbers: compare them as numbers.
    hint-ko: 점수는 수예요. 수로 비교하세요.
    """
    runs = (("alder", 9), ("beech", 10), ("cedar", -3), ("dogwood", 10), ("elm", 9.5))
    expect.agree(lambda code: recorded(code, "many.json", *runs).call("best", "many.json"), "beech")


@pytest.mark.points(1)
@pytest.mark.needs("test_later_runs_are_added")
def test_no_record_yet(expect):
    """Without a record there is no best run.

    ko: 기록이 없으면 가장 좋은 실험도 없다.
    asks: It returns `None` where there is no file.
    asks-ko: 파일이 없으면 `None`을 돌려줍니다.
    hint: Ask whether the file exists before you read it.
    hint-ko: 파일을 읽기 전에 파일이 있는지 확인하세요.
    """
    expect.agree(lambda code: code.call("best", "nowhere.json"), None)


@pytest.mark.points(3)
def test_survives_the_process(expect):
    """Another Python process finds the record.

    ko: 다른 파이썬 프로세스에서도 기록을 찾는다.
    asks: The record has to survive the end of the Python process.
    asks-ko: 파이썬 프로세스가 끝나도 기록은 남아 있어야 합니다.
    hint: A variable of the module is gone when Python ends; only the file stays.
    hint-ko: 모듈의 변수는 파이썬이 끝나면 사라져요. 파일만 남아요.
    """

    def afterwards(code):
        """The best run that a new process finds, and the best once it has recorded one more itself."""
        recorded(code, "kept.json", ("one", 0.1), ("two", 0.2))
        with closing(code.fresh()) as process:
            found = process.call("best", "kept.json")
            return [found, recorded(process, "kept.json", ("three", 0.3)).call("best", "kept.json")]

    expect.agree(afterwards, ["two", "three"])
