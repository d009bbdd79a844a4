"""Marks by mistake, sentence by sentence of the rule of docs/marking.md."""

from __future__ import annotations

from dataclasses import replace
from itertools import combinations

import pytest

from grader.checking.marking import ONCE, REST, Marked, mark
from grader.checking.verdict import Charge, Verdict
from grader.checking.verdicts import NEEDS_OTHER
from grader.vocabulary import Outcome, Text
from tests.marks import BAND, LOW, WORDS, failed, mistake, passed, points, show, shows, skipped, told


def by_check(marked: Marked) -> dict[str, Verdict]:
    return {verdict.check: verdict for verdict in marked.verdicts}


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


def test_what_is_left_of_a_price_is_taken_from_other_explained_checks() -> None:
    verdicts = [failed("a", "y"), failed("b", "x", "y"), failed("c", "x")]
    marked = mark(verdicts, [mistake("x", 5), mistake("y", 5)], {})
    assert sum(points(marked)) == 12 - 10


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


def test_of_equal_accounts_the_one_that_leaves_fewer_checks_unexplained_is_taken() -> None:
    verdicts = [failed("a", "half whole"), failed("b", "whole")]
    assert names(mark(verdicts, [mistake("half", 2), mistake("whole", 6)], {})) == ["whole"]


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
    marked = mark(verdicts, [mistake("x", 2, said), mistake("y", 5, said)], {})
    assert sum(points(marked)) == 12 - 5
    assert marked.charges == (Charge("y", said, 5, ("a", "b", "c")),)
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


def test_the_example_of_the_page_for_teachers() -> None:
    worth = {"three": 2, "columns": 4, "standardised": 4, "new": 5}
    verdicts = [failed(check, "n", points=most) for check, most in worth.items()] + [passed("mean", 5)]
    ddof, whole = mistake("n", 3), mistake("whole", 4)
    assert points(mark(verdicts, [ddof, whole], {})) == [0, 3, 4, 5, 5]
    assert sum(points(mark([*verdicts[:4], failed("mean", "", points=5)], [ddof, whole], {}))) == 20 - 8
    assert points(mark([verdicts[0]], [ddof, whole], {})) == [0]
    record = shows(n=[*(show(check, most, 0) for check, most in worth.items()), show("metric", 2, said=LOW)])
    for earned, lost in ((9, 3), (7, 6)):
        low = failed("metric", points=10, earned=earned, said=["The accuracy is 0.71."])
        assert sum(points(mark([*verdicts, low], [ddof, whole], record))) == 30 - lost


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


def test_an_explained_check_whose_needed_check_is_unexplained_takes_no_part_in_the_price() -> None:
    verdicts = [failed("a", ""), failed("b", "slip", needs=("a",)), failed("c", "slip"), failed("d", "slip")]
    marked = mark(verdicts, [mistake("slip", 3)], {})
    assert points(marked) == [0, 0, 1, 4]
    assert marked.charges[0].checks == ("c", "d")


def test_a_mistake_opens_the_checks_behind_the_one_that_needs_it() -> None:
    verdicts = [failed("a", "slip", points=1), passed("b", 1, needs=("a",)), passed("c", 9, needs=("b",))]
    assert points(mark(verdicts, [mistake("slip", 5)], {})) == [0, 0, 6]


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


def test_the_rest_is_taken_at_most_from_what_an_opened_check_still_has() -> None:
    verdicts = [failed("a", "nothing", points=2), failed("b", "", points=5, earned=2, needs=("a",))]
    marked = mark([*verdicts, passed("c", 5, needs=("a",))], [mistake("nothing", 8)], {})
    assert points(marked) == [0, 0, 1]
    assert marked.verdicts[1].feedback == (*verdicts[1].feedback, told("nothing"), REST)


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
