"""Hidden checks of the three axes, each by itself."""

import re

import pytest

from grader.checks import Text

# The code of each case on each axis, and what to look at again. "either": two codes can be defended.
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
    "c06": ("either", "Choose one of the two codes.", "두 기호 가운데 하나를 고르세요."),
    "c07": ("instance", "With what is a new payment compared?", "새 결제를 무엇과 비교하나요?"),
    "c08": ("instance", "With what is a new sound compared?", "새 소리를 무엇과 비교하나요?"),
    "c09": ("instance", "From where does an unnamed face get its name?", "이름 없는 얼굴은 어디에서 이름을 받나요?"),
    "c10": ("model", "Are two million pictures needed in order to paint one patch?", "한 부분을 그려 내는 데 사진 200만 장이 필요한가요?"),
    "c11": ("model", "What changes after an attempt?", "한 번 시도한 다음에 무엇이 바뀌나요?"),
    "c12": ("either", "Choose one of the two codes.", "두 기호 가운데 하나를 고르세요."),
    "c13": ("instance", "With what is a new mail compared?", "새 메일을 무엇과 비교하나요?"),
}  # fmt: skip
CASES = sorted(FIRST)
CODES = ({code for code, *_ in FIRST.values()}, {"batch", "online"}, {"instance", "model"})


def codes_of(code, key, axis):
    """The code of each case on one axis, wherever it stands in the answer: a visible check minds the form."""
    answers = code["answers"]
    rows = answers if isinstance(answers, dict) else dict(zip(CASES, answers, strict=False))

    def chosen(case):
        words = re.findall(r"[a-z]+", str(rows.get(case)).casefold())
        return next((word for word in words if word in CODES[axis]), "")

    return {case: "either" if right == "either" and chosen(case) else chosen(case) for case, (right, *_) in key.items()}


def judge(expect, key, axis, options=None):
    """Ask for the codes of one axis; cases count one by one, each with what to look at again."""

    def by_case(found, wanted):
        again = {case: Text(f"{case}: {en}", f"{case}: {ko}") for case, (_, en, ko) in key.items()}
        expect.items([(found[case] == wanted[case], again[case]) for case in key], options=options)

    right = {case: right for case, (right, *_) in key.items()}
    expect.agree(lambda code: codes_of(code, key, axis), right, how=by_case)


def group(points, *cases):
    """Cases that are asked for together."""
    return pytest.param(cases, marks=pytest.mark.points(points), id=", ".join(cases))


@pytest.mark.needs("test_systems_are_told_apart")
@pytest.mark.parametrize(
    "cases",
    [
        group(3, "c01", "c05", "c09", "c12"),
        group(3, "c02", "c06", "c08", "c10"),
        group(4, "c03", "c04", "c07", "c11", "c13"),
    ],
)
def test_first_codes(expect, cases):
    """First code: what says what is right.

    ko: 첫째 기호: 무엇이 옳은지를 알려 주는 것.
    asks: **First code: what tells the system what is right?**
    asks-ko: **첫째 기호: 무엇이 옳은지를 무엇이 알려 주나요?**
    hint: Does the right answer come with each example, sooner or later? If not, what is looked for or predicted?
    hint-ko: 샘플마다 나중에라도 정답이 딸려 오나요? 아니라면 시스템은 무엇을 찾거나 맞히려고 하나요?
    """
    judge(expect, {case: FIRST[case] for case in cases}, 0)


@pytest.mark.points(4)
@pytest.mark.needs("test_systems_are_told_apart")
def test_batch_or_online(expect):
    """Second code: how new data are taken in.

    ko: 둘째 기호: 새 데이터를 받아들이는 방법.
    asks: **Second code: how does it take in new data?**
    asks-ko: **둘째 기호: 새 데이터를 어떻게 받아들이나요?**
    hint: Ask of each case: when something new arrives, does it begin anew, or go on from where it is?
    hint-ko: 사례마다 물어보세요. 새 데이터가 오면 처음부터 다시 하나요, 있던 데서 이어 가나요?
    """
    judge(expect, SECOND, 1, options=2)


@pytest.mark.points(4)
@pytest.mark.needs("test_systems_are_told_apart")
def test_instance_or_model(expect):
    """Third code: what it answers from.

    ko: 셋째 기호: 무엇을 보고 답하는가.
    asks: **Third code: what does it answer from?**
    asks-ko: **셋째 기호: 무엇을 보고 답하나요?**
    hint: Could the examples be thrown away without harm to the answers?
    hint-ko: 샘플을 버려도 답하는 데 지장이 없나요?
    """
    judge(expect, THIRD, 2, options=2)
