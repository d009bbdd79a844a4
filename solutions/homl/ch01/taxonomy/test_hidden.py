"""Hidden checks of the three axes: each axis by itself, with a sentence for each confusion."""

import pytest

from grader.checks import Text

# What is accepted on each axis, and what to look at again.
FIRST = {
    "c01": ("supervised", "What did the inspectors add to each photo?", "검사원이 사진마다 무엇을 더해 두었나요?"),
    "c02": ("supervised", "Of every flat in the list, the rent is known.", "목록에 있는 집은 모두 월세가 알려져 있어요."),
    "c03": ("supervised", "What does the meter tell, a day later?", "하루 뒤에 계량기는 무엇을 알려 주나요?"),
    "c04": ("supervised", "Does a log line hold what is to be predicted?", "로그의 줄마다 예측하려는 것이 적혀 있나요?"),
    "c13": ("supervised", "What do people do to each stored mail?", "저장된 메일마다 사람이 무엇을 해 두었나요?"),
    "c09": ("semi", "How many photos have names, and who gave them?", "이름이 있는 사진은 몇 장이고, 그 이름은 누가 붙였나요?"),
    "c10": ("self", "Has anybody described even one picture? Then what is compared with the painting?", "사람이 설명을 붙인 사진이 하나라도 있나요? 그러면 그려 낸 것을 무엇과 비교하나요?"),
    "c11": ("rl", "Nobody shows the robot the right movement; what does it get instead?", "로봇에게 옳은 동작을 보여 주는 사람은 없어요. 그 대신 무엇을 받나요?"),
    "c05": ("cluster", "What are the five centres the centres of?", "다섯 중심은 무엇의 중심인가요?"),
    "c06": ("rules", "What should come out: groups of receipts, or goods that go together?", "찾으려는 것은 영수증의 그룹인가요, 함께 담기는 물건인가요?"),
    "c07": ("anomaly", "Are the stored payments known to be clean?", "저장된 결제가 모두 깨끗하다고 확인되었나요?"),
    "c08": ("novelty", "What did the engineers make sure of, before anything was stored?", "저장하기 전에 기술자들이 무엇을 확인했나요?"),
    "c12": ("reduce", "How many numbers has a plant before, and how many after?", "식물 하나를 나타내는 수가 처음에는 몇 개이고 나중에는 몇 개인가요?"),
}  # fmt: skip
SECOND = {
    "c01": ("batch", "What happens to the old network when new photos are there?", "새 사진이 생기면 예전 신경망은 어떻게 되나요?"),
    "c02": ("batch", "What happens to the list in January?", "1월에 목록은 어떻게 되나요?"),
    "c03": ("online", "What happens to the weights at midnight, and with which data?", "자정에 가중치는 어떤 데이터로 어떻게 바뀌나요?"),
    "c04": ("online", "Does the program begin anew with every chunk? When and where it runs plays no part.", "묶음을 읽을 때마다 처음부터 다시 훈련하나요? 언제 어디에서 하는지는 상관없어요."),
    "c05": ("online", "Are yesterday's visitors needed this evening?", "오늘 저녁에 어제의 관람객 기록이 필요한가요?"),
    "c06": ("batch", "What is counted next January?", "다음 1월에는 무엇을 세나요?"),
    "c07": ("online", "What happens to a new payment, and what has to be computed anew for it?", "새 결제는 어떻게 되고, 그 때문에 다시 계산할 것이 있나요?"),
    "c08": ("batch", "What becomes of the first week's recordings after a repair?", "수리한 다음에 첫 주의 녹음은 어떻게 되나요?"),
    "c09": ("batch", "What happens when new photos arrive?", "새 사진이 생기면 어떻게 하나요?"),
    "c10": ("batch", "With what does it begin next year?", "내년에는 무엇으로 시작하나요?"),
    "c11": ("online", "What happens after a single attempt?", "한 번 시도한 다음에 무슨 일이 일어나나요?"),
    "c12": ("batch", "From how much of the table are the points computed?", "점의 위치는 표의 얼마만큼으로 계산하나요?"),
    "c13": ("online", "When does a press of the button begin to count?", "단추를 누른 결과는 언제부터 쓰이나요?"),
}  # fmt: skip
THIRD = {
    "c01": ("model", "Are the photos still needed once the network is trained?", "신경망을 훈련한 다음에도 사진이 필요한가요?"),
    "c02": ("instance", "Are there parameters, or is a new flat compared with flats in the list?", "파라미터가 있나요, 아니면 새로 나온 집을 목록의 집들과 비교하나요?"),
    "c03": ("model", "What is left when the day's record has been deleted?", "그날의 기록을 지운 다음에는 무엇이 남나요?"),
    "c04": ("model", "What is left when the lines have been forgotten?", "읽은 줄을 잊은 다음에는 무엇이 남나요?"),
    "c05": ("model", "What is left when the visitors have been forgotten?", "관람객의 기록을 지운 다음에는 무엇이 남나요?"),
    "c06": ("model instance", "Choose one of the two codes.", "두 기호 가운데 하나를 고르세요."),
    "c07": ("instance", "With what is a new payment compared?", "새 결제를 무엇과 비교하나요?"),
    "c08": ("instance", "With what is a new sound compared?", "새 소리를 무엇과 비교하나요?"),
    "c09": ("instance", "From where does an unnamed face get its name?", "이름 없는 얼굴은 어디에서 이름을 받나요?"),
    "c10": ("model", "Are two million pictures needed in order to paint one patch?", "한 부분을 그려 내는 데 사진 200만 장이 필요한가요?"),
    "c11": ("model", "What changes after an attempt?", "한 번 시도한 다음에 무엇이 바뀌나요?"),
    "c12": ("model instance", "Choose one of the two codes.", "두 기호 가운데 하나를 고르세요."),
    "c13": ("instance", "With what is a new mail compared?", "새 메일을 무엇과 비교하나요?"),
}  # fmt: skip
# Confusions that a sentence can clear up: (case, wrong code) on the first axis.
CONFUSED = {
    ("c09", "self"): Text(
        "c09: semi- and self-supervised are not the same: did people name some of the photos, or none?",
        "c09: 준지도와 자기 지도는 달라요. 사람이 이름을 붙인 사진이 조금 있나요, 전혀 없나요?",
    ),
    ("c10", "semi"): Text(
        "c10: semi- and self-supervised are not the same: did people describe some of the pictures, or none?",
        "c10: 준지도와 자기 지도는 달라요. 사람이 설명을 붙인 사진이 조금 있나요, 전혀 없나요?",
    ),
    ("c07", "novelty"): Text(
        "c07: for novelty detection the training data must be clean; are these?",
        "c07: 특이치 탐지라면 훈련 데이터가 깨끗해야 해요. 이 데이터는 깨끗한가요?",
    ),
    ("c08", "anomaly"): Text(
        "c08: looking for odd cases, yes; but are there any among the data it was trained on?",
        "c08: 이상한 사례를 찾는 것은 맞아요. 그런데 훈련한 데이터에도 그런 사례가 섞여 있나요?",
    ),
}


def code(submission, expect, case, axis):
    """One code of an answer, or an empty text."""
    answers = submission["answers"]
    expect.type(answers, dict, what="answers")
    answer = answers.get(case)
    if not isinstance(answer, tuple | list) or len(answer) != 3 or not isinstance(answer[axis], str):
        return ""
    return answer[axis].strip().casefold()


def judged(submission, expect, key, cases, axis):
    """An item for each case: whether the code is accepted, and what to look at again."""
    items = []
    for case in cases:
        accepted, en, ko = key[case]
        given = code(submission, expect, case, axis)
        confused = CONFUSED.get((case, given)) if axis == 0 else None
        items.append((given in accepted.split(), confused or Text(f"{case}: {en}", f"{case}: {ko}")))
    return items


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Look for what comes with each example before you look at what the system does.",
    ko="시스템이 무엇을 하는지 보기 전에 샘플마다 무엇이 딸려 있는지 찾아보세요.",
)
def test_first_codes_a(submission, expect):
    """First code: what says what is right (c01, c05, c09, c12).

    ko: 첫째 기호: 무엇이 옳은지를 알려 주는 것 (c01, c05, c09, c12).
    """
    expect.items(judged(submission, expect, FIRST, ("c01", "c05", "c09", "c12"), 0))


@pytest.mark.points(3)
@pytest.mark.hint(
    en="Is there an answer beside each example? If there is none, what is the system looking for, or predicting?",
    ko="샘플마다 답이 있나요? 없다면 시스템은 무엇을 찾거나 맞히려고 하나요?",
)
def test_first_codes_b(submission, expect):
    """First code: what says what is right (c02, c06, c08, c10).

    ko: 첫째 기호: 무엇이 옳은지를 알려 주는 것 (c02, c06, c08, c10).
    """
    expect.items(judged(submission, expect, FIRST, ("c02", "c06", "c08", "c10"), 0))


@pytest.mark.points(4)
@pytest.mark.hint(
    en="Who or what says, sooner or later, whether the system was right?",
    ko="시스템이 옳았는지 나중에라도 알려 주는 사람이나 사물이 있나요?",
)
def test_first_codes_c(submission, expect):
    """First code: what says what is right (c03, c04, c07, c11, c13).

    ko: 첫째 기호: 무엇이 옳은지를 알려 주는 것 (c03, c04, c07, c11, c13).
    """
    expect.items(judged(submission, expect, FIRST, ("c03", "c04", "c07", "c11", "c13"), 0))


@pytest.mark.points(4)
@pytest.mark.hint(
    en="Ask of each case: when something new arrives, does it begin anew, or go on from where it is?",
    ko="사례마다 물어보세요. 새 데이터가 오면 처음부터 다시 하나요, 있던 데서 이어 가나요?",
)
def test_batch_or_online(submission, expect):
    """Second code: how new data are taken in.

    ko: 둘째 기호: 새 데이터를 받아들이는 방법.
    """
    expect.items(judged(submission, expect, SECOND, SECOND, 1), options=2)


@pytest.mark.points(4)
@pytest.mark.hint(
    en="Could the examples be thrown away without harm to the answers?",
    ko="샘플을 버려도 답하는 데 지장이 없나요?",
)
def test_instance_or_model(submission, expect):
    """Third code: what it answers from.

    ko: 셋째 기호: 무엇을 보고 답하는가.
    """
    expect.items(judged(submission, expect, THIRD, THIRD, 2), options=2)
