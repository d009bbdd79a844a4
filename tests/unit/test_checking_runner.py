"""One run of checks: from test functions to verdicts, without a kernel, since these checks ask nothing of one."""

from __future__ import annotations

import math
import os
import textwrap
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import numpy as np
import pytest

from grader.checking import collect_points, run_checks
from grader.checking.verdict import Verdict
from grader.course.models import Exercise
from grader.errors import CourseError
from grader.running.run import Run
from grader.vocabulary import Outcome, Text
from tests.support import make_exercise

CARD: Any = SimpleNamespace(
    metrics={"accuracy": SimpleNamespace(values=(0.9, 0.92), baseline=0.2, edge=0.8, direction="higher")}
)


@pytest.fixture
def exercise(tmp_path: Path) -> Exercise:
    made = make_exercise(points=10, metrics={"accuracy": {"direction": "higher"}})
    return made.model_copy(update={"source_dir": tmp_path, "card_path": tmp_path / "card.json"})


def write(exercise: Exercise, hidden: str, visible: str = "def test_first():\n    pass\n") -> None:
    for name, code in (("test_visible.py", visible), ("test_hidden.py", hidden)):
        head = "import numpy as np\nimport pytest\nfrom grader.vocabulary import Outcome, Text\n"
        (exercise.source_dir / name).write_text(head + textwrap.dedent(code), encoding="utf-8")


def run(exercise: Exercise, **more: Any) -> dict[str, Verdict]:
    done = Run(Outcome.ERROR, Text("It stopped.", "멈췄어요."), False, (), {}, 0.0)
    session: Any = SimpleNamespace(exercise=exercise, main=b"", run=done, link=None, seed=0)
    arguments = {"seed": 0, "reference": None, "card": CARD, **more}
    return {verdict.check: verdict for verdict in run_checks(exercise, session, **arguments)}


def test_every_way_to_end_has_its_outcome(exercise: Exercise) -> None:
    write(
        exercise,
        '''
        @pytest.mark.points(3)
        def test_expectation(expect):
            """Sums are right.

            ko: 합이 맞다.
            hint: Look again.
            hint-ko: 다시 보세요.
            """
            expect.close(1.0, 2.0, message=Text("Not yet.", "아직이에요."))

        def test_assertion():
            assert 12345 == 67890

        def test_fault(submission):
            submission["name"]

        def test_skip():
            pytest.skip("no display here")

        def test_bug():
            raise KeyError("secret")

        @pytest.fixture
        def broken():
            raise ZeroDivisionError

        def test_fixture(broken):
            pass

        @pytest.mark.points(4)
        def test_partial(expect):
            expect.fraction(1, 4)

        def test_nothing_of_it(expect):
            expect.fraction(0, 4)

        def test_exit():
            raise SystemExit(0)

        @pytest.fixture
        def leaves():
            yield
            raise OSError("cleaning up")

        def test_teardown(leaves):
            pass
        ''',
    )
    found = run(exercise)
    assert {name: (v.outcome.value, v.points) for name, v in found.items()} == {
        "test_first": ("passed", 1),
        "test_expectation": ("failed", 0),
        "test_assertion": ("failed", 0),
        "test_fault": ("error", 0),
        "test_skip": ("skipped", 0),
        "test_bug": ("grader_error", 0),
        "test_fixture": ("grader_error", 0),
        "test_partial": ("partial", 1),
        "test_nothing_of_it": ("failed", 0),
        "test_exit": ("grader_error", 0),
        "test_teardown": ("grader_error", 0),
    }
    failed = found["test_expectation"]
    assert failed.title == Text("Sums are right", "합이 맞다")
    assert [text.en for text in failed.feedback] == ["Not yet.", "Look again."]
    assert failed.max_points == 3
    assert "expected: 2.0" in failed.details
    assert found["test_fault"].feedback == (Text("It stopped.", "멈췄어요."),)
    assert "KeyError: 'secret'" in found["test_bug"].details
    assert not any("secret" in text.en for text in found["test_bug"].feedback)


def test_an_assertion_is_shown_where_the_student_has_the_source(exercise: Exercise) -> None:
    write(exercise, "def test_secret():\n    assert 41 == 42\n", "def test_open():\n    assert 41 == 42\n")
    found = run(exercise)
    assert "assert 41 == 42" in found["test_open"].feedback[0].en
    assert found["test_secret"].feedback == ()


def test_a_check_waits_for_the_one_it_needs(exercise: Exercise) -> None:
    write(
        exercise,
        '''
        @pytest.mark.needs("test_first")
        def test_second(expect):
            """The second step."""
            expect.true(False)

        @pytest.mark.needs("test_second")
        def test_third():
            pass

        @pytest.mark.needs("test_fifth")
        def test_fourth():
            pass

        def test_fifth():
            pass

        @pytest.mark.needs("test_no_such")
        def test_sixth():
            pass
        ''',
    )
    found = run(exercise)
    assert found["test_second"].outcome is Outcome.FAILED
    assert found["test_third"].outcome is Outcome.SKIPPED
    assert "The second step" in found["test_third"].feedback[0].en
    assert "comes later" in found["test_fourth"].details
    assert "no such check" in found["test_sixth"].details


def test_cases_earn_their_points_each_and_count_together_for_needs(exercise: Exercise) -> None:
    write(
        exercise,
        """
        @pytest.mark.points(2)
        @pytest.mark.parametrize("n", [1, 2, 3])
        def test_cases(n, expect):
            expect.at_most(n, 2)

        @pytest.mark.needs("test_cases")
        def test_all():
            pass

        @pytest.mark.needs("test_cases[1]")
        def test_one():
            pass
        """,
    )
    found = run(exercise)
    assert [found[f"test_cases[{n}]"].points for n in (1, 2, 3)] == [2, 2, 0]
    assert (found["test_all"].outcome, found["test_one"].outcome) == (Outcome.SKIPPED, Outcome.PASSED)
    assert collect_points(exercise)["test_cases[2]"] == (2.0, False)


def test_a_verdict_knows_which_sentence_is_the_hint(exercise: Exercise) -> None:
    write(
        exercise,
        '''
        import pytest

        @pytest.mark.parametrize("n", [1, 2])
        def test_hinted(n):
            """A title.

            hint: Look at the axis.
            hint-ko: 축을 살펴보세요.
            """
            raise AssertionError

        def test_plain():
            pass
        ''',
    )
    hint = Text("Look at the axis.", "축을 살펴보세요.")
    hints = {name: verdict.hint for name, verdict in run(exercise).items()}
    assert hints == {"test_first": Text(), "test_hinted[1]": hint, "test_hinted[2]": hint, "test_plain": Text()}


def test_a_file_that_cannot_be_imported_is_loud(exercise: Exercise) -> None:
    write(exercise, "import no_such_package_anywhere\n")
    found = run(exercise)
    assert found["test_hidden.py"].outcome is Outcome.GRADER_ERROR
    assert found["test_hidden.py"].max_points == 9
    assert "no_such_package_anywhere" in found["test_hidden.py"].details
    with pytest.raises(CourseError, match="cannot be imported"):
        collect_points(exercise)


def test_a_missing_fixture_is_loud(exercise: Exercise) -> None:
    write(exercise, "def test_x(no_such_fixture):\n    pass\n")
    assert run(exercise)["test_x"].outcome is Outcome.GRADER_ERROR


def test_visible_checks_run_alone(exercise: Exercise) -> None:
    visible = '@pytest.mark.needs("test_hidden_one")\ndef test_first():\n    pass\n'
    write(exercise, "def test_hidden_one():\n    pass\n", visible)
    assert set(run(exercise, visible_only=True)) == {"test_first"}
    assert run(exercise, visible_only=True)["test_first"].outcome is Outcome.PASSED


def test_nothing_is_carried_over_to_the_next_submission(exercise: Exercise) -> None:
    write(
        exercise,
        """
        seen = []

        def test_state(remembered):
            seen.append(1)
            assert len(seen) == 1
            assert remembered("key", lambda: 7) == 7
            assert remembered("key", lambda: 8) == 7

        def test_hidden_data(hidden):
            hidden.table["a"] += 1
            assert hidden.table["a"] == 2
            with pytest.raises(ValueError):
                hidden.X[0] = 5
        """,
    )
    (exercise.source_dir / "hidden.py").write_text(
        "import numpy as np\n\ndef load(profile, data):\n    return {'X': np.ones(3), 'table': {'a': 1}}\n"
    )
    for _ in range(3):
        assert all(v.outcome is Outcome.PASSED for v in run(exercise).values())


def test_an_edited_file_is_read_again(exercise: Exercise) -> None:
    write(exercise, "def test_x():\n    assert False\n")
    assert run(exercise)["test_x"].outcome is Outcome.FAILED
    write(exercise, "def test_x():\n    assert True  # mended\n")
    assert run(exercise)["test_x"].outcome is Outcome.PASSED


def test_random_numbers_depend_on_seed_and_check_only(exercise: Exercise) -> None:
    write(
        exercise,
        """
        def test_a(rng, expect):
            expect.fraction(rng.random(), 1)

        def test_b(rng, expect):
            expect.fraction(rng.random(), 1)
        """,
    )
    first, again, other = (run(exercise, seed=seed) for seed in (1, 1, 2))
    assert first["test_a"].points == again["test_a"].points
    assert len({first["test_a"].points, first["test_b"].points, other["test_a"].points}) == 3


def test_metrics_are_judged_on_their_band(exercise: Exercise) -> None:
    write(exercise, "def test_m(expect, band):\n    expect.metric(band['accuracy'], 0.5, baseline=0.2)\n")
    judged = run(exercise)["test_m"]
    assert (judged.outcome, judged.points) == (Outcome.PARTIAL, pytest.approx(0.5))
    assert (judged.bands[0].value, judged.bands[0].edge) == (0.5, 0.8)
    measured = run(exercise, mode="calibrate", card=None)["test_m"]
    assert (measured.outcome, measured.bands[0].baseline) == (Outcome.PASSED, 0.2)
    unmeasured = run(exercise, card=None)["test_m"]
    assert unmeasured.outcome is Outcome.GRADER_ERROR
    assert "grader calibrate" in unmeasured.details


@pytest.mark.parametrize(
    ("value", "bonus"), [(0.85, 0.0), (0.92, 0.0), (0.94, 1.0), (0.96, 2.0), (1.0, 2.0), (math.inf, 0.0)]
)
def test_better_than_the_reference_earns_the_bonus_of_the_exercise(
    exercise: Exercise, value: float, bonus: float
) -> None:
    rules = {"accuracy": {"direction": "higher", "bonus": {"points": 2, "at": 0.96}}}
    generous = make_exercise(points=10, metrics=rules).model_copy(
        update={"source_dir": exercise.source_dir, "card_path": exercise.card_path}
    )
    code = f"def test_m(expect, band):\n    expect.metric(band['accuracy'], float('{value}'), baseline=0.2)\n"
    write(exercise, code + code.replace("test_m", "test_n") + "    expect.true(False, en='No.', ko='아니요.')\n")
    found = run(generous)
    whole = 0.0 if math.isinf(value) else 1.0
    assert found["test_m"].points == pytest.approx(whole + bonus)
    assert sum(band.bonus for band in found["test_m"].bands) == pytest.approx(bonus)
    assert found["test_n"].points == 0, "a bonus is for work that is right throughout"
    plain = run(exercise)["test_m"]
    assert plain.points == whole


def test_missing_pieces_are_named(exercise: Exercise) -> None:
    write(exercise, "def test_h(hidden):\n    hidden.X\n\ndef test_b(band):\n    band['f1']\n")
    found = run(exercise)
    assert "hidden.py" in found["test_h"].details
    assert "[metrics.f1]" in found["test_b"].details


def test_marks_with_odd_values_are_named(exercise: Exercise) -> None:
    write(exercise, "@pytest.mark.points('many')\ndef test_h():\n    pass\n")
    with pytest.raises(CourseError, match="points"):
        run(exercise)


def test_prints_and_settings_of_others_stay_outside(
    exercise: Exercise, monkeypatch: pytest.MonkeyPatch, capfd: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setenv("PYTEST_ADDOPTS", "--no-such-option")
    (exercise.source_dir / "conftest.py").write_text("raise RuntimeError('a conftest was read')")
    (exercise.source_dir / "pytest.ini").write_text("[pytest]\naddopts = --no-such-option")
    write(exercise, "def test_p():\n    print('expected is 42')\n    np.log(np.zeros(2))\n")
    assert run(exercise)["test_p"].outcome is Outcome.PASSED
    assert capfd.readouterr() == ("", "")
    assert os.environ["PYTEST_ADDOPTS"] == "--no-such-option"
    assert not list(exercise.source_dir.rglob("__pycache__"))


def test_many_runs_in_one_process(exercise: Exercise) -> None:
    write(exercise, "def test_x(expect, rng):\n    expect.finite(rng.random(3))\n")
    shares = {run(exercise, seed=seed)["test_x"].points for seed in range(60)}
    assert shares == {1.0}
    assert np.isfinite(sum(shares))


def test_titles_of_hidden_cases_tell_no_values(exercise: Exercise) -> None:
    cases = """
        @pytest.mark.parametrize("x", [48317.25, "qwrtz"])
        @pytest.mark.parametrize("y", [1, 2], ids=["y once", "y twice"])
        def test_values(x, y):
            assert False

        @pytest.mark.parametrize("x", [48317.25, "qwrtz"], ids=str)
        def test_by_str(x):
            assert False

        @pytest.mark.parametrize("x", [pytest.param(48317.25, id="large"), pytest.param(1.5, id="small")])
        def test_named(x):
            assert False

        @pytest.mark.needs("test_values")
        @pytest.mark.parametrize("x", [9731.5])
        def test_after(x):
            pass
        """
    visible = textwrap.dedent(cases).replace("test_", "test_v_")
    write(exercise, cases, visible)
    found = run(exercise)
    hidden = [verdict for verdict in found.values() if not verdict.visible]
    told = " ".join(text.en + text.ko for v in hidden for text in (v.title, *v.feedback))
    assert "48317" not in told and "qwrtz" not in told and "9731" not in told
    assert {v.title.en for v in hidden} == {
        *(f"Values [{n}]" for n in (1, 2, 3, 4)), "By str [1]", "By str [2]", "Named [large]", "Named [small]",
        "After [1]",
    }  # fmt: skip
    assert "V by str [qwrtz]" in {v.title.en for v in found.values() if v.visible}
