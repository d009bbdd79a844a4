"""Answers as data: what is written of replies to visible questions, and what a student's own check reads of it."""

import json

import numpy as np
import pandas as pd
import pytest

from grader.checking.asking.question import Question
from grader.checking.asking.reply import Held, Reply
from grader.checking.asking.shipped import ShippedAnswers, load_shipped, shipped_document
from grader.checking.expect.same import alike
from grader.checking.failure import CheckFailed
from grader.course.answers import ANSWERS_FILE
from grader.course.models import Bilingual, Exercise, Mutant
from grader.errors import CourseError, SubmissionFault
from grader.running.faults import SubmissionRaised
from grader.vocabulary import Outcome, Text


def exercise(**told):
    mutants = [
        Mutant(name=name, replace=[("a", "b")], told=Bilingual(en=sentence, ko=f"{sentence} ko"), costs=2)
        for name, sentence in told.items()
    ]
    title = Bilingual(en="It", ko="그것")
    return Exercise(id="t/u/it", title=title, form="module", kind=["function"], points=5, mutant=mutants)


class Recorded:
    def __init__(self, **replies):
        self.replies = replies


def question(number=0, check="test_it"):
    return Question(check, number, lambda code: None)


def shipped(*entries, **told):
    document = shipped_document(exercise(**told), Recorded(test_it=list(entries)))
    return ShippedAnswers(json.loads(json.dumps(document, allow_nan=False)))


@pytest.mark.parametrize(
    "value",
    [
        1.5,
        float("nan"),
        np.array([[1.0, np.inf], [2.0, 3.0]]),
        {"a": [1, "x", None], "b": (True, 2.0)},
        pd.DataFrame({"a": [1.0, 2.0], "b": ["x", "y"]}),
        "한글",
    ],
)
def test_values_come_back(value):
    answers = shipped((Reply(value), []))
    assert alike(answers.right(question()).value, value, rtol=0, atol=0)


def test_objects_and_exceptions_come_back():
    raised = SubmissionRaised(Outcome.ERROR, Text("m"), "trace", "ValueError", ("ValueError", "Exception"), "said")
    refused = CheckFailed(Text("no", "아니요"), details="x")
    answers = shipped((Reply((Held("Model"), 1)), []), (Reply(fault=raised), []), (Reply(fault=refused), []))
    assert answers.right(question(0)).value == (Held("Model"), 1)
    fault = answers.right(question(1)).fault
    assert (fault.exception, fault.exceptions, fault.said, fault.details) == (
        "ValueError",
        ("ValueError", "Exception"),
        "said",
        "",
    )
    assert answers.right(question(2)).fault.sentences == (Text("no", "아니요"),)


def test_what_mistakes_reply_goes_with_their_sentences_and_without_their_names():
    wrong = [("secret name", Reply(2.0)), ("other", Reply(2.0)), ("right here", Reply(1.0)), ("third", Reply(3.0))]
    told = {"secret name": "A sum.", "other": "A sum.", "right here": "Never.", "third": "A mean."}
    document = shipped_document(exercise(**told), Recorded(test_it=[(Reply(1.0), wrong)]))
    assert "secret name" not in json.dumps(document)
    assert "Never" not in json.dumps(document), "what shows in no visible check stays here"
    answers = ShippedAnswers(document)
    assert [mistake.told for mistake in answers.mistakes] == [
        Text("A sum.", "A sum. ko"),
        Text("A mean.", "A mean. ko"),
    ]
    assert [(name, reply.value) for name, reply in answers.wrong(question())] == [("0", 2.0), ("1", 3.0)]


def test_what_cannot_be_shipped_is_left_out():
    lost = SubmissionFault(Outcome.TIMEOUT, Text("slow"))
    answers = shipped((Reply(np.zeros(1 << 20)), []), (Reply(1.0), [("m", Reply(fault=lost))]), m="A sum.")
    assert answers.right(question(0)) is None
    assert list(answers.wrong(question(1))) == []
    assert answers.right(question(2)) is None
    assert answers.right(question(0, "test_other")) is None


def test_a_folder_without_and_with_a_damaged_file(tmp_path):
    assert load_shipped(tmp_path).right(question()) is None
    path = tmp_path / ANSWERS_FILE
    for content in ("{", "[]", '{"mistakes": [], "checks": {"test_it": [{"right": {"value": {"$nd": 3}}}]}}'):
        path.write_text(content)
        with pytest.raises(CourseError, match=r"answers\.json: is damaged"):
            load_shipped(tmp_path)
