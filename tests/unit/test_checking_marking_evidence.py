"""Which known mistakes explain what went wrong: shared answers, words, and what the record and a verdict hold of it."""

from __future__ import annotations

from dataclasses import replace

import pytest

from grader.checking.expect.base import ExpectBase
from grader.checking.failure import CheckFailed
from grader.checking.marking import mark, showing, shows_of
from grader.checking.plugin import CheckReport
from grader.checking.verdict import NO_TEXT, Difference, Verdict
from grader.checking.verdicts import verdict_of
from grader.course.proof_record import AttemptRecord, ProofRecord
from grader.vocabulary import Outcome, Text
from tests.marks import BAND, HINT, LOW, WORDS, failed, mistake, passed, points, show, shows, skipped, told
from tests.samples import softmax_run

# what speaks for a mistake


def test_an_answer_that_says_little_counts_with_a_telling_one_elsewhere() -> None:
    record = shows(slip=[show("a", 4, 0), show("b", 4, 0, telling=False)])
    assert points(mark([failed("a", "slip"), failed("b", "?slip")], [mistake("slip", 3)], record)) == [1, 4]
    assert points(mark([failed("a", ""), failed("b", "?slip")], [mistake("slip", 3)], record)) == [0, 0]


def test_answers_that_say_little_count_where_the_record_has_no_other_and_all_of_it_fails() -> None:
    record = shows(slip=[show("a", 4, 0, telling=False), show("b", 4, 0, telling=False)])
    assert points(mark([failed("a", "?slip"), failed("b", "?slip")], [mistake("slip", 3)], record)) == [1, 4]
    marked = mark([failed("a", "?slip"), passed("b")], [mistake("slip", 3)], record)
    assert points(marked) == [0, 4]
    assert marked.verdicts[0].feedback == failed("a").feedback


def test_a_mistake_without_a_record_is_believed() -> None:
    assert points(mark([failed("a", "?slip"), failed("b", "?slip")], [mistake("slip", 3)], {})) == [1, 4]
    assert points(mark([failed("a", "?slip"), failed("b", "?slip")], [mistake("slip", 3)], {"slip": {}})) == [1, 4]


def test_a_mistake_counts_only_in_checks_in_which_its_record_has_it() -> None:
    record = shows(slip=[show("a", 4, 0), show("b", 4, 0)])
    marked = mark([failed("a", "slip"), failed("b", "slip"), failed("c", "slip")], [mistake("slip", 3)], record)
    assert points(marked) == [1, 4, 0]
    assert marked.verdicts[2].mistakes == ()


def test_an_answer_of_a_name_that_is_no_known_mistake_explains_nothing() -> None:
    assert points(mark([failed("a", "gone"), failed("b", "gone")], [mistake("slip", 3)], {})) == [0, 0]


# what is no question


def test_a_metric_is_excused_by_a_mistake_that_is_made_wherever_it_tells() -> None:
    record = shows(slip=[show("a", 4, 0), show("m", 3, said=LOW)])
    low = failed("m", earned=2, said=["The accuracy is 0.71."], bands=(BAND,))
    marked = mark([failed("a", "slip"), low], [mistake("slip", 4)], record)
    assert points(marked) == [0, 4]
    assert marked.charges[0].checks == ("a", "m")


@pytest.mark.parametrize(
    ("low", "why"),
    [
        (failed("m", said=["The accuracy is 0.71."]), "worse than recorded"),
        (failed("m", earned=2, said=["The accuracy is nan."]), "in other words"),
        (failed("m", "", earned=2, said=["The accuracy is 0.71."]), "an answer besides that nobody gives"),
    ],
)
def test_a_metric_is_not_excused(low: Verdict, why: str) -> None:
    record = shows(slip=[show("a", 4, 0), show("m", 3, said=LOW)])
    marked = mark([failed("a", "slip"), low], [mistake("slip", 4)], record)
    assert marked.verdicts[1] is low, why


def test_a_metric_is_not_excused_where_the_mistake_is_made_in_part() -> None:
    record = shows(slip=[show("a", 4, 0), show("b", 4, 0), show("m", 3, said=LOW)])
    low = failed("m", earned=2, said=["The accuracy is 0.71."])
    for other in (passed("b"), failed("b", "slip", ""), failed("b", "")):
        marked = mark([failed("a", "slip"), other, low], [mistake("slip", 1)], record)
        assert marked.verdicts[2] is low


def test_answers_that_say_little_need_not_all_be_given_where_others_tell() -> None:
    record = shows(slip=[show("a", 4, 0), show("b", 4, 0, telling=False), show("m", 3, said=LOW)])
    low = failed("m", earned=2, said=["The accuracy is 0.71."])
    assert points(mark([failed("a", "slip"), passed("b"), low], [mistake("slip", 1)], record)) == [3, 4, 4]


def test_a_mistake_that_is_not_recorded_as_failing_a_property_does_not_excuse_it() -> None:
    record = shows(slip=[show("a", 4, 0), show("b", 4, 0)])
    other = failed("b", "slip", said=["The rows do not sum to one."])
    assert mark([failed("a", "slip"), other], [mistake("slip", 1)], record).verdicts[1] is other


def test_a_silent_property_is_not_excused_by_a_mistake_that_fails_the_check_by_its_answers() -> None:
    record = shows(slip=[show("a", 4, 0), show("b", 4, 0)])
    other = replace(_silent("b"), differences=(Difference(0, ("slip",)),))
    assert mark([failed("a", "slip"), other], [mistake("slip", 1)], record).verdicts[1] is other


def test_a_mistake_without_questions_is_known_by_all_its_words() -> None:
    record = shows(slip=[show("a", 4, said=WORDS), show("b", 4, said=WORDS)])
    verdicts = [failed("a", said=WORDS), failed("b", said=WORDS)]
    assert points(mark(verdicts, [mistake("slip", 3)], record)) == [1, 4]
    for other in (passed("b"), failed("b", "", said=WORDS), failed("b", said=["It has no axis."]), skipped("b")):
        marked = mark([verdicts[0], other], [mistake("slip", 3)], record)
        assert marked.verdicts == (verdicts[0], other)


def test_metrics_alone_and_silent_checks_know_no_mistake() -> None:
    record = shows(slip=[show("a", 4, said=LOW), show("b", 4, said=LOW)])
    verdicts = [failed(check, said=["The accuracy is 0.5."], bands=(BAND,)) for check in "ab"]
    assert mark(verdicts, [mistake("slip", 3)], record).verdicts == tuple(verdicts)
    record = shows(slip=[show("a", 4, said=()), show("b", 4, said=())])
    verdicts = [_silent(check) for check in "ab"]
    assert mark(verdicts, [mistake("slip", 3)], record).verdicts == tuple(verdicts)


def _silent(check: str) -> Verdict:
    return replace(failed(check, otherwise=True), feedback=(HINT,))


def test_a_mistake_of_one_property_is_told_where_its_words_are_said() -> None:
    marked = mark([failed("a", said=WORDS)], [mistake("slip")], shows(slip=[show("a", 4, said=WORDS)]))
    assert marked.verdicts[0].feedback == (told("slip"),)
    assert points(marked) == [0]


# the record's facts, and what a verdict carries for them


def test_how_a_mutant_shows_in_a_verdict() -> None:
    assert showing(failed("a", "?x", "x", earned=1)) == show("a", 3, 0, 1)
    assert showing(failed("a", "?x")) == show("a", 4, 0, telling=False)
    assert showing(failed("m", said=["Reached 0.71 of 1,200.5, not -3e-5.", "In v2."])) == show(
        "m", 4, said=["Reached # of #, not #.", "In v2."]
    )
    for verdict in (passed("a"), skipped("a"), failed("a", outcome=Outcome.GRADER_ERROR)):
        assert showing(verdict) is None


def test_a_record_of_the_old_kind_says_nothing_of_a_mistake() -> None:
    where = (show("a", 4, 0),)
    old, new = (
        AttemptRecord.model_construct(kind="mutant", name="old"),
        AttemptRecord.model_construct(kind="mutant", name="new", shows=where),
    )
    alternate = AttemptRecord.model_construct(kind="alternate", name="other", shows=where)
    record = ProofRecord.model_construct(attempts=(old, new, alternate))
    assert shows_of(record) == {"new": {"a": where[0]}}
    assert shows_of(None) == {}


def report(error: BaseException | None = None, **changes: object) -> CheckReport:
    expect = ExpectBase()
    asked = Text("rows sum to one")
    made = CheckReport("test_a", Text("A"), 4.0, False, HINT, asked, ("test_b",), expect, error)  # type: ignore[arg-type]
    for name, value in changes.items():
        setattr(expect, name, value)
    return made


def test_a_verdict_carries_its_hint_questions_and_what_it_needs() -> None:
    first = CheckFailed(Text("It differs."))
    differences = [Difference(0, ("x",))]
    verdict = verdict_of(report(first, differences=differences, first_failure=first), softmax_run())
    assert verdict.hint == HINT and verdict.feedback == (Text("It differs."), HINT)
    assert verdict.asks == Text("rows sum to one") and verdict.needs == ("test_b",)
    assert verdict.differences == tuple(differences) and not verdict.otherwise
    assert verdict_of(report(), softmax_run()).hint == NO_TEXT


@pytest.mark.parametrize(
    ("made", "otherwise"),
    [
        (report(), False),
        (report(share=0.5), True),  # a metric
        (report(CheckFailed(Text("A property."))), True),
        (report(CheckFailed(Text("A property.")), differences=[Difference(0)], first_failure=CheckFailed()), True),
        (report(RuntimeError("ours")), False),
    ],
)
def test_what_failed_otherwise_than_by_a_question(made: CheckReport, otherwise: bool) -> None:
    assert verdict_of(made, softmax_run()).otherwise is otherwise


def test_a_metric_beside_a_question_failed_otherwise() -> None:
    first = CheckFailed(Text("It differs."))
    made = report(first, differences=[Difference(0)], first_failure=first, share=0.5)
    assert verdict_of(made, softmax_run()).otherwise


def test_a_limit_is_excused_by_a_mistake_that_shows_elsewhere_and_speaks_for_none_alone() -> None:
    late = replace(failed("b", said=WORDS), outcome=Outcome.TIMEOUT)
    slow = shows(slow=[show("b", 4, said=WORDS)])
    marked = mark([passed("a"), late], [mistake("slow", 3)], slow)
    assert points(marked) == [4, 0] and marked.verdicts[1].mistakes == ()
    both = shows(slow=[show("a", 4, 0), show("b", 4, said=WORDS)])
    assert points(mark([failed("a", "slow"), late], [mistake("slow", 3)], both)) == [1, 4]
