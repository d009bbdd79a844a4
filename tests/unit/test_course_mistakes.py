"""Known mistakes in exercise.toml: the catalogue's sentences are taken, and a sentence or price that cannot hold is named."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest

from grader.course import load_course
from grader.course.catalogue import TABLE, catalogue, read_catalogue
from grader.course.models import Exercise, Mutant
from grader.errors import CourseError
from grader.vocabulary import LANGS, Lang
from tests.tiny_course import write_tiny_course

TAGS = """no-bias ddof axis no-shuffle shuffle-time leak-scaling leak-selection leak-resample leak-future train-metric orient
log-base off-by-one sign label-perm sign-dependent from-logits wrong-head no-freeze no-recompile no-mask hardcode constant
in-place shape-n1 copy keyword-dump log-offset""".split()
TOLD = 'told = { en = "This divides by one too few.", ko = "하나 적은 수로 나눴어요." }'
UNTOLD, UNTOLD_SECOND = "costs = 2", "costs = 3"  # of the tiny course


def with_mutant(root: Path, text: str, second: str = UNTOLD_SECOND, languages: str = "") -> Path:
    """The tiny course with other keys in its first mutant, and in its second; the file of its exercise."""
    write_tiny_course(root, "mean")
    course, path = root / "course.toml", root / "solutions/one/u1/mean/exercise.toml"
    course.write_text(course.read_text("utf-8").replace("[tracks]", f"{languages}\n[tracks]"), "utf-8")
    before = path.read_text("utf-8")
    assert UNTOLD in before and UNTOLD_SECOND in before
    path.write_text(before.replace(UNTOLD_SECOND, second).replace(UNTOLD, text, 1), "utf-8")
    return path


def loaded(root: Path) -> Exercise:
    return load_course(root).exercise("one/u1/mean")


def refused(path: Path, root: Path) -> CourseError:
    with pytest.raises(CourseError) as caught:
        loaded(root)
    assert caught.value.file == path and caught.value.line is not None
    return caught.value


# ---- the catalogue


def test_every_tag_of_the_curriculum_has_its_sentences() -> None:
    assert sorted(catalogue()) == sorted(TAGS)
    told = [text for said in catalogue().values() for text in (said.en, said.ko)]
    assert len(set(told)) == 2 * len(TAGS)


@pytest.mark.parametrize("tag", TAGS)
def test_a_sentence_says_what_was_done_and_what_to_do(tag: str) -> None:
    said = catalogue()[tag]
    done, colon, instead = said.en.partition(": ")
    assert colon and len(done.split()) >= 4 and len(instead.split()) >= 4 and said.en.endswith(".")
    done, _, instead = said.ko.replace("(shuffle)", "").partition(". ")
    assert re.search(r"요(?:\([^)]*\))?$", done) and instead.endswith("세요.")
    assert not re.search(r"[을를이가은는]\([을를이가은는]\)", said.ko)
    assert not re.search("[가-힣]", said.en)


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ('[sign]\nen = "A sign is reversed."\n', "sign.ko", "is missing; write the sentence"),
        ('[sign]\nen = " "\nko = "부호가 반대예요."\n', "sign.en", "is missing"),
        ('[axis]\nen = "A."\nko = "가."\n[sign]\nfr = "Signe."\n', "sign", "en and ko, and no other key"),
        ('sign = "A sign is reversed."\n', "sign", "a tag has a sentence in each language"),
        ("[sign\n", None, "not valid TOML"),
    ],
)
def test_a_damaged_catalogue_is_named_with_its_tag(text: str, key: str | None, words: str, tmp_path: Path) -> None:
    path = tmp_path / "catalogue.toml"
    path.write_text(text, "utf-8")
    with pytest.raises(CourseError, match=words) as caught:
        read_catalogue(path)
    assert (caught.value.file, caught.value.key) == (path, key)


def test_the_catalogue_is_read_once_and_cannot_be_changed() -> None:
    assert catalogue() is catalogue()
    assert read_catalogue(TABLE) == catalogue()
    with pytest.raises(TypeError):
        catalogue()["sign"] = catalogue()["axis"]  # type: ignore[index]


# ---- the loader


def test_a_tag_brings_its_sentence_and_an_own_one_is_kept(tmp_path: Path) -> None:
    with_mutant(tmp_path, 'tag = "ddof"\ncosts = 2', f'tag = "constant"\n{TOLD}')
    first, second = loaded(tmp_path).mutant
    assert first.told == catalogue()["ddof"] and first.known and first.costs == 2
    assert second.told is not None and second.told["ko"] == "하나 적은 수로 나눴어요."


@pytest.mark.parametrize("lang", LANGS)
def test_a_course_in_one_language_takes_a_sentence_in_it(lang: Lang, tmp_path: Path) -> None:
    own = {"en": 'told = { en = "This divides by one too few." }', "ko": 'told = { ko = "하나 적은 수로 나눴어요." }'}
    with_mutant(tmp_path, own[lang], 'tag = "constant"', languages=f'languages = ["{lang}"]')
    told = [mutant.told for mutant in loaded(tmp_path).mutant]
    assert all(each is not None and each[lang] for each in told)


@pytest.mark.parametrize(
    ("text", "key", "words"),
    [
        ('tag = "dof"', "tag", "no tag 'dof' in the catalogue; did you mean 'ddof'"),
        ('tag = "leak-scalling"', "tag", "'leak-scaling'"),
        ('tag = "quux"', "tag", "there are: "),
        ('tag = ""', "tag", "no tag ''"),
        ('told = { en = "This divides by one too few." }', "told.ko", "is missing"),
        ('told = { en = "Off by one.", ko = "하나 적은 수로 나눴어요." }', "told.en", "too short"),
        ('told = { en = "This divides by one too few.", ko = "틀렸어요." }', "told.ko", "too short"),
        ('told = { en = "Divides by  n-1!", ko = "하나 적은 수로 나눴어요." }', "told.en", "repeats `name`"),
        ('told = { en = "It divides by n - 1", ko = "하나 적은 수로 나눴어요." }', "told.en", "repeats `name`"),
        (
            f"{TOLD}\nfails = []",
            "fails",
            "is no key any more: where a mistake shows stands in the proof record; remove it",
        ),
        ('tag = "ddof"\nsays = { test_mean = "4.5" }', "says", "say in `told` what the student reads"),
        (f'{TOLD}\nfails_full = ["test_mean"]', "fails_full", "is no key any more"),
        (f"{TOLD}\ncosts = 6.5", "costs", "costs 6.5 of 6 points; lower `costs`"),
        (f"{TOLD}\ncosts = 0", "costs", "greater than 0"),
        ("costs = 6.5", "costs", "costs 6.5 of 6 points; lower `costs`"),
    ],
)
def test_what_cannot_hold_of_a_mistake_is_named_with_its_key(text: str, key: str, words: str, tmp_path: Path) -> None:
    path = with_mutant(tmp_path, text)
    error = refused(path, tmp_path)
    assert error.key == f"mutant[0].{key}" and words in str(error)
    lines = path.read_text("utf-8").split("\n")
    assert lines[error.line - 1].startswith(key.partition(".")[0])  # type: ignore[operator]


@pytest.mark.parametrize(
    ("name", "told", "repeats"),
    [
        ("경사의 부호를 뒤집어요", "경사의 부호를 뒤집어요.", True),
        ("부호", "경사의 부호를 뒤집었어요. 빼세요.", False),
    ],
)
def test_a_korean_sentence_that_repeats_a_korean_name_is_none(
    name: str, told: str, repeats: bool, tmp_path: Path
) -> None:
    path = with_mutant(tmp_path, f'told = {{ ko = "{told}" }}', 'tag = "constant"', languages='languages = ["ko"]')
    path.write_text(path.read_text("utf-8").replace('"divides by n - 1"', f'"{name}"'), "utf-8")
    if not repeats:
        assert loaded(tmp_path).mutant[0].known
    else:
        assert refused(path, tmp_path).key == "mutant[0].told.ko"


@pytest.mark.parametrize(
    ("first", "second", "words"),
    [
        ("costs = 2", "costs = 3", "costs 3, where that costs 2"),
        ("", "costs = 3", "costs 3, where that has no stated price"),
        ("costs = 2", "", "has no stated price, where that costs 2"),
        ("costs = 2", "costs = 2.0", ""),
        ("", "", ""),
    ],
)
def test_one_sentence_has_one_price(first: str, second: str, words: str, tmp_path: Path) -> None:
    path = with_mutant(tmp_path, f'tag = "sign"\n{first}', f'tag = "sign"\n{second}')
    if not words:
        assert {mutant.costs for mutant in loaded(tmp_path).mutant} == {2.0 if first else None}
        return
    error = refused(path, tmp_path)
    assert error.key == "mutant[1].costs" and words in str(error)


def test_prices_of_other_sentences_are_free(tmp_path: Path) -> None:
    with_mutant(tmp_path, 'tag = "sign"\ncosts = 2', 'tag = "constant"\ncosts = 6')
    assert [mutant.costs for mutant in loaded(tmp_path).mutant] == [2, 6]


def test_a_mutant_outside_a_file_needs_no_catalogue() -> None:
    assert Mutant(name="x", replace=[("a", "b")], tag="ddof").told is None


# ---- other forms, and mistakes without a sentence

FORMS = """{told}
costs = 2
also = [{{ replace = [["{old}", "{new}"]] }}, {{ alternate = "{alternate}", replace = [["{old}", "{new}"]] }}]
"""


def forms(root: Path, **changed: str) -> Path:
    write_tiny_course(root, "mean")
    old, new = loaded(root).mutant[0].replace[0]
    shutil.rmtree(root)
    path = with_mutant(root, FORMS.format(**{"told": TOLD, "old": old, "new": new, "alternate": "plain", **changed}))
    shutil.copyfile(path.with_name("solution.py"), path.parent / "alternates/plain.py")
    return path


def test_other_forms_of_a_mistake_are_mutants_with_its_sentence_and_price(tmp_path: Path) -> None:
    forms(tmp_path)
    first, *others = loaded(tmp_path).mutant[:3]
    assert [each.name for each in others] == [f"{first.name} (2)", f"{first.name} (3)"]
    assert [each.alternate for each in others] == ["", "plain"]
    assert all((each.told, each.costs) == (first.told, 2.0) for each in (first, *others))
    assert [each.also for each in loaded(tmp_path).mutant] == [[]] * len(loaded(tmp_path).mutant)


@pytest.mark.parametrize(
    "changed, said",
    [
        ({"old": "nowhere to be found"}, "'nowhere to be found' is not in solution.py"),
        ({"alternate": "other"}, "there is no alternates/other.py; name one of loop, plain"),
    ],
)
def test_another_form_that_cannot_be_made_is_named_with_its_line(
    tmp_path: Path, changed: dict[str, str], said: str
) -> None:
    assert said in str(refused(forms(tmp_path, **changed), tmp_path))


def test_a_mutant_may_have_no_sentence(tmp_path: Path) -> None:
    with_mutant(tmp_path, TOLD, "")
    assert [(each.known, each.costs) for each in loaded(tmp_path).mutant[:2]] == [(True, None), (False, None)]


def test_a_value_that_betrays_a_mistake_is_no_key_any_more(tmp_path: Path) -> None:
    path = with_mutant(tmp_path, TOLD)
    path.write_text(path.read_text("utf-8") + "\n[[signatures]]\nvalue = 4.5\n", "utf-8")
    error = refused(path, tmp_path)
    assert error.key == "signatures" and "make it a [[mutant]] with `told`" in str(error)
