"""Hidden checks of the nineteen concepts, one for each question, a point each.

Questions turn an answer into what it means, the name of a concept or what keeps it from being right, so that a known mistake
is found whatever its words are.
"""

import re

SUPERVISED = ("classification", "regression")
UNSUPERVISED = (
    "clustering", "visualization", "dimensionality reduction", "association rules", "anomaly detection",
    "novelty detection", "density estimation",
)  # fmt: skip


def ask(expect, question, right):
    """Put a question to which the hint is all there is to say where no known mistake gives the answer."""
    expect.agree(question, right, how=lambda found, wanted: expect.true(found == wanted))


def named(expect, hidden, answer, *names):
    """Which of these concepts a text names."""
    for name in names:
        others = {term for other in names for term in hidden.terms[other]} - set(hidden.terms[name])
        if expect.holds(expect.terms, answer, hidden.terms[name], others):
            return name
    return "several terms" if re.search(r"[,;/\n]", str(answer)) else str(answer)


def items(answer):
    """What stands in a set; a text that lists several is read too, for a visible check minds the form."""
    return re.split(r"[,;/\n]|\band\b|및|그리고", answer) if isinstance(answer, str) else list(answer)


def codes(answer):
    """The codes in a set, or in a text."""
    return {re.sub(r"\W", "", str(code)).casefold() for code in answer} - {""}


def astray(chosen, right, count=None, **wrong):
    """What keeps a set of answers from being right: kinds of wrong ones, or else that some are missing."""
    unknown = set(chosen) - set(right)
    kinds = [kind for kind, members in wrong.items() if unknown & set(members)]
    kinds += sorted(unknown.difference(*wrong.values()))
    return kinds or ["missing"] * (len(set(chosen)) < (count or len(right)))


def flaws(expect, hidden, answer, ideas, slips):
    """What keeps sentences from being right: ideas that are missing, slips. One slip is forgiven."""
    if not expect.holds(expect.ideas, answer, []):
        return ["too short"]
    if not expect.holds(expect.ideas, answer, [], hidden.keywords(answer)):
        return ["keywords"]
    missing = [idea for idea, patterns in ideas.items() if not expect.holds(expect.ideas, answer, [patterns])]
    made = [slip for slip, pattern in slips.items() if expect.holds(expect.ideas, answer, [[pattern]])]
    return missing + made if missing or len(made) > 1 else []


def test_a01_task_experience_performance(expect):
    """1. The three parts of learning.

    ko: 1. 학습의 세 가지 요소.
    asks: Which of these is its task, its experience, its performance measure?
    asks-ko: 다음 가운데 작업, 경험, 성능 측정은 각각 무엇일까요?
    hint: The task is what should be done, the experience is what it learns from, the measure is a number.
    hint-ko: 작업은 해야 할 일, 경험은 배우는 재료, 성능 측정은 숫자로 나오는 것이에요.
    """
    expect.agree(lambda code: code["a01"], {"T": "c", "E": "a", "P": "e"}, how="matching", credit="all")


def test_a02_where_learning_pays_off(expect):
    """2. Problems for which machine learning pays off.

    ko: 2. 머신러닝이 빛나는 문제.
    asks: Four of these are good reasons to try machine learning.
    asks-ko: 다음 가운데 네 가지는 머신러닝을 써 볼 만한 좋은 이유입니다.
    hint: Learning is for what is too complex for rules, changes, or hides in many data. Is one of the four missing?
    hint-ko: 규칙으로 쓰기에 너무 복잡하거나 자꾸 바뀌거나 많은 데이터에 숨어 있는 문제를 찾으세요. 네 가지를 다 골랐나요?
    """
    ask(expect, lambda code: astray(codes(code["a02"]), "aceg", exact="bfh", few="d"), [])


def test_a03_labelled_training_set(expect, hidden):
    """3. What a labelled example carries.

    ko: 3. 레이블된 샘플에 들어 있는 것.
    asks: What does each example of a labelled training set carry besides its input features?
    asks-ko: 샘플마다 입력 특성 말고 무엇이 더 들어 있을까요?
    hint: Give one term: what the model should say for this example.
    hint-ko: 용어를 하나만 쓰세요. 그 샘플에 대해 모델이 내놓아야 할 값이에요.
    """
    ask(expect, lambda code: named(expect, hidden, code["a03"], "label", "feature", "hyperparameter", "parameter"), "label")


def test_a04_supervised_tasks(expect, hidden):
    """4. The two most common supervised tasks.

    ko: 4. 가장 흔한 지도 학습 작업 두 가지.
    asks: Name the two most common supervised tasks.
    asks-ko: 가장 흔한 지도 학습(supervised learning) 작업 두 가지는 무엇일까요?
    hint: One has a class as its target, the other a number.
    hint-ko: 하나는 타깃이 클래스이고 다른 하나는 타깃이 수예요.
    """

    def tasks(code):
        names = {named(expect, hidden, item, *SUPERVISED, *UNSUPERVISED) for item in items(code["a04"])}
        return astray(names, SUPERVISED, unsupervised=UNSUPERVISED)

    ask(expect, tasks, [])


def test_a05_unsupervised_tasks(expect, hidden):
    """5. Four unsupervised tasks.

    ko: 5. 비지도 학습 작업 네 가지.
    asks: Name four unsupervised tasks.
    asks-ko: 비지도 학습(unsupervised learning) 작업 네 가지를 써 보세요.
    hint: None of them needs a target: think of groups, pictures of data, fewer columns, strange cases, items bought together.
    hint-ko: 모두 타깃이 필요 없어요. 무리 짓기, 그림으로 보기, 열 줄이기, 이상한 사례, 함께 사는 물건을 떠올려 보세요.
    """

    def tasks(code):
        names = {named(expect, hidden, item, *UNSUPERVISED, *SUPERVISED) for item in items(code["a05"])}
        return astray(names, UNSUPERVISED, 4, supervised=SUPERVISED)

    ask(expect, tasks, [])


def test_a06_walking_robot(expect, hidden):
    """6. The robot on unknown ground.

    ko: 6. 낯선 지형을 걷는 로봇.
    asks: It tries, and gets points for each metre and a penalty for each fall.
    asks-ko: 직접 걸어 보면서 1미터를 갈 때마다 점수를 얻고 넘어지면 벌점을 받습니다.
    hint: An agent acts, gets rewards and penalties, and learns a policy. Give the one term for that.
    hint-ko: 에이전트가 행동하고 보상과 벌점을 받으며 정책을 배워요. 이것을 가리키는 용어를 하나만 쓰세요.
    """
    kinds = ("reinforcement learning", "supervised learning", "unsupervised learning")
    ask(expect, lambda code: named(expect, hidden, code["a06"], *kinds), "reinforcement learning")


def test_a07_groups_of_customers(expect):
    """7. Groups that are unknown and groups that are known.

    ko: 7. 모르는 그룹과 아는 그룹.
    asks: Which kind of algorithm fits?
    asks-ko: 각각 어떤 알고리즘이 알맞을까요?
    hint: Are there examples with the name of their group? If not, the algorithm has to find the groups itself.
    hint-ko: 그룹 이름이 붙은 예가 있나요? 없다면 알고리즘이 그룹을 스스로 찾아야 해요.
    """
    expect.agree(lambda code: code["a07"], {"unknown": "b", "known": "d"}, how="matching", credit="all")


def test_a08_spam_detection(expect, hidden):
    """8. The kind of learning in spam detection.

    ko: 8. 스팸 감지는 어떤 학습인가.
    asks: Which kind of learning is that?
    asks-ko: 이것은 어떤 종류의 학습일까요?
    hint: Each mail comes with the right answer. Give one term.
    hint-ko: 메일마다 정답이 함께 주어져요. 용어를 하나만 쓰세요.
    """
    kinds = ("supervised learning", "unsupervised learning", "reinforcement learning")
    ask(expect, lambda code: named(expect, hidden, code["a08"], *kinds), "supervised learning")


def test_a09_online_learning(expect):
    """9. What is true of online learning.

    ko: 9. 온라인 학습에 대한 맞는 설명.
    asks: Which statements are true of online learning?
    asks-ko: 온라인 학습(online learning)에 대한 설명으로 맞는 것은 무엇일까요?
    hint: "Online" is about the way the data arrive, not about a network. Is a true statement missing?
    hint-ko: 여기서 온라인은 인터넷이 아니라 데이터가 들어오는 방식을 말해요. 맞는 설명 가운데 빠진 것이 있나요?
    """
    ask(expect, lambda code: astray(codes(code["a09"]), "bce", internet="a", scratch="d", harmless="f"), [])


def test_a10_out_of_core_learning(expect, hidden):
    """10. Out-of-core learning in your own words.

    ko: 10. 외부 메모리 학습을 자기 말로 설명한다.
    asks: What problem does out-of-core learning solve, and how does it proceed?
    asks-ko: 외부 메모리 학습(out-of-core learning)은 어떤 문제를 풀기 위한 것이고, 어떻게 진행될까요?
    hint: Two ideas, in one or two sentences: what is too large for what, and how is it trained nevertheless?
    hint-ko: 한두 문장에 두 가지를 담아 주세요. 무엇이 무엇보다 큰가요? 그런데도 어떻게 훈련하나요?
    """
    ask(expect, lambda code: flaws(expect, hidden, code["a10"], *hidden.out_of_core), [])


def test_a11_learning_by_similarity(expect, hidden):
    """11. Learning that relies on similarity.

    ko: 11. 유사도에 기대는 학습.
    asks: compares a new case with them by a measure of similarity. What is this family called?
    asks-ko: 어떤 알고리즘들은 훈련 샘플을 기억해 두고 새로운 사례를 유사도로 비교합니다.
    hint: The other family fits a few numbers to the examples and then forgets them. This one is named after what it keeps.
    hint-ko: 반대편 부류는 샘플에 몇 개의 수를 맞춘 뒤 샘플을 잊어요. 이 부류의 이름은 무엇을 간직하는지에서 왔어요.
    """
    kinds = ("instance-based learning", "model-based learning")
    ask(expect, lambda code: named(expect, hidden, code["a11"], *kinds), "instance-based learning")


def test_a12_parameter_or_hyperparameter(expect):
    """12. Parameters and hyperparameters.

    ko: 12. 파라미터와 하이퍼파라미터.
    asks: Sort the ten quantities. Each wrong one takes back a right one.
    asks-ko: 열 가지를 나누어 보세요. 하나 틀릴 때마다 맞은 것 하나가 깎입니다.
    hint: Does training find the value, or must it be fixed before training begins?
    hint-ko: 훈련이 그 값을 찾아내나요, 아니면 훈련하기 전에 정해 두어야 하나요?
    """
    right = dict.fromkeys(("slope", "weight", "split_threshold", "centroid"), "P")
    right |= dict.fromkeys(("learning_rate", "k", "alpha", "max_depth", "batch_size", "epochs"), "H")
    expect.agree(lambda code: code["a12"], right, how="matching", credit="corrected")


def test_a13_model_based_learning(expect, hidden):
    """13. Model-based learning in your own words.

    ko: 13. 모델 기반 학습을 자기 말로 설명한다.
    asks: What does a model-based algorithm search for, what is its usual strategy, and how does it then make a prediction?
    asks-ko: 모델 기반 알고리즘은 무엇을 찾을까요? 보통 어떤 전략을 쓰고, 그런 다음 예측은 어떻게 할까요?
    hint: Think of the line for life satisfaction: two numbers are searched, an error is made small, a new country is put in.
    hint-ko: 삶의 만족도 직선을 떠올려 보세요. 숫자 두 개를 찾고, 오차를 줄이고, 새로운 나라의 값을 넣어요.
    """
    ask(expect, lambda code: flaws(expect, hidden, code["a13"], *hidden.model_based), [])


def test_a14_main_difficulties(expect):
    """14. The main difficulties.

    ko: 14. 주요 도전 과제.
    asks: Four right ones without a wrong one are enough.
    asks-ko: 틀린 것 없이 네 가지만 맞게 골라도 됩니다.
    hint: Bad data or a bad model: think of the amount and quality of data, of features, of the model.
    hint-ko: 나쁜 데이터와 나쁜 모델이 핵심이에요. 데이터의 양과 질, 특성, 모델을 차례로 생각해 보세요.
    """
    ask(expect, lambda code: astray(codes(code["a14"]), "acdfg", 4, convenience="be"), [])


def test_a15_good_in_training_bad_on_new_cases(expect, hidden):
    """15. Good in training, bad on new cases: name and remedies.

    ko: 15. 훈련은 좋고 일반화는 나쁠 때: 이름과 해결책.
    asks: What is this called, and which three of these help?
    asks-ko: 이런 문제를 무엇이라고 하고, 다음 가운데 도움이 되는 세 가지는 무엇일까요?
    hint: The model has learnt the training data by heart, noise included. Remedies: one for the amount of data, one for their
        quality, one for the model.
    hint-ko: 모델이 잡음까지 포함해 훈련 데이터를 외워 버린 거예요. 해결책은 데이터의 양, 데이터의 질, 모델에 대한 것이
        하나씩 있어요.
    """
    names = ("overfitting", "underfitting")
    ask(expect, lambda code: named(expect, hidden, code["a15"]["problem"], *names), "overfitting")
    ask(expect, lambda code: astray(codes(code["a15"]["remedies"]), "bde", freedom="acf"), [])


def test_a16_test_set(expect):
    """16. What the test set is for.

    ko: 16. 테스트 세트의 목적.
    asks: What is a test set for?
    asks-ko: 테스트 세트(test set)는 무엇에 쓸까요?
    hint: It stands for cases that nobody has seen, and is opened once, at the very end.
    hint-ko: 아무도 보지 못한 사례를 대신하고, 맨 마지막에 한 번만 열어 보는 데이터예요.
    """
    expect.agree(lambda code: code["a16"], "c", how="choice")


def test_a17_validation_set(expect):
    """17. What the validation set is for.

    ko: 17. 검증 세트의 목적.
    asks: What is a validation set for?
    asks-ko: 검증 세트(validation set)는 무엇에 쓸까요?
    hint: Several candidates have been trained. Who picks the best, before the test set is opened?
    hint-ko: 후보 모델을 여러 개 훈련했어요. 테스트 세트를 열기 전에 무엇으로 하나를 고를까요?
    """
    expect.agree(lambda code: code["a17"], "b", how="choice")


def test_a18_train_dev_set(expect):
    """18. Reading three error triples.

    ko: 18. 세 모델의 오차 읽기.
    asks: Three models, their error rates:
    asks-ko: 세 모델의 오차율은 다음과 같습니다.
    hint: Where does the error jump: from training to train-dev (same kind of photographs), from train-dev to dev, or nowhere?
    hint-ko: 오차가 어디에서 뛰나요? 훈련에서 훈련-개발로 갈 때인가요(같은 종류의 사진), 훈련-개발에서 개발로 갈 때인가요, 없나요?
    """
    expect.agree(lambda code: code["a18"], {"m1": "c", "m2": "a", "m3": "b"}, how="matching", credit="all")


def test_a19_tuning_on_the_test_set(expect):
    """19. Tuning on the test set.

    ko: 19. 테스트 세트로 튜닝하면.
    asks: keeps the one with the lowest error on the test set
    asks-ko: 테스트 세트에서 오차가 가장 작은 것을 골랐습니다
    hint: Among 500 tries, one is the best on this very test set partly by luck.
    hint-ko: 500번이나 해 보면 그중 하나는 이 테스트 세트에서 운 좋게 좋은 결과가 나와요.
    """
    expect.agree(lambda code: code["a19"], {"estimate": "b", "real_error": "higher"}, how="matching", credit="all")
