"""How often a failing check names the mistake: over all mutants of all exercises, by their own sentences.

    python benchmarks/diagnosis.py                       all exercises: some minutes
    python benchmarks/diagnosis.py dlstart/two-machines  one of them
    python benchmarks/diagnosis.py --json FILE           what each mutant's checks said, as well

A mutant counts as *named* where the student reads its sentence (``told`` in exercise.toml), or, of the old kind, every
fragment that its ``says`` asks for; a person has written it there after judging that the sentence explains this mistake.
Hints do not count, since they are shown at every failure of their check, and a mutant with neither is never named.
`grader validate` fails where one is no longer read, so the figure cannot rot.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections import Counter
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))  # run as a script, this folder would stand there alone

from grader.checking.marking import mark, mistakes_of
from grader.course import load_course
from grader.course.models import Course, Exercise
from grader.grading.grade_one import missing_packages
from grader.proving.attempts import Attempt, content
from grader.proving.explanation import Explanation, explanation
from grader.proving.known_mistakes import recorded_shows
from grader.references.card import load_card
from grader.references.solution_run import run_solution
from grader.sandbox import Backend, choose_backend
from grader.vocabulary import Outcome

TARGET = 0.8
ROOT = Path(__file__).resolve().parents[1]


@dataclass(frozen=True)
class Row:
    """What came of one mutant: its checks that failed, each with the sentences that the student reads."""

    exercise: str
    mutant: str
    explanation: Explanation
    said: dict[str, list[str]]


def main() -> None:
    options = parse(sys.argv[1:])
    console = Console(stderr=True)
    course = load_course(ROOT, options.ids or None)
    chosen = [course.exercise(name) for name in options.ids] or list(course.exercises.values())
    for exercise in list(chosen):
        if missing := missing_packages(exercise):
            console.print(f"[yellow]left out:[/] {exercise.id}: this environment lacks {', '.join(missing)}")
            chosen.remove(exercise)
    backend = choose_backend(trust=False, warm=chosen, gpu=None)
    rows: list[Row] = []
    for exercise in chosen:
        with console.status(f"Running the mutants of {exercise.id}"):
            rows += measure(course, exercise, backend)
    show(Console(), rows)
    if options.json:
        options.json.write_text(json.dumps([asdict(row) for row in rows], indent=1, ensure_ascii=False) + "\n", "utf-8")
    if share(rows) < TARGET:
        sys.exit(f"error: {share(rows):.0%} named; the target is {TARGET:.0%}")


def parse(arguments: list[str]) -> argparse.Namespace:
    """The command line."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("ids", nargs="*", metavar="ID", help="exercises; all by default")
    parser.add_argument("--json", type=Path, metavar="FILE", help="write what was said to this file")
    return parser.parse_args(arguments)


def measure(course: Course, exercise: Exercise, backend: Backend) -> list[Row]:
    """Run each mutant of an exercise and see how well its failing checks explain it."""
    card = load_card(exercise, course.profile)
    known, shows = mistakes_of(exercise), recorded_shows(exercise, course.profile)
    rows = []
    for mutant in exercise.mutant:
        attempt = Attempt("mutant", mutant.name, 0)
        submitted = content(exercise, attempt)
        found = run_solution(course, exercise, submitted, attempt.seed, backend=backend, card=card).verdicts
        verdicts = mark(found, known, shows, once=exercise.charge_once).verdicts
        failing = [v for v in verdicts if v.outcome not in (Outcome.PASSED, Outcome.SKIPPED)]
        said = {v.check: [text.en for text in v.feedback if text != v.hint] for v in failing}
        rows.append(Row(exercise.id, mutant.name, explanation(mutant, verdicts), said))
    return rows


def share(rows: list[Row]) -> float:
    """Share of the mutants that are named; 0 where there is none."""
    return sum(row.explanation is Explanation.NAMED for row in rows) / len(rows) if rows else 0.0


def show(out: Console, rows: list[Row]) -> None:
    """A table by exercise, and the mutants that are not named."""
    table = Table("exercise", "mutants", *Explanation, "share named")
    for name in dict.fromkeys(row.exercise for row in rows):
        _add(table, name, [row for row in rows if row.exercise == name])
    table.add_section()
    _add(table, "all", rows)
    out.print(table)
    for row in rows:
        if row.explanation is not Explanation.NAMED:
            out.print(f"{row.explanation}: {row.exercise}: {row.mutant}", markup=False)


def _add(table: Table, name: str, rows: list[Row]) -> None:
    counts = Counter(row.explanation for row in rows)
    table.add_row(name, str(len(rows)), *(str(counts[kind]) for kind in Explanation), f"{share(rows):.0%}")


if __name__ == "__main__":
    main()
