"""What the pages show of code, data and the import contract is built from them, and what is committed is current."""

from __future__ import annotations

import inspect
import re
import tomllib
from pathlib import Path

import pytest

from grader.checking.expect import Expect
from grader.course import load_course
from grader.course.catalogue import catalogue
from grader.course.models import Exercise
from grader.course.proof_record import load_record

pytest.importorskip("griffe", reason="griffe is not installed: pip install 'grader[docs]'")

from docs.tools import course, objects, pages, tables
from docs.tools.pages import ROOT, PageError, build, fill

HERE = Path("page.md")


def test_every_page_is_current() -> None:
    old = [str(page) for page, text in build().items() if not page.exists() or page.read_text("utf-8") != text]
    assert old == [], "type: make reference"


def test_every_page_of_the_reference_has_a_template() -> None:
    names = {page.name for page in (ROOT / "docs/reference").glob("*.md")}
    assert names == {page.name for page in (ROOT / "docs/templates").glob("*.md")}


def test_a_page_that_is_not_current_is_named_and_built(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    page = tmp_path / "page.md"
    page.write_text("old", "utf-8")
    monkeypatch.setattr(pages, "ROOT", tmp_path)
    monkeypatch.setattr(pages, "build", lambda: {page: "new"})
    assert pages.main(["--check"]) == 1
    assert "page.md: not what code and data say now" in capsys.readouterr().out
    assert page.read_text("utf-8") == "old"
    assert pages.main([]) == 0
    assert page.read_text("utf-8") == "new"
    assert pages.main(["--check"]) == 0


def test_what_is_written_by_hand_stays_and_what_was_built_is_replaced() -> None:
    asked = "# Keys\n\nBefore.\n\n<!-- keys: Bilingual -->\n\nAfter.\n"
    once = fill(asked, HERE)
    assert once.startswith("# Keys\n\nBefore.\n\n<!-- keys: Bilingual -->\n\n| key |")
    assert once.endswith("|\n\n<!-- end -->\n\nAfter.\n")
    assert fill(once, HERE) == once
    assert fill(once.replace("| `en` |", "| `de` |"), HERE) == once


@pytest.mark.parametrize(
    ("block", "said"),
    [
        (
            "object: grader.band.Band",
            r"page.md:3: there is no class grader.band.Band; grader\.[\w.]+\.Band has its name",
        ),
        ("object: grader.Nowhere", r"page.md:3: there is no class grader.Nowhere$"),
        ("object: grader.errors", r"page.md:3: there is no class grader.errors"),
        ("fixtures: grader.vocabulary.Text", r"page.md:3: grader.vocabulary.Text has no fixtures"),
        ("keys: Nothing", r"page.md:3: .*models.py has no model 'Nothing'; it has .*Exercise"),
        ("keys", r"page.md:3: .*has no model None"),
        ("proof", r"page.md:3: 'proof' is no kind of block; there are object, .*proofs"),
        ("end", r"page.md:3: <!-- end --> ends nothing"),
    ],
)
def test_a_block_that_cannot_be_built_is_named_with_its_line(block: str, said: str) -> None:
    with pytest.raises(PageError, match=said):
        fill(f"# Title\n\n<!-- {block} -->\n", HERE)


def test_the_table_of_keys_is_the_models() -> None:
    table = tables.keys("Exercise")
    for name, field in Exercise.model_fields.items():
        assert (f"| `{name}` |" in table) == (field.exclude is not True), name
    assert "import names beyond numpy" in table  # what stands beside a key in the code
    assert len(re.findall("`load_boston`", tables.old_forms())) == 2


def test_the_table_of_recurring_mistakes_is_the_catalogue() -> None:
    rows = re.findall(r"^\| `([\w-]+)` \| (.+) \|$", tables.mistakes(), re.MULTILINE)
    assert rows == [(tag, said.en) for tag, said in catalogue().items()]
    page = (ROOT / "docs/reference/exercise-toml.md").read_text("utf-8")
    assert tables.mistakes() in page
    for key in ("told", "tag", "costs", "alternate", "charge_once", "rtol", "atol"):
        assert re.search(rf"`{key}( = \w+)?`", page), key


def test_every_expectation_is_on_its_page_with_its_parameters() -> None:
    page = (ROOT / "docs/reference/expectations.md").read_text("utf-8")
    found = inspect.getmembers(Expect, callable)
    methods = {name: method for name, method in found if not name.startswith("_") and not inspect.isclass(method)}
    assert set(re.findall(r"^### `expect\.(\w+)`$", page, re.MULTILINE)) == set(methods)
    for name, method in methods.items():
        signature = page.partition(f"### `expect.{name}`\n\n```python\n")[2].partition("```")[0]
        for parameter in list(inspect.signature(method).parameters)[1:]:
            assert re.search(rf"\b{parameter}\b", signature), (name, parameter)


def test_every_link_within_a_page_of_the_reference_has_one_heading() -> None:
    for page in (ROOT / "docs/reference").glob("*.md"):
        text = page.read_text("utf-8")
        places = [objects.anchor(title) for title in re.findall(r"^#+ (.+)$", text, re.MULTILINE)]
        for place in re.findall(r"\]\(#([^)]*)\)", text):  # forges and the site number equal headings differently
            assert places.count(place) == 1, (page.name, place)


def test_members_of_a_base_on_the_same_page_are_not_repeated() -> None:
    base, heir = "grader.running.remote.Remote", "grader.running.remote.RemoteEstimator"
    alone = objects.object_page(heir, 2)
    assert "### `RemoteEstimator.is_a`" in alone
    beside = objects.object_page(heir, 2, elsewhere=[base])
    assert "### `RemoteEstimator.fit`" in beside
    assert "### `RemoteEstimator.is_a`" not in beside
    assert "It has all that `Remote` has" in beside


def test_a_long_signature_has_a_parameter_a_line() -> None:
    short = "close(x: int) -> None"
    assert objects.wrapped(short) == short
    long = (
        "close(x: dict[str, int], *, separator: str = ', ', " + "y: int = 0, " * 6 + "z: float | None = None) -> None"
    )
    lines = objects.wrapped(long).split("\n")
    assert lines[:4] == ["close(", "    x: dict[str, int],", "    *,", "    separator: str = ', ',"]
    assert lines[-2:] == ["    z: float | None = None,", ") -> None"]


def test_the_layers_on_the_page_are_the_import_contract() -> None:
    contract = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"][0]
    modules = [module.strip() for layer in contract["layers"] for module in layer.split("|")]
    page = (ROOT / "docs/architecture.md").read_text("utf-8")
    rows = re.findall(r"^\| \d* \| `(grader\.\w+)` \| (.+) \|$", page, re.MULTILINE)
    assert [module for module, _ in rows] == modules
    assert all(purpose.strip() for _, purpose in rows)


def test_the_size_of_the_course_is_that_of_its_files_and_records() -> None:
    loaded = load_course(ROOT)
    sources = [exercise.source_dir for exercise in loaded.exercises.values()]
    checks = sum(
        len(re.findall(r"^def test_", text := path.read_text("utf-8"), re.MULTILINE)) - text.count(".__test__ = False")
        for folder in sources
        for path in folder.glob("test_*.py")
    )
    rights = sum(len(list((folder / "alternates").glob("*.py"))) for folder in sources)
    records = [load_record(exercise, "small") for exercise in loaded.exercises.values()]
    mistakes = sum(record.figures.mutants for record in records if record)
    rows = re.findall(r"^\| (.+?) \| (\d+) \| (\d+) \| (\d+) \| (\d+) \|$", course.size(), re.MULTILINE)
    assert rows[-1] == ("**all**", *map(str, (len(sources), checks, mistakes, rights)))
    assert [sum(int(row[i]) for row in rows[:-1]) for i in range(1, 5)] == [int(count) for count in rows[-1][1:]]


def test_the_demo_class_is_shown_with_the_grades_of_the_records() -> None:
    loaded = load_course(ROOT)
    rows = re.findall(
        r"^│ \S+ +│ ([\w/-]+) +│ (reference|mutant|alternate)\b.*│ (\w+) +│ +([\d.]+)/(\d+) │$", course.demo(), re.M
    )
    assert len(rows) > 3
    for exercise_id, work, outcome, points, worth in rows:
        assert loaded.exercises[exercise_id].points == float(worth)
        assert (outcome == "passed") == (points == worth) == (work != "mutant"), exercise_id
