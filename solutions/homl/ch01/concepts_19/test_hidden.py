"""Hidden checks of the nineteen concepts, one for each question."""

import pytest

from grader.checks import Text


@pytest.mark.points(1)
@pytest.mark.hint(
    en="The task is what should be done, the experience is what it learns from, the measure is a number.",
    ko="작업은 해야 할 일, 경험은 배우는 재료, 성능 측정은 숫자로 나오는 것이에요.",
)
def test_a01_task_experience_performance(submission, expect):
    """1. The three parts of learning.

    ko: 1. 학습의 세 가지 요소.
    """
    exchanged = Text(
        "Experience and performance measure have changed places: it learns from mails, and a ratio says how well.",
        "경험과 성능 측정이 바뀌었어요. 배우는 재료는 메일이고, 얼마나 잘하는지는 비율이 말해 줘요.",
    )
    other = Text(
        "Ask: what is to be done? What does it learn from? Which number tells how well it does?",
        "무엇을 해야 하나요? 무엇에서 배우나요? 얼마나 잘하는지 알려 주는 숫자는 무엇인가요?",
    )
    right = {"T": "c", "E": "a", "P": "e"}
    expect.matching(submission["a01"], right, other, mistakes=[({"E": "e", "P": "a"}, exchanged)], credit="all")


@pytest.mark.points(1)
@pytest.mark.hint(
    en="Where an exact method is known, or nothing can be learned from so few cases, leave learning alone.",
    ko="정확한 방법이 이미 있거나 배울 사례가 거의 없다면 머신러닝을 쓸 까닭이 없어요.",
)
def test_a02_where_learning_pays_off(submission, expect):
    """2. Problems for which machine learning pays off.

    ko: 2. 머신러닝이 빛나는 문제.
    """
    exact = Text(
        "One of your problems has an exact method that needs no learning: a sum, a proof or a look-up.",
        "고른 것 가운데 학습이 필요 없는 문제가 있어요. 덧셈, 증명, 검색은 정확한 방법이 있어요.",
    )
    few = Text("Five observations are too few to learn from.", "관측값 다섯 개로는 배울 것이 너무 적어요.")
    missing = Text("One of the four families is still missing.", "네 가지 가운데 아직 빠진 것이 있어요.")
    expect.codes(submission["a02"], "aceg", missing, mistakes=[("bfh", exact), ("d", few)])


@pytest.mark.points(1)
@pytest.mark.hint(
    en="It is what the model should say for this example.",
    ko="그 샘플에 대해 모델이 내놓아야 할 값이에요.",
)
def test_a03_labelled_training_set(submission, expect, hidden):
    """3. What a labelled example carries.

    ko: 3. 레이블된 샘플에 들어 있는 것.
    """
    expect.terms(
        submission["a03"],
        hidden.terms["label"],
        rejected=hidden.terms["feature"] + hidden.terms["hyperparameter"] + hidden.terms["parameter"],
        message=Text(
            "Give one term: what the model should say for the example, not what it is told or how it is set up.",
            "용어를 하나만 쓰세요. 모델이 받는 값이나 설정이 아니라 샘플마다 모델이 내놓아야 할 값이에요.",
        ),
    )


@pytest.mark.points(1)
@pytest.mark.hint(
    en="One predicts a class, the other a number.",
    ko="하나는 클래스를, 다른 하나는 수를 예측해요.",
)
def test_a04_supervised_tasks(submission, expect, hidden):
    """4. The two most common supervised tasks.

    ko: 4. 가장 흔한 지도 학습 작업 두 가지.
    """
    expect.term_set(
        submission["a04"],
        [hidden.terms[name] for name in ("classification", "regression")],
        message=Text(
            "Two tasks with labelled data are wanted: one whose target is a class and one whose target is a number.",
            "레이블이 있는 데이터로 하는 작업 두 가지예요. 하나는 타깃이 클래스이고 하나는 타깃이 수예요.",
        ),
    )


@pytest.mark.points(1)
@pytest.mark.hint(
    en="None of them needs a target: think of groups, pictures of data, fewer columns, strange cases, items bought together.",
    ko="모두 타깃이 필요 없어요. 무리 짓기, 그림으로 보기, 열 줄이기, 이상한 사례, 함께 사는 물건을 떠올려 보세요.",
)
def test_a05_unsupervised_tasks(submission, expect, hidden):
    """5. Four unsupervised tasks.

    ko: 5. 비지도 학습 작업 네 가지.
    """
    names = (
        "clustering", "visualization", "dimensionality reduction", "association rules", "anomaly detection",
        "novelty detection", "density estimation",
    )
    expect.term_set(
        submission["a05"],
        [hidden.terms[name] for name in names],
        count=4,
        message=Text(
            "Four different tasks without labels are wanted. Predicting a class or a number needs labels.",
            "레이블 없이 하는 서로 다른 작업 네 가지예요. 클래스나 수를 예측하려면 레이블이 있어야 해요.",
        ),
    )


@pytest.mark.points(1)
@pytest.mark.hint(
    en="An agent acts, gets rewards and penalties, and learns a policy.",
    ko="에이전트가 행동하고 보상과 벌점을 받으며 정책을 배워요.",
)
def test_a06_walking_robot(submission, expect, hidden):
    """6. The robot on unknown ground.

    ko: 6. 낯선 지형을 걷는 로봇.
    """
    expect.terms(
        submission["a06"],
        hidden.terms["reinforcement learning"],
        rejected=hidden.terms["supervised learning"] + hidden.terms["unsupervised learning"],
        message=Text(
            "Nobody labels the right step for the robot; it learns from rewards. Give the one term for that.",
            "로봇에게 옳은 걸음을 알려 주는 레이블은 없고 보상에서 배워요. 이것을 가리키는 용어를 하나만 쓰세요.",
        ),
    )


@pytest.mark.points(1)
@pytest.mark.hint(
    en="Are there examples with the name of their group, or not?",
    ko="그룹 이름이 붙은 예가 있나요, 없나요?",
)
def test_a07_groups_of_customers(submission, expect):
    """7. Groups that are unknown and groups that are known.

    ko: 7. 모르는 그룹과 아는 그룹.
    """
    alike = Text(
        "The two cases differ: only in the second one there are labelled examples.",
        "두 경우는 달라요. 둘째 경우에만 레이블이 있는 예가 있어요.",
    )
    other = Text(
        "Without known groups the algorithm has to find them itself; with examples it learns to assign them.",
        "그룹을 모르면 알고리즘이 스스로 찾아야 하고, 예가 있으면 어느 그룹인지 맞히는 것을 배워요.",
    )
    same = [({"unknown": code, "known": code}, alike) for code in "abcd"]
    expect.matching(submission["a07"], {"unknown": "b", "known": "d"}, other, mistakes=same, credit="all")


@pytest.mark.points(1)
@pytest.mark.hint(en="Each mail comes with the right answer.", ko="메일마다 정답이 함께 주어져요.")
def test_a08_spam_detection(submission, expect, hidden):
    """8. The kind of learning in spam detection.

    ko: 8. 스팸 감지는 어떤 학습인가.
    """
    expect.terms(
        submission["a08"],
        hidden.terms["supervised learning"],
        rejected=hidden.terms["unsupervised learning"] + hidden.terms["reinforcement learning"],
        message=Text(
            "The mails come with labels, and that decides the kind of learning. Give one term.",
            "메일에 레이블이 붙어 있다는 점이 학습의 종류를 정해요. 용어를 하나만 쓰세요.",
        ),
    )


@pytest.mark.points(1)
@pytest.mark.hint(
    en="\"Online\" is about the way the data arrive, not about a network.",
    ko="여기서 온라인은 인터넷이 아니라 데이터가 들어오는 방식을 말해요.",
)
def test_a09_online_learning(submission, expect):
    """9. What is true of online learning.

    ko: 9. 온라인 학습에 대한 맞는 설명.
    """
    slips = [
        (
            "a",
            Text(
                'Online learning needs no internet: "incremental learning" would be the better name.',
                "온라인 학습에 인터넷은 필요 없어요. 점진적 학습이라고 부르는 편이 더 알맞아요.",
            ),
        ),
        (
            "d",
            Text(
                "Training from scratch on all data is batch learning.",
                "모든 데이터로 처음부터 다시 훈련하는 것은 배치 학습이에요.",
            ),
        ),
        (
            "f",
            Text(
                "Bad data do harm here: the system goes on learning from them, so it has to be watched.",
                "나쁜 데이터가 들어오면 그것도 배우므로 성능이 떨어져요. 그래서 지켜보아야 해요.",
            ),
        ),
    ]
    missing = Text("A true statement is still missing.", "맞는 설명 가운데 아직 빠진 것이 있어요.")
    expect.codes(submission["a09"], "bce", missing, mistakes=slips)


@pytest.mark.points(1)
@pytest.mark.hint(
    en="What is too large for what? And how is it trained nevertheless?",
    ko="무엇이 무엇보다 큰가요? 그런데도 어떻게 훈련하나요?",
)
def test_a10_out_of_core_learning(submission, expect, hidden):
    """10. Out-of-core learning in your own words.

    ko: 10. 외부 메모리 학습을 자기 말로 설명한다.
    """
    expect.ideas(
        submission["a10"],
        hidden.out_of_core,
        hidden.keywords(submission["a10"]),
        contradictions=hidden.out_of_core_slips,
        message=Text(
            "Two ideas are wanted, in one or two sentences: what does not fit, and how the training then proceeds.",
            "한두 문장에 두 가지를 담아 주세요. 무엇이 들어가지 않는지, 그래서 훈련을 어떻게 하는지예요.",
        ),
    )


@pytest.mark.points(1)
@pytest.mark.hint(
    en="The other family fits a few numbers to the examples and then forgets them. This one is named after what it keeps.",
    ko="반대편 부류는 샘플에 몇 개의 수를 맞춘 뒤 샘플을 잊어요. 이 부류의 이름은 무엇을 간직하는지에서 왔어요.",
)
def test_a11_learning_by_similarity(submission, expect, hidden):
    """11. Learning that relies on similarity.

    ko: 11. 유사도에 기대는 학습.
    """
    expect.terms(
        submission["a11"],
        hidden.terms["instance-based learning"],
        rejected=hidden.terms["model-based learning"],
        message=Text(
            "It keeps the examples themselves instead of fitting parameters. Give one term.",
            "파라미터를 맞추는 대신 샘플 자체를 기억해요. 용어를 하나만 쓰세요.",
        ),
    )


@pytest.mark.points(1)
@pytest.mark.hint(
    en="Does training find the value, or must it be fixed before training begins?",
    ko="훈련이 그 값을 찾아내나요, 아니면 훈련하기 전에 정해 두어야 하나요?",
)
def test_a12_parameter_or_hyperparameter(submission, expect):
    """12. Parameters and hyperparameters.

    ko: 12. 파라미터와 하이퍼파라미터.
    """
    learned = ("slope", "weight", "split_threshold", "centroid")
    chosen = ("learning_rate", "k", "alpha", "max_depth", "batch_size", "epochs")
    found = Text(
        "What training finds is a parameter; what is set before is a hyperparameter.",
        "훈련이 찾는 값은 파라미터, 미리 정하는 값은 하이퍼파라미터예요.",
    )
    right = dict.fromkeys(learned, "p") | dict.fromkeys(chosen, "h")
    expect.matching(submission["a12"], right, found, credit="corrected")


@pytest.mark.points(1)
@pytest.mark.hint(
    en="Think of the line for life satisfaction: two numbers are searched, an error is made small, a new country is put in.",
    ko="삶의 만족도 직선을 떠올려 보세요. 숫자 두 개를 찾고, 오차를 줄이고, 새로운 나라의 값을 넣어요.",
)
def test_a13_model_based_learning(submission, expect, hidden):
    """13. Model-based learning in your own words.

    ko: 13. 모델 기반 학습을 자기 말로 설명한다.
    """
    expect.ideas(
        submission["a13"],
        hidden.model_based,
        hidden.keywords(submission["a13"]),
        contradictions=hidden.model_based_slips,
        message=Text(
            "Three ideas are wanted, in sentences: what is searched for, what is made small, and how a new case is answered.",
            "세 가지를 문장으로 써 주세요. 무엇을 찾는지, 무엇을 줄이는지, 새로운 사례에는 어떻게 답하는지예요.",
        ),
    )


@pytest.mark.points(1)
@pytest.mark.hint(
    en="Bad data or a bad model: everything else is convenience.",
    ko="나쁜 데이터와 나쁜 모델, 이 두 가지가 핵심이에요.",
)
def test_a14_main_difficulties(submission, expect):
    """14. The main difficulties.

    ko: 14. 주요 도전 과제.
    """
    convenience = Text(
        "Computers and languages are a matter of convenience; a good model on good data does not depend on them.",
        "컴퓨터나 언어는 편의의 문제예요. 좋은 데이터와 좋은 모델은 여기에 달려 있지 않아요.",
    )
    more = Text(
        "There are more difficulties than these: think of the amount and quality of data, of features, of the model.",
        "어려움이 더 있어요. 데이터의 양과 질, 특성, 모델을 차례로 생각해 보세요.",
    )
    expect.codes(submission["a14"], "acdfg", more, mistakes=[("be", convenience)], count=4)


@pytest.mark.points(1)
@pytest.mark.hint(
    en="The model has learned the training data by heart, noise included.",
    ko="모델이 잡음까지 포함해 훈련 데이터를 외워 버린 거예요.",
)
def test_a15_good_in_training_bad_on_new_cases(submission, expect, hidden):
    """15. Good in training, bad on new cases: name and remedies.

    ko: 15. 훈련은 좋고 일반화는 나쁠 때: 이름과 해결책.
    """
    answer = submission["a15"]
    expect.terms(
        expect.entry(answer, "problem", what="a15"),
        hidden.terms["overfitting"],
        rejected=hidden.terms["underfitting"],
        message=Text(
            "The name is not right yet: the model fits the training data too well.",
            "이름이 아직 맞지 않아요. 모델이 훈련 데이터에 지나치게 잘 맞는 경우예요.",
        ),
    )
    freedom = Text(
        "One of your remedies gives the model more freedom to learn the training data by heart.",
        "고른 해결책 가운데 모델이 훈련 데이터를 더 잘 외우게 하는 것이 있어요.",
    )
    three = Text(
        "Three remedies are wanted: one for the amount of data, one for their quality, one for the model.",
        "해결책은 세 가지예요. 데이터의 양, 데이터의 질, 모델에 대한 것이 하나씩 있어요.",
    )
    expect.codes(expect.entry(answer, "remedies", what="a15"), "bde", three, mistakes=[("acf", freedom)])


@pytest.mark.points(1)
@pytest.mark.hint(
    en="It is opened once, at the very end.",
    ko="맨 마지막에 한 번만 열어 보는 데이터예요.",
)
def test_a16_test_set(submission, expect):
    """16. What the test set is for.

    ko: 16. 테스트 세트의 목적.
    """
    expect.choice(
        submission["a16"],
        "c",
        message=Text(
            "The test set stands for cases that nobody has seen; whoever learns or chooses with it spoils that.",
            "테스트 세트는 아무도 보지 못한 사례를 대신해요. 이것으로 배우거나 고르면 그 뜻이 사라져요.",
        ),
    )


@pytest.mark.points(1)
@pytest.mark.hint(
    en="Several candidates have been trained. Who picks the best, before the test set is opened?",
    ko="후보 모델을 여러 개 훈련했어요. 테스트 세트를 열기 전에 무엇으로 하나를 고를까요?",
)
def test_a17_validation_set(submission, expect):
    """17. What the validation set is for.

    ko: 17. 검증 세트의 목적.
    """
    final = Text(
        "The final estimate belongs to the test set: on the validation set the winner was chosen, so it looks too good.",
        "마지막 추정은 테스트 세트로 해요. 검증 세트로는 이미 모델을 골랐기 때문에 결과가 실제보다 좋아 보여요.",
    )
    other = Text(
        "Think of the choice between several trained candidates.",
        "훈련한 후보가 여럿일 때 그중 하나를 고르는 일을 생각해 보세요.",
    )
    expect.choice(submission["a17"], "b", other, mistakes={"a": final})


@pytest.mark.points(1)
@pytest.mark.hint(
    en="Where does the error jump: from training to train-dev (same kind of photographs) or from train-dev to dev?",
    ko="오차가 어디에서 뛰나요? 훈련에서 훈련-개발로 갈 때인가요(같은 종류의 사진), 훈련-개발에서 개발로 갈 때인가요?",
)
def test_a18_train_dev_set(submission, expect):
    """18. Reading three error triples.

    ko: 18. 세 모델의 오차 읽기.
    """
    exchanged = Text(
        "m1 and m2 have changed places: m1 already fails on held-back photographs of the kind that it was trained on.",
        "m1과 m2가 바뀌었어요. m1은 훈련한 것과 같은 종류의 사진에서 이미 틀려요.",
    )
    jump = Text(
        "Look for the jump in each row: between training and train-dev, between train-dev and dev, or nowhere.",
        "행마다 오차가 뛰는 곳을 찾으세요. 훈련과 훈련-개발 사이인가요, 훈련-개발과 개발 사이인가요, 없나요?",
    )
    right = {"m1": "c", "m2": "a", "m3": "b"}
    expect.matching(submission["a18"], right, jump, mistakes=[({"m1": "a", "m2": "c"}, exchanged)], credit="all")


@pytest.mark.points(1)
@pytest.mark.hint(
    en="Among 500 tries, one is the best on this very test set partly by luck.",
    ko="500번이나 해 보면 그중 하나는 이 테스트 세트에서 운 좋게 좋은 결과가 나와요.",
)
def test_a19_tuning_on_the_test_set(submission, expect):
    """19. Tuning on the test set.

    ko: 19. 테스트 세트로 튜닝하면.
    """
    fitted = Text(
        "The settings were fitted to this test set. Is the error on new cases then larger or smaller than it says?",
        "하이퍼파라미터를 이 테스트 세트에 맞춘 셈이에요. 새로운 사례에서는 오차가 그보다 클까요, 작을까요?",
    )
    expect.matching(submission["a19"], {"estimate": "b", "real_error": "higher"}, fitted, credit="all")
