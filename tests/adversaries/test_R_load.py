"""R13: what a submission may use is measured on itself: verdicts are the same alone and with three others beside it."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course.models import Course
from grader.gradebook import Gradebook
from grader.grading import grade_batch
from grader.grading.grade import Grade
from grader.intake import read_submission
from grader.sandbox import Backend
from tests.support import make_notebook

HONEST = "import numpy as np\nanswer = 42\ndef double(x):\n    return 2 * np.asarray(x)"
# Cells that use much of what there is, but not too much; and some that use too much.
CELLS = {
    "honest": "answer",
    "waits": "import time; time.sleep(1.2)",
    "computes": "import time\nend = time.process_time() + 0.4\nwhile time.process_time() < end: pass",
    "memory": "big = np.ones(300 << 17)  # 300 MiB of 512",
    "children": "import os\nfor _ in range(20):\n    if os.fork() == 0:\n        os._exit(0)\n    os.wait()",
    "threads": "import threading\nfor _ in range(20): threading.Thread(target=lambda: None).start()",
    "prints": "for _ in range(2000): print('x' * 100)",
    "files": "for n in range(20): open(f'f{n}', 'wb').write(bytes(1 << 20))  # 20 MiB of 32",
    "too long": "while True: pass",
    "too much memory": "big = np.ones(1 << 30)",
    "too much memory of children": "import os, time\nfor _ in range(6):\n    if os.fork() == 0:\n        kept = b'x' * (250 << 20)\n"
    "        time.sleep(60)\ntime.sleep(60)",
    "too much output": "while True: display('x' * 100_000)",
    "too many files": "for n in range(100_000): open(f'f{n}', 'w').close()",
    "too much disk": "open('big', 'wb').write(bytes(64 << 20))",
    "ends": "import os; os._exit(0)",
}


@pytest.mark.sandbox
@pytest.mark.slow
def test_verdicts_are_the_same_alone_and_beside_others(cold_backend: Backend, target: Course, tmp_path: Path) -> None:
    assert cold_backend.isolated, "this machine can isolate: a batch refuses where it cannot"
    exercise = target.exercise("target/u1/book")
    submissions = []
    for name, code in CELLS.items():
        path = tmp_path / f"{name}.ipynb"
        path.write_bytes(make_notebook(HONEST, code))
        submissions.append(read_submission(path, exercise, target.intake, student=name))

    def verdicts(workers: int) -> dict[str, tuple[object, ...]]:
        with Gradebook(tmp_path / f"{workers}.db") as book:
            grades = grade_batch(target, submissions, book, workers=workers)
            found = [book.get(grade.task) or grade for grade in grades]
        return {grade.student: _verdict(grade) for grade in found}

    alone, beside_others = verdicts(1), verdicts(4)
    assert alone == beside_others
    told = {name: seen[1] for name, seen in alone.items()}
    assert told["honest"] == told["memory"] == told["files"] == "passed"
    assert told["too much memory"] == told["too much memory of children"] == "memory"
    assert (told["too long"], told["too much output"], told["too many files"]) == ("timeout", "output", "disk")


def _verdict(grade: Grade) -> tuple[object, ...]:
    """All of a grade that says how good it is, and none of what was measured."""
    ran = grade.run.outcome.value if grade.run is not None else ""
    return grade.outcome.value, ran, grade.points, tuple((v.check, v.outcome.value, v.points) for v in grade.verdicts)
