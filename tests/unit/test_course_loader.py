"""A course loads, or says in which file, at which key and in which line it is wrong."""

from __future__ import annotations

import json
import shutil
import tomllib
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course import Course, build_starter, find_course, init_course, load_course, write_new_exercise
from grader.course.toml_positions import KeyLines
from grader.errors import CourseError, GraderError
from grader.intake import read_class
from tests.support import release_unasked

ID = "intro/unit1/first-steps"


@pytest.fixture
def course(tmp_path: Path) -> Course:
    """A course with one working notebook exercise."""
    root = init_course(tmp_path / "my_course")
    write_new_exercise(load_course(root), ID, "notebook")
    return load_course(root)


def folder(course: Course) -> Path:
    return course.root / "solutions" / "intro" / "unit1" / "first_steps"


def edit(path: Path, change: Callable[[str], str]) -> int:
    """Change a file; returns the first line that differs now, from 1."""
    before = path.read_text("utf-8")
    after = change(before)
    assert after != before, "the edit found nothing to change"
    path.write_text(after, "utf-8")
    pairs = zip(before.split("\n"), after.split("\n"))
    return next((n for n, (a, b) in enumerate(pairs, 1) if a != b), after.count("\n"))


def test_a_course_loads_with_places_and_defaults(course: Course) -> None:
    exercise = course.exercise(ID)
    assert exercise.folder == "intro/unit1/first_steps" and exercise.name == "first_steps"
    assert exercise.source_dir == folder(course)
    assert exercise.release_dir == course.root / "exercises/intro/unit1/first_steps"
    assert exercise.card_path == course.root / "reference_models/intro/unit1/first_steps.json"
    assert exercise.limits.cell_seconds == 20 and exercise.limits.memory_mb == 2048


def test_limits_of_the_course_lie_under_those_of_the_exercise(course: Course) -> None:
    edit(course.root / "course.toml", lambda t: t.replace("[limits]", "[limits]\nmemory_mb = 999\ncell_seconds = 1"))
    limits = load_course(course.root).exercise(ID).limits
    assert (limits.memory_mb, limits.cell_seconds) == (999, 20)


@pytest.mark.parametrize("asked", [ID, "intro/unit1/first_steps", "first-steps", "first_steps"])
def test_an_exercise_is_found_by_id_folder_or_unique_name(course: Course, asked: str) -> None:
    assert course.exercise(asked).id == ID


def test_an_unknown_exercise_is_answered_with_a_near_one(course: Course) -> None:
    with pytest.raises(GraderError, match=f"there is: {ID}"):
        course.exercise("intro/unit1/frist-steps")


def test_the_course_is_found_upwards(course: Course, tmp_path: Path) -> None:
    assert find_course(folder(course)) == course.root
    with pytest.raises(GraderError, match=r"course\.toml"):
        find_course(tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "key", "words"),
    [
        ("minutes = 10", "minuets = 10", "minuets", "did you mean 'minutes'"),
        ("minutes = 10", 'minutes = "ten"', "minutes", 'found "ten"'),
        ("minutes = 10", "minutes = 10\nsource_dir = '/'", "source_dir", "unknown key"),
        ("points = 5", "points = 0", "points", "greater than 0"),
        ("cell_seconds = 20", "cell_second = 20", "limits.cell_second", "unknown key"),
        ("cell_seconds = 20", "cell_seconds = -1", "limits.cell_seconds", "found -1"),
        ('form = "notebook"', 'form = "essay"', "form", "found"),
        ('ko = "양수의 평균"', 'kr = "양수의 평균"', "title.kr", "unknown key"),
        ('defines = ["mean_positive"]', 'defines = ["mean positive"]', "defines[0]", "not a Python name"),
        (f'id = "{ID}"', 'id = "intro/unit1/other"', "id", "belongs into solutions/intro/unit1/other"),
        (f'id = "{ID}"', 'id = "Intro/First_Steps"', "id", "is not an id"),
        ('positive = values"]', 'positive = values"], ["nowhere", "x"]', "mutant[0].replace[1]", "'nowhere' is not in"),
        ("costs = 3", 'costs = 3\nfails = ["test_x"]', "mutant[0].fails", "is no key any more"),
        ("requires = []", 'requires = []\ndata = [{ name = "a.csv", source = "file" }]', "data[0]", "no file"),
        ("requires = []", 'requires = []\ndata = [{ name = "../a", source = "x" }]', "data[0].name", "plain name"),
        ("requires = []", "requires = [", None, "not valid TOML"),
    ],
)
def test_a_mistake_in_an_exercise_is_named_with_file_key_and_line(
    course: Course, old: str, new: str, key: str | None, words: str
) -> None:
    path = folder(course) / "exercise.toml"
    line = edit(path, lambda text: text.replace(old, new))
    with pytest.raises(CourseError) as caught:
        load_course(course.root).exercise(ID)
    error = caught.value
    assert words in str(error) and error.key == key and error.file == path
    if "\n" in new and key is not None:
        line = path.read_text("utf-8").split("\n").index(new.split("\n")[1]) + 1
    if key is not None:
        assert error.line == line
    else:
        assert error.line is not None and error.line >= line
    assert str(error).startswith(f"{path}:{error.line}: ")


def test_a_second_mutant_of_the_same_name_is_refused_at_its_own_line(course: Course) -> None:
    path = folder(course) / "exercise.toml"
    edit(path, lambda text: text + "\n" + text[text.rindex("[[mutant]]") :])
    with pytest.raises(CourseError, match="used twice") as caught:
        load_course(course.root).exercise(ID)
    lines = path.read_text("utf-8").split("\n")
    again = [n for n, line in enumerate(lines, 1) if line.startswith("name =")][2]
    assert (caught.value.key, caught.value.line) == ("mutant[2].name", again)


def test_a_mistake_in_the_course_file_is_named(course: Course) -> None:
    line = edit(course.root / "course.toml", lambda t: t.replace("file_mb = 20", "file_mb = 0"))
    with pytest.raises(CourseError) as caught:
        load_course(course.root)
    assert (caught.value.key, caught.value.line) == ("intake.file_mb", line)


@pytest.mark.parametrize("name", ["solution.py", "test_visible.py"])
def test_a_missing_file_is_named(course: Course, name: str) -> None:
    (folder(course) / name).unlink()
    with pytest.raises(CourseError, match=f"{name}: there is no such file"):
        load_course(course.root).exercise(ID)


def test_a_check_name_that_is_used_twice_is_refused(course: Course) -> None:
    edit(folder(course) / "test_hidden.py", lambda t: t.replace("test_no_positive_entry", "test_mean_of_three_numbers"))
    with pytest.raises(CourseError, match=r"exists already in test_visible\.py:\d+"):
        load_course(course.root).exercise(ID)


def test_a_test_file_with_a_syntax_error_is_named_with_its_line(course: Course) -> None:
    line = edit(folder(course) / "test_hidden.py", lambda t: t.replace("import pytest", "import import"))
    with pytest.raises(CourseError) as caught:
        load_course(course.root).exercise(ID)
    assert caught.value.line == line


def test_a_broken_exercise_stops_only_itself(course: Course) -> None:
    write_new_exercise(course, "intro/unit2/half")
    path = course.root / "solutions/intro/unit2/half/exercise.toml"
    line = edit(path, lambda text: text.replace("minutes = 10", "minuets = 10"))
    loaded = load_course(course.root)
    assert list(loaded.exercises) == [ID] and list(loaded.broken) == ["intro/unit2/half"]
    error = loaded.broken["intro/unit2/half"]
    assert (error.file, error.key, error.line) == (path, "minuets", line) and "did you mean 'minutes'" in str(error)
    assert loaded.exercise("first_steps").id == ID
    for asked in ("intro/unit2/half", "half"):
        with pytest.raises(CourseError, match="minuets"):
            loaded.exercise(asked)
    assert not load_course(course.root, ["intro/unit1"]).broken


def test_a_name_that_a_broken_exercise_shares_stays_ambiguous(course: Course) -> None:
    write_new_exercise(course, "intro/unit2/first-steps")
    edit(course.root / "solutions/intro/unit2/first_steps/exercise.toml", lambda text: "?" + text)
    with pytest.raises(GraderError, match=r"intro/unit1/first-steps or intro/unit2/first-steps"):
        load_course(course.root).exercise("first-steps")


def test_a_copy_beside_an_exercise_does_not_take_its_place(course: Course, tmp_path: Path) -> None:
    shutil.copytree(folder(course), folder(course).with_name("first-steps"))
    loaded = load_course(course.root)
    assert list(loaded.exercises) == [ID]
    assert list(loaded.broken) == ["solutions/intro/unit1/first-steps/exercise.toml"]
    assert loaded.exercise(ID).source_dir == folder(course)
    (tmp_path / "class/kim").mkdir(parents=True)
    (tmp_path / "class/kim/first_steps.ipynb").write_bytes(build_starter(loaded.exercise(ID)))
    taken = read_class(tmp_path / "class", loaded, loaded.intake)
    assert [(s.student, s.exercise_id, s.invalid) for s in taken.submissions] == [("kim", ID, None)]
    assert not taken.broken and not taken.warnings


def test_a_file_that_cannot_be_read_stops_only_its_exercise(course: Course) -> None:
    (folder(course) / "solution.py").unlink()
    (folder(course) / "solution.py").mkdir()
    with pytest.raises(CourseError, match=r"solution\.py"):
        load_course(course.root).exercise(ID)


@pytest.mark.parametrize("left", ["nothing", "a folder", "a link to nothing"])
def test_an_exercise_without_its_file_is_named(course: Course, left: str) -> None:
    path = folder(course) / "exercise.toml"
    path.unlink()
    if left == "a folder":
        path.mkdir()
    elif left == "a link to nothing":
        path.symlink_to("gone.toml")
    write_new_exercise(course, "intro/unit2/other")
    loaded = load_course(course.root)
    assert (list(loaded.exercises), list(loaded.broken)) == (["intro/unit2/other"], [ID])
    assert loaded.broken[ID].file == path


def test_a_broken_unit_stops_only_its_exercises(course: Course) -> None:
    write_new_exercise(course, "intro/unit2/other")
    (course.root / "solutions/intro/unit2/unit.toml").write_text('titel = "x"\n', "utf-8")
    loaded = load_course(course.root)
    assert list(loaded.exercises) == [ID]
    with pytest.raises(CourseError, match=r"unit\.toml:1: title: is missing"):
        loaded.exercise("intro/unit2/other")


def test_a_broken_exercise_of_a_students_copy_stops_only_itself(course: Course) -> None:
    write_new_exercise(course, "intro/unit2/half", "notebook")
    release_unasked(load_course(course.root))
    (course.root / "solutions").rename(course.root / "hidden")
    (course.root / "exercises/intro/unit2/half/exercise.json").write_text("{", "utf-8")
    loaded = load_course(course.root)
    assert list(loaded.exercises) == [ID]
    with pytest.raises(CourseError, match="not valid JSON"):
        loaded.exercise("half")


def test_a_copy_without_solutions_loads_from_what_a_release_wrote(course: Course, tmp_path: Path) -> None:
    release_unasked(course)
    copy = tmp_path / "copy"
    copy.mkdir()
    (copy / "course.toml").write_bytes((course.root / "course.toml").read_bytes())
    (course.root / "exercises").rename(copy / "exercises")
    exercise = load_course(copy).exercise(ID)
    assert exercise.points == 5 and exercise.mutant == [] and exercise.limits.cell_seconds == 20
    assert exercise.source_dir == exercise.release_dir == copy / "exercises/intro/unit1/first_steps"
    alone = load_course(exercise.release_dir)
    assert alone.exercise(ID).release_dir == exercise.release_dir


def test_a_damaged_released_file_is_named(course: Course, tmp_path: Path) -> None:
    (tmp_path / "exercise.json").write_text("{", "utf-8")
    with pytest.raises(CourseError, match="not valid JSON"):
        load_course(tmp_path)


def test_lines_of_keys_in_an_awkward_document() -> None:
    text = """\
# a comment with [brackets] and "quotes"
a.b = 1
"quoted key" = '''
[not.a.table]
x = 1'''
list = [
  "]", # ]
  { x = "}", y = [1,
    2] },
]
[t]
when = 1979-05-27 07:32:00
[[m]]
k = 1
[m.sub]
s = \"\"\"\\\"\"\" \"\"\"
[[m]]
k = 2
"""
    tomllib.loads(text)
    lines = KeyLines(text)
    expected = {
        ("a", "b"): 2,
        ("quoted key",): 3,
        ("list", 0): 7,
        ("list", 1, "x"): 8,
        ("list", 1, "y", 1): 9,
        ("t", "when"): 12,
        ("m", 0, "k"): 14,
        ("m", 0, "sub", "s"): 16,
        ("m", 1, "k"): 18,
        ("m", 1, "missing"): 17,
        ("nowhere",): 1,
    }
    assert {path: lines.line(path) for path in expected} == expected


strings = st.text(st.characters(codec="utf-8", exclude_characters="\x7f", exclude_categories=["Cs"]), max_size=8)
values = st.recursive(
    st.integers(-9, 9) | st.booleans() | strings,
    lambda v: st.lists(v, max_size=3) | st.dictionaries(strings, v, max_size=3),
)


def quoted(key: str) -> str:
    return json.dumps(key, ensure_ascii=False)


def as_toml(value: object) -> str:
    if isinstance(value, dict):
        return "{" + ", ".join(f"{quoted(k)} = {as_toml(v)}" for k, v in value.items()) + "}"
    if isinstance(value, list):
        return "[" + ",\n".join(as_toml(v) for v in value) + "]"
    return json.dumps(value, ensure_ascii=False)


@given(st.lists(st.tuples(strings, values), min_size=1, max_size=5, unique_by=lambda pair: pair[0]))
def test_every_key_is_found_where_it_was_written(pairs: list[tuple[str, object]]) -> None:
    text, expected = "", {}
    for key, value in pairs:
        expected[key] = text.count("\n") + 1
        text += f"{quoted(key)} = {as_toml(value)}\n"
    assert tomllib.loads(text) == dict(pairs)
    assert {key: KeyLines(text).line((key,)) for key in expected} == expected


@given(st.text(max_size=60))
def test_lines_of_any_text_are_found_without_an_exception(text: str) -> None:
    assert KeyLines(text).line(("a", 0, "b")) >= 1
