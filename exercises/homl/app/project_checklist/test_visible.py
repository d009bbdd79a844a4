"""Visible check of the checklist: the form of the answers, not their content."""

import pytest

from grader.checks import Text

STAGES = {"frame", "get", "explore", "prepare", "shortlist", "tune", "present", "launch"}
TASKS = [f"t{number:02d}" for number in range(1, 21)]


def code(value):
    """A code as it is printed, or an empty text."""
    return value.strip().casefold() if isinstance(value, str) else ""


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Copy the codes from the table: eight of them in `order`, one of them for each task.",
    ko="표에 있는 기호를 그대로 쓰세요. `order`에는 여덟 개를 모두, 작업마다는 하나씩 씁니다.",
)
def test_all_stages_and_all_tasks(submission, expect):
    """All eight stages stand in `order`, and every task has a stage.

    ko: `order`에 여덟 단계가 모두 있고 작업마다 단계가 있다.
    """
    order, stage_of = submission["order"], submission["stage_of"]
    expect.type(order, (list, tuple), what="order")
    expect.type(stage_of, dict, what="stage_of")
    given = [code(stage) for stage in order]
    stages = [
        (given.count(stage) == 1, Text(f"`{stage}` should stand in `order` once.", f"`order`에 `{stage}`이(가) 한 번 있어야 해요."))
        for stage in sorted(STAGES)
    ]
    tasks = [
        (code(stage_of.get(task)) in STAGES, Text(f"{task} has none of the eight codes.", f"{task}에 여덟 기호 가운데 하나가 없어요."))
        for task in TASKS
    ]
    expect.items(stages + tasks)
