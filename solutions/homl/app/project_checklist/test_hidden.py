"""Hidden checks of the checklist: the order as a whole, two orders that matter most, and the tasks by their stages."""

import pytest

from grader.checks import Text

ORDER = ["frame", "get", "explore", "prepare", "shortlist", "tune", "present", "launch"]
# The stage of each task, and what to ask oneself.
TASKS = {
    "t01": ("shortlist", "Is one model being improved here, or are many being tried?", "모델 하나를 다듬는 일인가요, 여러 모델을 시험해 보는 일인가요?"),
    "t02": ("explore", "Does this change the data, or does it only look at them?", "데이터를 바꾸는 일인가요, 살펴보기만 하는 일인가요?"),
    "t03": ("get", "When must this be done so that nobody has seen the test rows before?", "아무도 테스트 행을 보지 못하게 하려면 언제 해야 하나요?"),
    "t04": ("launch", "In operation: has the system been launched already?", "운영 중이라면 시스템은 이미 출시되었나요?"),
    "t05": ("frame", "Are any data needed in order to ask this?", "이것을 묻는 데 데이터가 필요한가요?"),
    "t06": ("prepare", "Does this change the data, or does it only look at them?", "데이터를 바꾸는 일인가요, 살펴보기만 하는 일인가요?"),
    "t07": ("tune", "Is the choice among models over by now?", "이때는 어느 모델을 쓸지 골라 놓았나요?"),
    "t08": ("present", "For whom are these pictures?", "이 그림은 누구에게 보여 주려는 것인가요?"),
    "t09": ("get", "Before which step does one have to know this?", "어떤 일을 하기 전에 이것을 알아야 하나요?"),
    "t10": ("explore", "Does this change the data, or does it only look at them?", "데이터를 바꾸는 일인가요, 살펴보기만 하는 일인가요?"),
    "t11": ("frame", "What does success depend on: the data, or what the business needs?", "성공의 기준은 데이터에서 나오나요, 사업의 필요에서 나오나요?"),
    "t12": ("shortlist", "How many models are there before this task, and how many after it?", "이 작업의 앞과 뒤에 모델이 각각 몇 개 있나요?"),
    "t13": ("prepare", "For whose sake is this done: for people, or for algorithms?", "사람을 위한 일인가요, 알고리즘을 위한 일인가요?"),
    "t14": ("tune", "Which models are combined: all that were tried, or the best of those that are left?", "어떤 모델을 묶나요? 시험해 본 모든 모델인가요, 남은 것 가운데 가장 좋은 모델인가요?"),
    "t15": ("present", "Who is going to read this?", "이 문서는 누가 읽나요?"),
    "t16": ("launch", "Does this happen once, or as long as the system runs?", "한 번 하는 일인가요, 시스템이 돌아가는 동안 계속하는 일인가요?"),
    "t17": ("shortlist", "It is about quick models: which of them are worth keeping?", "빠르게 훈련한 모델에 대한 일이에요. 그 가운데 어느 것을 남길까요?"),
    "t18": ("tune", "It is done once, after the last change to the model and before anything is told to others.", "모델을 마지막으로 고친 다음, 다른 사람에게 결과를 알리기 전에 한 번 하는 일이에요."),
    "t19": ("launch", "Whose data are these: those of the project, or those of every day?", "이 데이터는 프로젝트의 데이터인가요, 날마다 들어오는 데이터인가요?"),
    "t20": ("get", "Does one have the data already when this is asked?", "이것을 물을 때 데이터가 이미 손에 있나요?"),
}  # fmt: skip
ONE_STAGE = Text(
    "All twenty tasks have the same stage: the tasks belong to different ones.",
    "작업 스무 개가 모두 같은 단계예요. 작업마다 속한 단계가 달라요.",
)
NOT_LAST = Text(
    "The work does not end with the presentation: which stage watches over the system while it runs?",
    "발표했다고 일이 끝나지는 않아요. 시스템이 돌아가는 동안 지켜보는 단계는 무엇인가요?",
)
TOO_EARLY = Text(
    "In this order the system runs before anybody has been told what it can and cannot do.",
    "이 순서대로라면 시스템이 무엇을 할 수 있고 없는지 아무에게도 알리지 않고 가동하게 돼요.",
)


def code(value):
    """A code as it is printed, or an empty text."""
    return value.strip().casefold() if isinstance(value, str) else ""


def places(submission, expect):
    """Where each stage stands first in `order`."""
    order = submission["order"]
    expect.type(order, (list, tuple), what="order")
    given = [code(stage) for stage in order]
    return given, {stage: given.index(stage) for stage in ORDER if stage in given}


def judge_tasks(submission, expect, first, last):
    """An item for each of the tasks `first` to `last`: whether its stage is right, and what to ask oneself."""
    stage_of = submission["stage_of"]
    expect.type(stage_of, dict, what="stage_of")
    items = []
    for task in (f"t{number:02d}" for number in range(first, last + 1)):
        stage, en, ko = TASKS[task]
        items.append((code(stage_of.get(task)) == stage, Text(f"{task}: {en}", f"{task}: {ko}")))
    one_stage = len({code(stage_of.get(task)) for task in TASKS}) == 1
    expect.items(items, message=ONE_STAGE if one_stage else None)


@pytest.mark.points(6)
@pytest.mark.hint(
    en="Put the first and the last stage in place, then ask of each neighbouring pair which one needs the other.",
    ko="첫 단계와 마지막 단계를 먼저 놓고, 이웃한 두 단계마다 어느 쪽이 다른 쪽을 필요로 하는지 따져 보세요.",
)
def test_order_of_the_stages(submission, expect):
    """The order of the eight stages, by Kendall's tau.

    ko: 여덟 단계의 순서(켄달의 타우).
    """
    given, at = places(submission, expect)
    launch, present = at.get("launch", 99), at.get("present", -1)
    message = NOT_LAST if launch == 99 else TOO_EARLY if launch < present and given != ORDER[::-1] else None
    expect.ordering(given, ORDER, message=message, partial=True)


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Whoever explores before the test set is put away has seen it.",
    ko="테스트 세트를 떼어 놓기 전에 데이터를 살펴보면 테스트 세트까지 보게 돼요.",
)
def test_test_set_is_put_away_first(submission, expect):
    """The test set is put away before anybody looks at the data.

    ko: 데이터를 살펴보기 전에 테스트 세트를 떼어 놓는다.
    """
    _, at = places(submission, expect)
    expect.true(
        "get" in at and all(at["get"] < at.get(stage, -1) for stage in ("explore", "prepare")),
        en="In this order the data are looked at, or prepared, while the test set still lies among them.",
        ko="이 순서대로라면 테스트 세트가 섞여 있는 채로 데이터를 살펴보거나 준비하게 돼요.",
    )


@pytest.mark.points(2)
@pytest.mark.hint(
    en="Tuning takes days per model: for how many models can you afford it?",
    ko="튜닝은 모델 하나에도 며칠씩 걸려요. 몇 개의 모델에 그렇게 할 수 있을까요?",
)
def test_shortlist_comes_before_tuning(submission, expect):
    """Models are compared before one of them is tuned, and nothing is presented before that.

    ko: 모델을 비교한 다음에 튜닝하고, 그 뒤에 발표한다.
    """
    _, at = places(submission, expect)
    stages = [at.get(stage, -1) for stage in ("prepare", "shortlist", "tune", "present")]
    expect.true(
        -1 not in stages and stages[1] < stages[2],
        en="In this order models are tuned before it is known which of them are worth it.",
        ko="이 순서대로라면 어느 모델이 그럴 만한지 알기도 전에 튜닝하게 돼요.",
    )
    expect.true(
        stages == sorted(stages),
        en="Models need prepared data, and there is nothing to present before they are tuned.",
        ko="모델에는 준비된 데이터가 필요하고, 튜닝하기 전에는 발표할 것이 없어요.",
    )


@pytest.mark.points(4)
@pytest.mark.hint(
    en="What has to be known before the task can be done?",
    ko="그 작업을 하려면 먼저 무엇을 알아야 하나요?",
)
def test_tasks_t01_to_t07(submission, expect):
    """The stages of the tasks t01 … t07.

    ko: 작업 t01 … t07의 단계.
    """
    judge_tasks(submission, expect, 1, 7)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="What would it spoil, or waste, if the task were done one stage earlier?",
    ko="한 단계 일찍 하면 무엇을 망치거나 낭비하게 되나요?",
)
def test_tasks_t08_to_t14(submission, expect):
    """The stages of the tasks t08 … t14.

    ko: 작업 t08 … t14의 단계.
    """
    judge_tasks(submission, expect, 8, 14)


@pytest.mark.points(3)
@pytest.mark.hint(
    en="What does the task leave behind, and which stage lives on it?",
    ko="그 작업은 무엇을 남기고, 어느 단계가 그것을 쓰나요?",
)
def test_tasks_t15_to_t20(submission, expect):
    """The stages of the tasks t15 … t20.

    ko: 작업 t15 … t20의 단계.
    """
    judge_tasks(submission, expect, 15, 20)
