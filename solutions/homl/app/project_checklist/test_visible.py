"""Visible check of the checklist: the form of the answers, not their content."""

import pytest

from grader.checks import Text

STAGES = ("explore", "frame", "get", "launch", "prepare", "present", "shortlist", "tune")
TASKS = [f"t{number:02d}" for number in range(1, 21)]
KEYS = {
    "keys": Text('The keys of `stage_of` should be "t01" to "t20".', '`stage_of`의 키는 "t01"부터 "t20"까지여야 해요.'),
}
STANDS_ONCE = {stage: Text(f"`{stage}` should stand in `order` once.", f"`order`에 한 번씩 있어야 할 기호예요: `{stage}`.") for stage in STAGES}
HAS_STAGE = {task: Text(f"{task} has none of the eight codes.", f"{task}에 여덟 기호 가운데 하나가 없어요.") for task in TASKS}


def code_of(value):
    """A code as it is printed, or an empty text."""
    return value.strip().casefold() if isinstance(value, str) else ""


@pytest.mark.points(1)
def test_all_stages_and_all_tasks(expect):
    """All eight stages stand in `order`, and every task has a stage.

    ko: `order`에 여덟 단계가 모두 있고 작업마다 단계가 있다.
    asks: for each of the twenty tasks below (`"t01"` … `"t20"`) the code of the stage to which it belongs
    asks-ko: 아래의 스무 가지 작업(`"t01"`부터 `"t20"`까지)이 어느 단계에 속하는지 기호로 쓴 딕셔너리입니다
    hint: Copy the codes from the table: eight of them in `order`, one of them for each task.
    hint-ko: 표에 있는 기호를 그대로 쓰세요. `order`에는 여덟 개를 모두, 작업마다는 하나씩 씁니다.
    """

    def complete(code):
        given, stage_of = [code_of(stage) for stage in code["order"]], code["stage_of"]
        keys = sorted(map(code_of, stage_of)) if isinstance(stage_of, dict) else "no dictionary"
        found = {stage: given.count(stage) == 1 for stage in STAGES} | {"keys": keys}
        stage_of = stage_of if isinstance(stage_of, dict) else {}
        return found | {task: code_of(stage_of.get(task)) in STAGES for task in TASKS}

    sentences = KEYS | STANDS_ONCE | HAS_STAGE
    expect.agree(
        complete,
        dict.fromkeys(sentences, True) | {"keys": TASKS},
        how=lambda found, right: expect.items([(found[name] == right[name], sentences[name]) for name in sentences]),
    )
