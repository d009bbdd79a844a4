"""Marks by mistake, sentence by sentence of the rule of docs/marking.md."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from grader.checking.expect.base import ExpectBase
from grader.checking.failure import CheckFailed
from grader.checking.marking import ONCE, REST, Marked, mark, showing, shows_of
from grader.checking.plugin import CheckReport
from grader.checking.verdict import NO_TEXT, BandReading, Charge, Difference, Verdict
from grader.checking.verdicts import NEEDS_OTHER, verdict_of
from grader.vocabulary import Outcome, Text
from tests.marks import HINT, failed, mistake, passed, show, shows, skipped, told
from tests.samples import softmax_run

BAND = BandReading("accuracy", 0.8, 0.5, 0.9, (0.93, 0.95), "higher")


def by_check(marked: Marked) -> dict[str, Verdict]:
    return {verdict.check: verdict for verdict in marked.verdicts}


def points(marked: Marked) -> list[float]:
    return [verdict.points for verdict in marked.verdicts]


def names(marked: Marked) -> list[str]:
    return [charge.mistake for charge in marked.charges]


# what is charged


def test_one_slip_in_four_checks_costs_its_price() -> None:
    marked = mark([failed(check, "slip") for check in "abcd"] + [passed("e")], [mistake("slip", 3)], {})
    assert points(marked) == [1, 4, 4, 4, 4]
    assert marked.charges == (Charge("slip", told("slip"), 3, ("a", "b", "c", "d")),)


def test_a_price_is_spread_in_order_at_most_what_each_check_loses() -> None:
    verdicts = [failed("a", "slip", earned=2), failed("b", "slip"), failed("c", "slip")]
    assert points(mark(verdicts, [mistake("slip", 5)], {})) == [2, 1, 4]


def test_two_slips_add_up() -> None:
    verdicts = [failed("a", "x"), failed("b", "x"), failed("c", "y"), failed("d", "y"), failed("e", "x", "y")]
    marked = mark(verdicts, [mistake("y", 2), mistake("x", 3)], {})
    assert points(marked) == [1, 4, 2, 4, 4]
    assert names(marked) == ["x", "y"]
    assert [charge.checks for charge in marked.charges] == [("a", "b", "e"), ("c", "d", "e")]


def test_each_price_is_taken_where_its_own_mistake_shows() -> None:
    verdicts = [failed("a", "x", "y"), failed("b", "x"), failed("c", "y")]
    marked = mark(verdicts, [mistake("x", 3), mistake("y", 3)], {})
    assert sum(points(marked)) == 12 - 6
    assert by_check(marked)["b"].mistakes == ("x",)
    assert by_check(marked)["a"].mistakes == ("x", "y")


def test_what_nothing_explains_is_charged_besides() -> None:
    marked = mark([failed("a", "slip"), failed("b", "slip"), failed("c", "")], [mistake("slip", 3)], {})
    assert points(marked) == [1, 4, 0]
    assert by_check(marked)["c"] == failed("c", "")


def test_a_check_is_explained_only_when_each_of_its_questions_is() -> None:
    marked = mark([failed("a", "slip"), failed("b", "slip", "")], [mistake("slip", 3)], {})
    assert points(marked) == [1, 0]
    assert by_check(marked)["b"].feedback == failed("b").feedback


def test_a_price_above_what_its_checks_lose_is_not_charged() -> None:
    marked = mark([failed("a", "slip"), failed("b", "slip")], [mistake("slip", 9)], {})
    assert points(marked) == [0, 0]
    assert marked.charges == ()
    assert [verdict.feedback for verdict in marked.verdicts] == [(told("slip"),)] * 2
    assert [verdict.alone for verdict in marked.verdicts] == [None, None]


def test_of_two_mistakes_that_explain_the_same_the_cheaper_is_charged() -> None:
    assert names(mark([failed("a", "x y"), failed("b", "x y")], [mistake("x", 3), mistake("y", 2)], {})) == ["y"]


def test_of_equal_accounts_the_one_with_fewer_mistakes_is_taken() -> None:
    verdicts = [failed("a", "x all"), failed("b", "y all")]
    assert names(mark(verdicts, [mistake("x", 1), mistake("y", 1), mistake("all", 2)], {})) == ["all"]


def test_of_equal_accounts_the_one_that_the_record_does_not_speak_against_is_taken() -> None:
    verdicts = [failed("a", "x y"), failed("b", "x y"), passed("c")]
    record = shows(x=[show("a", 4, 0), show("b", 4, 0), show("c", 4, 0)], y=[show("a", 4, 0), show("b", 4, 0)])
    assert names(mark(verdicts, [mistake("x", 2), mistake("y", 2)], record)) == ["y"]
    assert names(mark(verdicts, [mistake("x", 2), mistake("y", 2)], {})) == ["x"]


def test_no_more_than_three_mistakes_are_charged_side_by_side() -> None:
    verdicts = [failed(check + number, check) for check in "wxyz" for number in "12"]
    marked = mark(verdicts, [mistake(name, cost) for name, cost in zip("wxyz", (1, 2, 3, 4), strict=True)], {})
    assert names(marked) == ["w", "x", "y"]
    assert sum(points(marked)) == 32 - 6 - 8


def test_mistakes_with_one_sentence_are_one_price_the_dearest() -> None:
    said = Text("Divide by n.", "n으로 나누세요.")
    verdicts = [failed("a", "x"), failed("b", "x"), failed("c", "y")]
    marked = mark(verdicts, [mistake("x", 2, said), mistake("y", 3, said)], {})
    assert sum(points(marked)) == 12 - 3
    assert marked.charges == (Charge("y", said, 3, ("a", "b", "c")),)
    assert by_check(marked)["a"].mistakes == ("x",)
    assert by_check(marked)["c"].feedback == (said, ONCE)


def test_a_mistake_without_a_price_costs_the_dearest_check_of_its_record() -> None:
    record = shows(slip=[show("a", 3, 0), show("b", 1, 0)])
    verdicts = [failed("a", "slip"), failed("b", "slip")]
    assert mark(verdicts, [mistake("slip")], record).charges[0].costs == 3


def test_without_a_record_it_costs_the_dearest_check_that_it_answers() -> None:
    verdicts = [failed("a", "slip", points=2), failed("b", "slip", points=5), failed("c", "", points=9)]
    assert mark(verdicts, [mistake("slip")], {}).charges[0].costs == 5


def test_an_exercise_can_switch_it_off_and_keep_the_sentences() -> None:
    marked = mark([failed("a", "slip"), failed("b", "slip")], [mistake("slip", 3)], {}, once=False)
    assert points(marked) == [0, 0]
    assert marked.charges == ()
    assert [verdict.feedback for verdict in marked.verdicts] == [(told("slip"),)] * 2


def test_without_known_mistakes_the_verdicts_are_the_same_objects() -> None:
    verdicts = [failed("a", "gone"), passed("b", needs=("a",)), skipped("c")]
    marked = mark(verdicts, [], {})
    assert all(one is other for one, other in zip(marked.verdicts, verdicts, strict=True))
    assert marked.charges == ()


def test_what_failed_on_our_side_is_left_as_it_is_and_takes_part_in_nothing() -> None:
    broken = failed("a", "slip", outcome=Outcome.GRADER_ERROR)
    marked = mark([broken, failed("b", "slip"), failed("c", "slip")], [mistake("slip", 3)], {})
    assert marked.verdicts[0] is broken
    assert points(marked) == [0, 1, 4]
    assert marked.charges[0].checks == ("b", "c")


def test_a_bonus_stays() -> None:
    better = passed("m", bands=(replace(BAND, bonus=1.5),))
    better = replace(better, points=5.5)
    marked = mark([failed("a", "slip"), failed("b", "slip"), better], [mistake("slip", 3)], {})
    assert marked.verdicts[2] is better


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


LOW = ("The accuracy is #.",)


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


WORDS = ("The axis has no label.",)


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


# what a check needs


def test_a_check_whose_needed_check_is_unexplained_loses_everything() -> None:
    verdicts = [failed("a", "dear"), failed("b", "", earned=3, needs=("a",)), passed("c", needs=("b",))]
    marked = mark(verdicts, [mistake("dear", 30)], {})
    assert points(marked) == [0, 0, 0]
    b, c = marked.verdicts[1:]
    assert (b.outcome, c.outcome) == (Outcome.SKIPPED, Outcome.SKIPPED)
    assert b.feedback == (NEEDS_OTHER.format(title=verdicts[0].title),)
    assert c.feedback == (NEEDS_OTHER.format(title=verdicts[1].title),)


def test_a_check_whose_needed_check_is_explained_counts_by_its_own_result() -> None:
    verdicts = [failed("a", "slip"), failed("b", "", earned=3, needs=("a",)), passed("c", needs=("a",))]
    marked = mark(verdicts, [mistake("slip", 3)], {})
    assert points(marked) == [1, 3, 4]
    assert marked.verdicts[1:] == tuple(verdicts[1:])


def test_a_mistake_is_worth_its_price_for_the_checks_that_it_opens() -> None:
    marked = mark([failed("a", "slip", points=1), passed("b", 9, needs=("a",))], [mistake("slip", 1)], {})
    assert points(marked) == [0, 9]
    assert names(marked) == ["slip"]


def test_the_rest_of_a_price_is_taken_from_checks_that_count_only_for_it() -> None:
    verdicts = [
        failed("a", "nothing", points=2),
        passed("free", 5),
        passed("b", 5, needs=("a",)),
        passed("c", 5, needs=("a",)),
    ]
    marked = mark(verdicts, [mistake("nothing", 9)], {})
    assert points(marked) == [0, 5, 0, 3]
    assert [verdict.outcome for verdict in marked.verdicts[2:]] == [Outcome.FAILED, Outcome.PARTIAL]
    assert marked.verdicts[3].feedback == (told("nothing"), REST)
    assert marked.verdicts[3].alone == 5
    assert marked.charges == (Charge("nothing", told("nothing"), 9, ("a",)),)


def test_the_rest_is_taken_from_an_explained_check_that_was_opened_too() -> None:
    verdicts = [failed("a", "slip", points=2), failed("b", "slip", points=5, earned=4, needs=("a",))]
    marked = mark(verdicts, [mistake("slip", 6)], {})
    assert points(marked) == [0, 1]
    assert marked.verdicts[1].feedback == (told("slip"),)


def test_a_bonus_survives_the_rest_of_a_price() -> None:
    better = replace(passed("b", 5, needs=("a",), bands=(replace(BAND, bonus=1.5),)), points=6.5)
    marked = mark([failed("a", "slip", points=2), better], [mistake("slip", 3)], {})
    assert points(marked) == [0, 5.5]


def test_needs_without_a_case_stand_for_all_cases() -> None:
    verdicts = [
        failed("a[one]", "slip"),
        failed("a[two]", ""),
        passed("b", needs=("a",)),
        passed("c", needs=("a[one]",)),
    ]
    marked = mark(verdicts, [mistake("slip", 3)], {})
    assert [verdict.outcome for verdict in marked.verdicts[2:]] == [Outcome.SKIPPED, Outcome.PASSED]
    assert marked.verdicts[2].feedback == (NEEDS_OTHER.format(title=verdicts[1].title),)


def test_what_was_skipped_stays_skipped_and_lost() -> None:
    waits = skipped("b", needs=("a",))
    marked = mark([failed("a", "slip", ""), waits], [mistake("slip", 1)], {})
    assert marked.verdicts[1] is waits
    marked = mark(
        [failed("a", "slip"), failed("a2", "slip"), waits, passed("c", needs=("b",))], [mistake("slip", 1)], {}
    )
    assert marked.verdicts[2] is waits
    assert points(marked) == [3, 4, 0, 0]


# what is said


def test_the_second_check_says_that_the_mistake_costs_once() -> None:
    marked = mark([failed("a", "slip"), failed("b", "slip"), failed("c", "slip")], [mistake("slip", 5)], {})
    assert [verdict.feedback for verdict in marked.verdicts] == [
        (told("slip"),),
        (told("slip"),),
        (told("slip"), ONCE),
    ]
    assert [verdict.alone for verdict in marked.verdicts] == [0, 0, 0]
    assert [verdict.mistakes for verdict in marked.verdicts] == [("slip",)] * 3


def test_outcomes_follow_the_points_that_are_left() -> None:
    verdicts = [
        failed("a", "slip", points=3),
        failed("b", "slip", outcome=Outcome.ERROR, points=2),
        failed("c", "slip", points=6),
    ]
    marked = mark(verdicts, [mistake("slip", 6)], {})
    assert [verdict.outcome for verdict in marked.verdicts] == [Outcome.FAILED, Outcome.ERROR, Outcome.PARTIAL]
    assert points(marked) == [0, 0, 5]


def test_the_students_own_traceback_stays() -> None:
    raised = failed("a", "slip", outcome=Outcome.ERROR, student_details="ValueError")
    assert mark([raised, failed("b", "slip")], [mistake("slip", 3)], {}).verdicts[0].student_details == "ValueError"


def test_of_several_mistakes_the_recorded_as_failing_what_was_passed_is_not_told() -> None:
    record = shows(x=[show("a", 4, 0), show("b", 4, 0)], y=[show("a", 4, 0)])
    marked = mark([failed("a", "x y"), passed("b")], [mistake("x", 9), mistake("y", 9)], record)
    assert marked.verdicts[0].mistakes == ("y",)


def test_of_several_mistakes_the_recorded_as_missing_another_question_is_not_told() -> None:
    record = shows(x=[show("a", 4, 0, 1)], y=[show("a", 4, 0)])
    assert mark([failed("a", "x y")], [mistake("x", 9), mistake("y", 9)], record).verdicts[0].mistakes == ("y",)


def test_a_check_that_broke_off_passed_none_of_its_questions() -> None:
    record = shows(x=[show("a", 4, 0, 1, said=WORDS)], y=[show("a", 4, 0, said=WORDS)])
    marked = mark([failed("a", "x y", said=WORDS)], [mistake("x", 9), mistake("y", 9)], record)
    assert marked.verdicts[0].mistakes == ()


def test_of_several_mistakes_the_one_that_explains_most_is_told() -> None:
    marked = mark([failed("a", "x y"), failed("b", "y")], [mistake("x", 9), mistake("y", 9)], {})
    assert [verdict.mistakes for verdict in marked.verdicts] == [("y",), ("y",)]


def test_of_several_sentences_that_stay_open_none_is_said() -> None:
    marked = mark([failed("a", "x y")], [mistake("x", 9), mistake("y", 9)], {})
    assert marked.verdicts == (failed("a", "x y"),)
    same = Text("One sentence.")
    marked = mark([failed("a", "x y")], [mistake("x", 9, same), mistake("y", 9, same)], {})
    assert marked.verdicts[0].feedback == (same,)
    assert marked.verdicts[0].mistakes == ("x", "y")


def test_a_mistake_that_gives_only_some_of_the_answers_is_not_told() -> None:
    verdict = failed("a", "x", "y")
    assert mark([verdict], [mistake("x", 9), mistake("y", 9)], {}).verdicts == (verdict,)


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


def test_thirty_mistakes_in_forty_checks_are_searched_through() -> None:
    """Every set of three explains something of its own here, so nothing can be left out; the answer is known."""
    every = [f"m{number:02}" for number in range(30)]
    verdicts = [failed(f"c{at:02}", every[at % 30], every[(at * 7 + 3) % 30]) for at in range(37)]
    verdicts += [failed(f"d{number}", "m04 m05 m06") for number in range(3)]
    marked = mark(verdicts, [mistake(name, 1 + at / 100) for at, name in enumerate(every)], {})
    assert sum(points(marked)) == pytest.approx(160 - best_by_trying(verdicts, every))


def best_by_trying(verdicts: list[Verdict], every: list[str]) -> float:
    """The least loss of all sets of at most three, the slow and simple way."""

    def loss(some: tuple[str, ...]) -> float:
        open_ = [v for v in verdicts if not all(set(d.mistakes) & set(some) for d in v.differences)]
        return sum(1 + every.index(name) / 100 for name in some) + 4 * len(open_)

    return min(loss(some) for count in range(4) for some in combinations(every, count))
