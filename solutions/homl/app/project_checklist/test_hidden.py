"""Hidden checks of the checklist: the order as a whole, the orders that matter most, and the tasks by their stages."""

import pytest

from grader.checks import Text

STAGES = ["frame", "get", "explore", "prepare", "shortlist", "tune", "present", "launch"]
GROUPS = {
    "of data": ("t02", "t06", "t09", "t10", "t13", "t20"),
    "of models": ("t01", "t07", "t12", "t14", "t17"),
    "of people and operation": ("t04", "t05", "t08", "t11", "t15", "t16", "t19"),
}
ASK_YOURSELF = {
    "t01": ("Is one model being improved here, or are many being tried?", "모델 하나를 다듬는 일인가요, 여러 모델을 시험해 보는 일인가요?"),
    "t02": ("Does this change the data, or does it only look at them?", "데이터를 바꾸는 일인가요, 살펴보기만 하는 일인가요?"),
    "t04": ("In operation: has the system been launched already?", "운영 중이라면 시스템은 이미 출시되었나요?"),
    "t05": ("Are any data needed in order to ask this?", "이것을 묻는 데 데이터가 필요한가요?"),
    "t06": ("Does this change the data, or does it only look at them?", "데이터를 바꾸는 일인가요, 살펴보기만 하는 일인가요?"),
    "t07": ("Is the choice among models over by now?", "이때는 어느 모델을 쓸지 골라 놓았나요?"),
    "t08": ("For whom are these pictures?", "이 그림은 누구에게 보여 주려는 것인가요?"),
    "t09": ("Before which step does one have to know this?", "어떤 일을 하기 전에 이것을 알아야 하나요?"),
    "t10": ("Does this change the data, or does it only look at them?", "데이터를 바꾸는 일인가요, 살펴보기만 하는 일인가요?"),
    "t11": ("What does success depend on: the data, or what the business needs?", "성공의 기준은 데이터에서 나오나요, 사업의 필요에서 나오나요?"),
    "t12": ("How many models are there before this task, and how many after it?", "이 작업의 앞과 뒤에 모델이 각각 몇 개 있나요?"),
    "t13": ("For whose sake is this done: for people, or for algorithms?", "사람을 위한 일인가요, 알고리즘을 위한 일인가요?"),
    "t14": ("Which models are combined: all that were tried, or the best of those that are left?", "어떤 모델을 묶나요? 시험해 본 모든 모델인가요, 남은 것 가운데 가장 좋은 모델인가요?"),
    "t15": ("Who is going to read this?", "이 문서는 누가 읽나요?"),
    "t16": ("Does this happen once, or as long as the system runs?", "한 번 하는 일인가요, 시스템이 돌아가는 동안 계속하는 일인가요?"),
    "t17": ("It is about quick models: which of them are worth keeping?", "빠르게 훈련한 모델에 대한 일이에요. 그 가운데 어느 것을 남길까요?"),
    "t19": ("Whose data are these: those of the project, or those of every day?", "이 데이터는 프로젝트의 데이터인가요, 날마다 들어오는 데이터인가요?"),
    "t20": ("Does one have the data already when this is asked?", "이것을 물을 때 데이터가 이미 손에 있나요?"),
}  # fmt: skip


def code_of(value):
    """A code as it is printed, or an empty text."""
    return value.strip().casefold() if isinstance(value, str) else ""


def order(code):
    return [code_of(stage) for stage in code["order"]]


def stages(code, tasks):
    """The stages of some tasks; also where each stage names its tasks, or where they stand in a row: a visible check minds that."""
    found = code["stage_of"]
    if isinstance(found, list | tuple):
        found = {f"t{place:02d}": stage for place, stage in enumerate(found, start=1)}
    elif set(map(code_of, found)) & set(STAGES):
        found = {task: stage for stage, some in found.items() for task in some}
    given = [code_of(stage) for stage in found.values()]
    constant = len(given) > 1 and given[0] in STAGES and len(set(given)) == 1
    return {task: "one stage for all" if constant else code_of(found.get(task)) for task in tasks}


@pytest.mark.points(3)
def test_order_of_the_stages(expect):
    """The order of the eight stages, by Kendall's tau.

    ko: 여덟 단계의 순서(켄달의 타우).
    asks: the eight codes, from the first stage to the last
    asks-ko: 여덟 기호를 첫 단계부터 마지막 단계까지 순서대로 쓴 리스트입니다
    hint: Put the first and the last stage in place, then ask of each neighbouring pair which one needs the other.
    hint-ko: 첫 단계와 마지막 단계를 먼저 놓고, 이웃한 두 단계마다 어느 쪽이 다른 쪽을 필요로 하는지 따져 보세요.
    """
    expect.agree(order, STAGES, how="ordering", partial=True)


@pytest.mark.points(4)
def test_test_set_is_put_away_first(expect):
    """The test set is put away before anybody looks at the data.

    ko: 데이터를 살펴보기 전에 테스트 세트를 떼어 놓는다.
    asks: Data may be looked at only after the exam questions (the test set) have been locked away.
    asks-ko: 데이터는 시험 문제(테스트 세트)를 잠가 둔 다음에만 들여다볼 수 있습니다.
    hint: In this order the data are looked at, or prepared, while the test set still lies among them.
    hint-ko: 이 순서대로라면 테스트 세트가 섞여 있는 채로 데이터를 살펴보거나 준비하게 돼요.
    """

    def before_the_test_set_is_away(code):
        given = order(code)
        return [stage for stage in given[: given.index("get")] if stage in ("explore", "prepare")]

    expect.agree(before_the_test_set_is_away, [])


@pytest.mark.points(3)
def test_shortlist_comes_before_tuning(expect):
    """Models are compared before one of them is tuned, and nothing is presented before that.

    ko: 모델을 비교한 다음에 튜닝하고, 그 뒤에 발표한다.
    asks: Whoever tunes before comparing tunes the wrong model
    asks-ko: 모델을 비교하기 전에 튜닝부터 하면 엉뚱한 모델을 일주일 동안 다듬게 됩니다.
    hint: Models need prepared data, tuning takes days for each model, and before that there is nothing to present.
    hint-ko: 모델에는 준비된 데이터가 필요하고, 튜닝은 모델 하나에도 며칠씩 걸리며, 그 전에는 발표할 것이 없어요.
    """
    wanted = ["prepare", "shortlist", "tune", "present"]
    expect.agree(lambda code: [stage for stage in order(code) if stage in wanted], wanted)


@pytest.mark.points(1)
def test_launch_comes_last(expect):
    """The work ends with the launch, and does not stop there.

    ko: 마지막은 출시이고, 출시한 뒤에도 일은 계속된다.
    asks: put it into operation, watch it and look after it
    asks-ko: 시스템을 출시하고 지켜보며 관리한다
    hint: Which stage goes on as long as the system runs, and who has to know before what it can and cannot do?
    hint-ko: 시스템이 돌아가는 동안 계속되는 단계는 무엇인가요? 그 전에 시스템이 무엇을 할 수 있고 없는지 누가 알아야 하나요?
    """
    expect.agree(lambda code: order(code)[-1], "launch", how="choice")


@pytest.mark.points(2)
def test_when_the_test_set_is_drawn(expect):
    """The stage in which the test set is drawn.

    ko: 테스트 세트를 뽑는 단계.
    asks: draw a test set, put it away and never look inside
    asks-ko: 테스트 세트를 뽑아 따로 치워 두고 절대 들여다보지 않는다
    hint: When must this be done so that nobody has seen the test rows before?
    hint-ko: 아무도 테스트 행을 보지 못하게 하려면 언제 해야 하나요?
    """
    expect.agree(lambda code: stages(code, ["t03"])["t03"], "get", how="choice")


@pytest.mark.points(2)
def test_when_the_test_error_is_measured(expect):
    """The stage in which the error on the test set is measured.

    ko: 테스트 세트의 오차를 측정하는 단계.
    asks: measure the generalisation error on the test set, once, when nothing is going to be changed any more
    asks-ko: 더는 아무것도 고치지 않을 때, 테스트 세트에서 일반화 오차를 단 한 번 측정한다
    hint: It is done once, after the last change to the model and before anything is told to others.
    hint-ko: 모델을 마지막으로 고친 다음, 다른 사람에게 결과를 알리기 전에 한 번 하는 일이에요.
    """
    expect.agree(lambda code: stages(code, ["t18"])["t18"], "tune", how="choice")


@pytest.mark.points(2)
@pytest.mark.parametrize("group", GROUPS, ids=list(GROUPS))
def test_tasks(expect, group):
    """The stages of a group of tasks.

    ko: 한 무리의 작업이 속하는 단계.
    asks: for each of the twenty tasks below (`"t01"` … `"t20"`) the code of the stage to which it belongs
    asks-ko: 아래의 스무 가지 작업(`"t01"`부터 `"t20"`까지)이 어느 단계에 속하는지 기호로 쓴 딕셔너리입니다
    hint: What has to be known before the task can be done, and what would it spoil if it came earlier?
    hint-ko: 그 작업을 하려면 먼저 무엇을 알아야 하고, 더 일찍 하면 무엇을 망치나요?
    """
    sentences = {task: Text(f"{task}: {ASK_YOURSELF[task][0]}", f"{task}: {ASK_YOURSELF[task][1]}") for task in GROUPS[group]}

    def each_task(found, right):
        expect.items([(found[task] == right[task], sentence) for task, sentence in sentences.items()])

    expect.agree(lambda code: stages(code, GROUPS[group]), how=each_task)
