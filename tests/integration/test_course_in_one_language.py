"""A course in Korean alone: released, proved and graded, with a report in Korean where nobody asks for a language."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from typer.testing import CliRunner, Result

from grader.cli.app import app
from tests.tiny_course import EXERCISE, SOLUTION, VISIBLE, write_tiny_course

pytestmark = pytest.mark.sandbox

KOREAN_EXERCISE = (
    EXERCISE.split("\n[metrics", maxsplit=1)[0] + "\n[[mutant" + EXERCISE.split("[[mutant")[1].rstrip() + "\n"
)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    write_tiny_course(tmp_path, "mean")
    folder = tmp_path / "solutions/one/u1/mean"
    (folder / "test_hidden.py").unlink()
    toml = (
        re.sub(r'en = "[^"]*", ', "", KOREAN_EXERCISE)
        .replace("points = 6", "points = 2")
        .replace(', "metric"', "")
        .replace('curve = "history"\n', "")
    )
    (folder / "exercise.toml").write_text(toml.replace('defines = ["mean", "guess"]', 'defines = ["mean"]'), "utf-8")
    (folder / "solution.py").write_text(SOLUTION.replace('lang="en"\n# Write', 'lang="ko"\n# 쓰세요:'), "utf-8")
    check = VISIBLE.replace("The mean.\n\n    ko: ", "").replace("    asks: Write `mean`\n", "")
    check = check.replace(", 3.0)", ', 3.0, message=Text(ko="평균을 다시 보세요."))')
    (folder / "test_visible.py").write_text("from grader.checks import Text\n" + check, "utf-8")
    course = re.sub(r'en = "[^"]*", ', "", (tmp_path / "course.toml").read_text("utf-8"))
    (tmp_path / "course.toml").write_text(course.replace("[tracks]", 'languages = ["ko"]\n[tracks]'), "utf-8")
    return tmp_path


def grader(root: Path, *arguments: str) -> Result:
    return CliRunner().invoke(app, [*arguments, "--course", str(root)], env={"COLUMNS": "200", "NO_COLOR": "1"})


def test_a_course_in_korean_is_released_proved_and_reported_in_korean(root: Path) -> None:
    assert grader(root, "release").exit_code == 0
    assert grader(root, "calibrate", "--seeds", "1").exit_code == 0
    proof = grader(root, "validate", "--seeds", "1", "--workers", "1")
    assert (proof.exit_code, "all prove right" in proof.output) == (0, True), proof.output
    shown = grader(root, "try", "one/u1/mean", "--mutant", "divides by n - 1")
    assert "student reads (ko): 평균을 다시 보세요." in shown.output
    assert "(en)" not in shown.output
    starter = root / "exercises/one/u1/mean/mean.py"
    graded = grader(root, "grade", str(starter), "--out", str(root / "out"))
    assert graded.exit_code == 1, graded.output
    page = (root / "out/report.html").read_text("utf-8")
    assert '<html lang="ko"' in page and "평균" in page
    refused = grader(root, "grade", str(starter), "--lang", "en")
    assert (refused.exit_code, "languages = ['ko']" in refused.output) == (2, True)
