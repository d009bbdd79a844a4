"""One source builds the reference and the starter; nothing of a solution is in the starter."""

from __future__ import annotations

import json
from pathlib import Path

import nbformat
import pytest

from grader.course import Exercise, alternates, build_reference, build_starter, read_source
from grader.course.models import Bilingual, Mutant
from grader.course.source import parse_source
from grader.errors import CourseError

SOURCE = '''\
# %% [markdown] lang="en"
# # Title
#
# Text with `code`.

# %% [markdown] lang="ko"
# # 제목

# %% [markdown]
# For both.

# %%
import numpy as np

GIVEN = 3


# %%
def area(r):
    """Area of a circle."""
    # SOLUTION
    secret = np.pi
    return secret * r**2
    # END SOLUTION


# %% tags=["solution-only"]
def helper_secret():
    return 1


# %%
# SOLUTION
# STUB: answer = ""  # your choice
answer = "secret"
# END SOLUTION
print(answer)

# %%
# SOLUTION
first, (second, *rest) = 1, (2, 3)
for i in range(3):
    third = i
other: int = 4
rest[0] = 5
# END SOLUTION


# %%
class Model:
    """A class."""

    # SOLUTION
    # The comment is a secret too.
    def fit(self, X, y=None):
        self.secret_ = 1
        return self

    @property
    def size(self):
        return 1
    # END SOLUTION

    def score(self):
        for _ in range(3):
            # SOLUTION
            return "secret"
            # END SOLUTION
'''


def make(tmp_path: Path, text: str = SOURCE, form: str = "notebook", **values: object) -> Exercise:
    (tmp_path / "solution.py").write_text(text, "utf-8")
    title = Bilingual(en="S", ko="에스")
    return Exercise.model_validate(
        {"id": "a/b", "title": title, "form": form, "kind": [], "points": 1, "source_dir": tmp_path, **values}
    )


def code_of(data: bytes) -> list[str]:
    return [cell["source"] for cell in nbformat.reads(data.decode(), 4).cells if cell.cell_type == "code"]


def test_the_reference_is_the_solution_without_markers(tmp_path: Path) -> None:
    cells = code_of(build_reference(make(tmp_path)))
    text = "\n".join(cells)
    assert "SOLUTION" not in text and "STUB" not in text
    assert cells[1].endswith("    secret = np.pi\n    return secret * r**2")
    assert cells[3] == 'answer = "secret"\nprint(answer)'
    compile(text, "reference", "exec")


def test_stubs_stand_where_the_solution_was(tmp_path: Path) -> None:
    cells = code_of(build_starter(make(tmp_path)))
    here = "# 여기에 코드를 작성하세요 / Write your code here"
    raising = 'raise NotImplementedError("아직 작성하지 않았습니다 / not written yet")'
    assert cells[1] == f'def area(r):\n    """Area of a circle."""\n    {here}\n    {raising}'
    assert cells[2] == f'{here}\nanswer = ""  # your choice\nprint(answer)'
    assert cells[3] == f"{here}\nfirst = ...\nsecond = ...\nrest = ...\nthird = ...\nother = ..."
    assert f"    def fit(self, X, y=None):\n        {raising}\n" in cells[4]
    assert f"    @property\n    def size(self):\n        {raising}\n" in cells[4]
    assert cells[4].endswith(f"        for _ in range(3):\n            {here}\n            {raising}")
    compile("\n".join(cells), "starter", "exec")


def test_where_a_region_binds_names_to_define_its_helpers_are_not_mentioned(tmp_path: Path) -> None:
    cells = code_of(build_starter(make(tmp_path, defines=["second", "other"])))
    assert cells[3].split("\n")[1:] == ["second = ...", "other = ..."]


@pytest.mark.parametrize("form", ["notebook", "module"])
@pytest.mark.parametrize("lang", [None, "en", "ko"])
def test_nothing_of_the_solution_is_in_the_starter(tmp_path: Path, form: str, lang: str | None) -> None:
    starter = build_starter(make(tmp_path, form=form), lang).decode()  # type: ignore[arg-type]
    assert "secret" not in starter and "SOLUTION" not in starter and "STUB" not in starter


def test_a_language_can_be_picked(tmp_path: Path) -> None:
    exercise = make(tmp_path)
    both, korean = build_starter(exercise).decode(), build_starter(exercise, "ko").decode()
    assert "# Title" in both and "# 제목" in both and "For both." in both
    assert "# Title" not in korean and "# 제목" in korean and "For both." in korean
    assert "Write your code here" not in korean and "여기에 코드를 작성하세요" in korean


def test_a_notebook_is_valid_and_its_ids_are_the_references(tmp_path: Path) -> None:
    exercise = make(tmp_path)
    starter, reference = (json.loads(build(exercise)) for build in (build_starter, build_reference))
    for notebook in (starter, reference):
        nbformat.validate(notebook)
    by_id = {cell["id"]: cell for cell in reference["cells"]}
    assert all(by_id[cell["id"]]["cell_type"] == cell["cell_type"] for cell in starter["cells"])
    assert starter["cells"][0]["metadata"] == {"lang": "en"}


@pytest.mark.parametrize("form", ["notebook", "module"])
def test_the_same_source_gives_the_same_bytes(tmp_path: Path, form: str) -> None:
    exercise = make(tmp_path, form=form)
    assert build_starter(exercise) == build_starter(exercise)
    assert build_reference(exercise) == build_reference(exercise)
    (tmp_path / "solution.py").write_bytes(SOURCE.replace("\n", "\r\n").encode())
    crlf = build_starter(exercise)
    (tmp_path / "solution.py").write_text(SOURCE, "utf-8")
    assert crlf == build_starter(exercise)


def test_a_module_is_python_with_the_prompt_on_top_and_reads_back(tmp_path: Path) -> None:
    exercise = make(tmp_path, form="module")
    starter = build_starter(exercise).decode()
    compile(starter, "starter", "exec")
    assert starter.startswith('# %% [markdown] lang="en"\n# # Title\n#\n# Text with `code`.\n\n')
    again = parse_source(starter, Path("starter.py"), "module")
    assert [cell.text for cell in again.cells if cell.kind == "markdown"][1] == "# 제목"
    namespace: dict[str, object] = {}
    exec(compile(build_reference(exercise), "reference", "exec"), namespace)
    assert namespace["area"](1) > 3.14  # type: ignore[operator]


def test_magics_are_magics_in_a_notebook_and_comments_in_a_module(tmp_path: Path) -> None:
    text = "# %%\n# %matplotlib inline\nx = 1\n"
    assert code_of(build_reference(make(tmp_path, text)))[0].startswith("%matplotlib")
    assert "# %matplotlib" in build_reference(make(tmp_path, text, "module")).decode()


def test_a_mutant_is_replaced_in_code_and_an_unknown_one_is_refused(tmp_path: Path) -> None:
    mutants = [
        Mutant(name="cubed", replace=[("r**2", "r**3"), ("r**3", "r**4")]),
        Mutant(name="prompt only", replace=[("For both.", "x")]),
    ]
    exercise = make(tmp_path, mutant=mutants)
    assert "secret * r**4" in code_of(build_reference(exercise, "cubed"))[1]
    with pytest.raises(CourseError, match=r"'For both\.' is not in the code"):
        build_reference(exercise, "prompt only")
    with pytest.raises(CourseError, match="no mutant 'other'; there are: 'cubed'"):
        build_reference(exercise, "other")


def test_an_alternate_is_built_from_its_own_file(tmp_path: Path) -> None:
    exercise = make(tmp_path)
    (tmp_path / "alternates").mkdir()
    (tmp_path / "alternates" / "short.py").write_text("# %%\nanswer = 2\n", "utf-8")
    assert alternates(exercise) == ["short"]
    assert code_of(build_reference(exercise, alternate="short")) == ["answer = 2"]
    with pytest.raises(CourseError, match="there are: short"):
        read_source(exercise, "long")


@pytest.mark.parametrize(
    ("text", "line", "words"),
    [
        ("# %%\n# SOLUTION\nx = 1\n", 2, "never closed"),
        ("# %%\nx = 1\n# END SOLUTION\n", 3, "without a '# SOLUTION'"),
        ("# %%\n# SOLUTION\n# SOLUTION\nx = 1\n# END SOLUTION\n", 3, "inside the region that begins in line 2"),
        ("# %%\n# SOLUTION\n\n# only words\n# END SOLUTION\n", 5, "holds no code"),
        ("# %%\n# STUB: x = 1\n", 2, "outside a region"),
        ("# %%\n# SOLUTION\nx = 1\n\n# %%\n# END SOLUTION\n", 2, "a new cell begins"),
        ("# %%\n#SOLUTION\nx = 1\n", 2, "looks like a marker"),
        ("# %%\n# BEGIN SOLUTION\nx = 1\n", 2, "looks like a marker"),
        ("# %%\n# SOLUTION\nx = 1\n# stub: x = 2\n# END SOLUTION\n", 4, "looks like a marker"),
        ("# %%\nx = 1\n\n# %%\n\n# SOLUTION\nx = = 1\n# END SOLUTION\n", 6, "cannot make a stub"),
        (
            "# %%\ndef f():\n    # SOLUTION\n    # STUB: # nothing\n    x = 1\n    # END SOLUTION\n",
            2,
            "not valid Python",
        ),
        ('# %%\nx = 1\n\n# %% [markdown] lang="fr"\n# Bonjour\n', 5, "unknown language 'fr'"),
        ("# %% [markdown]\n# Words\n", 1, "no code cell"),
    ],
)
def test_a_mistake_in_a_source_is_named_with_its_line(tmp_path: Path, text: str, line: int, words: str) -> None:
    with pytest.raises(CourseError) as caught:
        build_starter(make(tmp_path, text))
    assert words in str(caught.value) and caught.value.line == line


def test_a_source_that_is_not_utf8_is_named_with_its_line(tmp_path: Path) -> None:
    exercise = make(tmp_path)
    (tmp_path / "solution.py").write_bytes("# %%\nx = '가'\n".encode("cp949"))
    with pytest.raises(CourseError, match="UTF-8") as caught:
        read_source(exercise)
    assert caught.value.line == 2
