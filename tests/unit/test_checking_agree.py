"""Questions: how replies are compared, who is asked, and what is noted where a submission differs."""

import math
from types import SimpleNamespace

import numpy as np
import pandas as pd
import pytest

from grader.checking.asking.answers import LiveAnswers
from grader.checking.asking.reply import Held, Reply
from grader.checking.expect import CheckFailed, Expect
from grader.checking.expect.agree import Asking, settle
from grader.course.models import Tolerance
from grader.course.proof_record import Showing
from grader.errors import GraderError, SubmissionFault
from grader.running.faults import SubmissionRaised
from grader.vocabulary import Outcome, Text


class Code:
    """Functions of somebody's, in place of a sandbox."""

    def __init__(self, **functions):
        self._functions, self.asked = functions, 0
        self.link = SimpleNamespace(is_open=False)

    def call(self, name, *args):
        self.asked += 1
        found = self._functions[name]
        return found(*args) if callable(found) else found


def raising(name, bases=(), outcome=Outcome.ERROR):
    def function(*args):
        raise SubmissionRaised(outcome, Text("stopped"), "", name, (name, *bases), "said")

    return function


NOBODY = object()


def asking(submission, reference, mistakes=None, shows=None, rng=None, **tolerance):
    expect = Expect()
    answers = LiveAnswers(Code(f=reference) if reference is not NOBODY else None, mistakes, shows)
    expect.asking = Asking("test_it", Code(f=submission), answers, Tolerance(**tolerance), rng)
    return expect


def agrees(submission, reference, **how):
    expect = asking(submission, reference)
    expect.agree(lambda code: code.call("f"), **how)
    return not expect.differences


@pytest.mark.parametrize(
    ("found", "wanted", "same"),
    [
        (0.1 + 0.2, 0.3, True),
        (0.3001, 0.3, False),
        (3, 3.0, True),
        (True, 1.0, False),
        (np.bool_(True), True, True),
        (1, True, False),
        ([1, 2], np.array([1.0, 2.0]), True),
        (np.array([[1.0, 2.0]]), np.array([1.0, 2.0]), False),
        (1e-9, 0.0, False),
        (np.array([5e-10, 1.0]), np.array([0.0, 1.0]), True),
        (np.array([4.5, 3.1e-5]), np.array([4.5, 3e-5]), False),
        (math.nan, math.nan, True),
        ("a", "a", True),
        ("a", "b", False),
        (None, None, True),
        (("a", 0.1 + 0.2), ["a", 0.3], True),
        (("a", 0.3, 1), ("a", 0.3), False),
        ({"x": 0.1 + 0.2, "y": "b"}, {"y": "b", "x": 0.3}, True),
        ({"x": 0.3}, {"x": 0.3, "y": 1}, False),
        ({1, 2}, {2, 1}, True),
        (pd.DataFrame({"a": [0.1 + 0.2]}), pd.DataFrame({"a": [0.3]}), True),
        (pd.DataFrame({"b": [0.3]}), pd.DataFrame({"a": [0.3]}), False),
        ([[1.0, 2.0], [3.0]], [[1.0, 2.0], [3.0 + 1e-12]], True),
    ],
)
def test_auto(found, wanted, same):
    """Numbers agree closely and everything else exactly, part by part."""
    assert agrees(found, wanted) is same


def test_named_ways():
    assert agrees([[-1.0, 2.0]], [[1.0, -2.0]], how="sign_invariant")
    assert not agrees([[1.0, 2.0]], [[1.0, -2.0]], how="sign_invariant")
    assert agrees((["b", "a"], 1.0), (["a", "b"], 1.0), how=("multiset", "auto"))
    assert agrees({"labels": [1, 1, 0], "n": 2}, {"labels": [0, 0, 1], "n": 2}, how={"labels": "clustering"})
    assert not agrees({"labels": [1, 0, 0], "n": 2}, {"labels": [0, 0, 1], "n": 2}, how={"labels": "clustering"})
    expect = asking("Seoul", "seoul")
    expect.agree(
        lambda code: code.call("f"), how=lambda found, wanted: expect.true(found.lower() == wanted, en="No.", ko="")
    )
    assert not expect.differences
    with pytest.raises(GraderError, match="no expectation 'sideways'"):
        agrees(1.0, 1.0, how="sideways")


def test_tolerances():
    for wanted in (1.0, 1e6):
        assert agrees(wanted * (1 + 5e-7), wanted)
        assert not agrees(wanted * (1 + 5e-6), wanted)
    expect = asking(1e-5, 0.0, atol=1e-4)
    expect.agree(lambda code: code.call("f"))
    assert not expect.differences
    expect.agree(lambda code: code.call("f"), atol=1e-6)
    assert [each.question for each in expect.differences] == [1]


def test_refusals():
    """Where the reference raises, the same exception or one of its kind is right, and a value is not."""
    assert agrees(raising("ZeroDivisionError", ("ArithmeticError",)), raising("ArithmeticError"))
    assert not agrees(raising("KeyError", ("LookupError",)), raising("ValueError"))
    expect = asking(1.0, raising("ValueError"))
    expect.agree(lambda code: code.call("f"))
    with pytest.raises(CheckFailed, match="refused with ValueError"):
        settle(expect)


def test_the_check_goes_on_and_tells_the_first():
    expect = asking(lambda x: x, abs)
    for x in (1.0, -2.0, 3.0, -4.0):
        expect.agree(lambda code, x=x: code.call("f", x))
    assert [each.question for each in expect.differences] == [1, 3]
    with pytest.raises(CheckFailed, match="-2"):
        settle(expect)


def test_mistakes_that_answer_like_it():
    mistakes = {"halved": Code(f=0.35), "rounded": Code(f=0.7), "raises": Code(f=raising("ValueError"))}
    expect = asking(0.35, 0.7000001234, mistakes)
    expect.agree(lambda code: code.call("f"))
    assert expect.differences[0].mistakes == ("halved",)
    expect = asking(raising("ValueError"), 0.7, mistakes)
    expect.agree(lambda code: code.call("f"))
    assert expect.differences[0].mistakes == ("raises",)


def test_a_mistake_of_form_is_one_whatever_the_values():
    names = ["a list", "a number"]
    expect = asking([0.1 + 0.2, 1.0], {"slope": 0.3}, dict(zip(names, [Code(f=[0.3, 1.0]), Code(f=0.3)], strict=True)))
    expect.agree(lambda code: expect.entry(code.call("f"), "slope", what="gains"))
    assert expect.differences[0].mistakes == ("a list",)


def test_a_choice_tells_nothing_however_long_its_word():
    for how, telling in (("choice", False), ("auto", True)):
        expect = asking("surface", "speed_limit", {"first": Code(f="surface")})
        expect.agree(lambda code: code.call("f"), how=how)
        assert (expect.differences[0].mistakes, expect.differences[0].telling) == (("first",), telling)


def test_a_wrong_answer_of_another_kind():
    """What is compared as a choice is alike too where both give a number in its place."""
    expect = asking(2, "speed_limit", {"number": Code(f=2), "other": Code(f=1)})
    expect.agree(lambda code: code.call("f"), how="choice")
    assert expect.differences[0].mistakes == ("number",)


def test_truths_are_told_by_their_message_alone():
    """That all of them are False is no diagnosis."""
    expect = asking([False, False, False], [True, True, True])
    expect.agree(lambda code: code.call("f"), message=Text("It should rise.", "커져야 해요."))
    assert expect.first_failure.sentences == (Text("It should rise.", "커져야 해요."),)


def test_nobody_is_asked_where_nothing_differs():
    mistake = Code(f=1.0)
    asking(1.0, 1.0, {"m": mistake}).agree(lambda code: code.call("f"))
    assert mistake.asked == 0


def test_a_right_answer_of_a_mistake_is_none():
    """With loose tolerances a submission may be near a mistake that is still right."""
    expect = asking(1.0 + 1.8e-6, 1.0, {"near": Code(f=1.0 + 0.9e-6)})
    expect.agree(lambda code: code.call("f"))
    assert expect.differences[0].mistakes == ()


def test_limits_are_no_answer():
    slow = raising("TimeoutError", outcome=Outcome.TIMEOUT)
    mistake = Code(f=slow)
    expect = asking(slow, 1.0, {"slow": mistake})
    with pytest.raises(SubmissionRaised):
        expect.agree(lambda code: code.call("f"))
    assert expect.differences == [] and mistake.asked == 0


def test_a_mistake_that_runs_into_a_limit_gives_no_answer():
    expect = asking(2.0, 1.0, {"slow": Code(f=raising("TimeoutError", outcome=Outcome.TIMEOUT)), "two": Code(f=2.0)})
    expect.agree(lambda code: code.call("f"))
    assert expect.differences[0].mistakes == ("two",)


def test_asked_where_it_shows():
    showing = {
        "there": {"test_it": Showing(check="test_it", lost=1.0, questions=(0,))},
        "elsewhere": {},
        "too slow": {"test_it": Showing(check="test_it", lost=1.0)},
    }
    mistakes = {name: Code(f=2.0) for name in ("there", "elsewhere", "too slow", "without a record")}
    expect = asking(2.0, 1.0, mistakes, showing)
    expect.agree(lambda code: code.call("f"))
    assert expect.differences[0].mistakes == ("there", "without a record")
    assert mistakes["elsewhere"].asked == mistakes["too slow"].asked == 0
    expect.agree(lambda code: code.call("f"))
    assert expect.differences[1].mistakes == ("without a record",) and mistakes["there"].asked == 1


def test_questions_are_bounded(monkeypatch):
    monkeypatch.setattr("grader.checking.asking.answers.MOST_QUESTIONS", 2)
    mistakes = {str(number): Code(f=2.0) for number in range(2)}
    expect = asking(2.0, 1.0, mistakes)
    for _ in range(3):
        expect.agree(lambda code: code.call("f"))
    assert [each.mistakes for each in expect.differences] == [("0", "1"), ("0", "1"), ()]


def test_sessions_are_bounded(monkeypatch):
    """Of many that are asked in turn most stay open, and the others are closed one by one."""
    monkeypatch.setattr("grader.checking.asking.answers.MOST_OPEN", 3)
    rested = []
    mistakes = {str(number): Code(f=2.0) for number in range(5)}
    for name, code in mistakes.items():
        code.link = SimpleNamespace(is_open=True, rest=lambda name=name: rested.append(name))
    expect = asking(2.0, 1.0, mistakes)
    expect.agree(lambda code: code.call("f"))
    assert rested == ["2", "3"]


def test_random_numbers_are_the_same_for_all():
    """A question may draw; whoever is asked meets the same numbers, and the next question others."""
    rng = np.random.default_rng(1)
    drawn = []
    expect = asking(lambda x: x, lambda x: -x, {"m": Code(f=lambda x: x)}, rng=rng)
    for _ in range(2):
        expect.agree(lambda code: drawn.append(x := rng.normal()) or code.call("f", x))
    assert drawn[0] == drawn[1] == drawn[2] != drawn[3] == drawn[4] == drawn[5]
    assert [each.mistakes for each in expect.differences] == [("m",), ("m",)]


def test_a_submission_that_stops_does_not_change_what_comes_next():
    drawn = []

    def question(code):
        first = code.call("f", 1.0)
        drawn.append(rng.normal())
        return first

    for submission in (lambda x: x, raising("ValueError")):
        rng = np.random.default_rng(1)
        expect = asking(submission, lambda x: x, rng=rng)
        expect.agree(question)
        drawn.append(rng.normal())
    assert drawn[0] == drawn[1] == drawn[3]
    assert drawn[2] == drawn[4]


def test_worked_values():
    assert agrees(2.0, 2.0, right=2.0)
    with pytest.raises(GraderError, match="does not give the worked value"):
        agrees(2.0, 2.0, right=3.0)
    alone = asking(2.0, NOBODY)
    alone.agree(lambda code: code.call("f"), 2.0)
    assert not alone.differences
    alone.agree(lambda code: code.call("f"), 3.0)
    assert len(alone.differences) == 1
    with pytest.raises(GraderError, match="nobody knows the right answer"):
        alone.agree(lambda code: code.call("f"))


def test_what_a_question_cannot_compute_with_is_the_answers_fault():
    expect = asking("text", 2.0)
    expect.agree(lambda code: code.call("f") / 2)
    with pytest.raises(CheckFailed, match="another kind"):
        settle(expect)
    with pytest.raises(GraderError, match="finds no answer in the reference's"):
        asking(2.0, "text").agree(lambda code: code.call("f") / 2)
    with pytest.raises(GraderError, match="does not answer"):
        asking(2.0, raising("TimeoutError", outcome=Outcome.TIMEOUT)).agree(lambda code: code.call("f"))


def test_faults_of_the_submission_keep_their_outcome():
    expect = asking(raising("MemoryError", outcome=Outcome.MEMORY), 1.0)
    with pytest.raises(SubmissionFault) as seen:
        expect.agree(lambda code: code.call("f"))
    assert seen.value.outcome is Outcome.MEMORY


@pytest.mark.parametrize(
    ("value", "telling"),
    [
        (True, False),
        (3, False),
        (0.5, False),
        ([True, False, True], False),
        (0.7364821, True),
        (np.arange(10.0), True),
        ("a sentence", True),
        (Held("Model"), False),
        ({"a": 1, "b": 0.317264}, True),
        (np.array([True, False] * 40), True),
        (np.zeros(100), False),
        (None, False),
    ],
)
def test_what_tells(value, telling):
    assert Reply(value).telling is telling


def test_signs_that_are_free_lie_otherwise_in_a_wrong_answer():
    """Components in columns: what is free is the sign of each column then, where it was that of each row."""
    right = np.array([[0.6, 0.8], [-0.8, 0.6], [0.3, 0.5]])
    wrong = right.T
    turned = wrong * np.array([-1.0, 1.0, -1.0])
    expect = asking(turned, right, {"columns": Code(f=wrong)})
    expect.agree(lambda code: code.call("f"), how="sign_invariant", per="row")
    assert expect.differences[0].mistakes == ("columns",)


def by_name(found, wanted):
    """A comparison that takes the right kind of answer for granted."""
    if found["score"] != wanted["score"]:
        raise CheckFailed


def test_an_answer_that_cannot_be_compared_is_of_another_kind():
    for answer in ([1, 2], {"other": 1}, None):
        expect = asking(answer, {"score": 1})
        expect.agree(lambda code: code.call("f"), how=by_name)
        with pytest.raises(CheckFailed, match="another kind") as caught:
            settle(expect)
        assert "Error" in caught.value.details
    expect = asking({"score": 2}, {"score": 1}, {"list": Code(f=[2]), "two": Code(f={"score": 2})})
    expect.agree(lambda code: code.call("f"), how=by_name)
    assert expect.differences[0].mistakes == ("two",)


def test_a_comparison_that_fails_on_the_right_answer_is_our_fault():
    with pytest.raises(GraderError, match="how="):
        asking({"score": 2}, 1).agree(lambda code: code.call("f"), how=by_name)
