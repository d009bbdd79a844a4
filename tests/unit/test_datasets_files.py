"""Datasets as files: deterministic small profile, checked full profile, errors that say what to do."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest

from grader.datasets import DATASETS, canonical, data_folder, ensure, fetch, load
from grader.datasets.files import _small
from grader.errors import GraderError

MIRROR = Path(__file__).resolve().parents[3] / "shared" / "data"
needs_mirror = pytest.mark.skipif(not MIRROR.is_dir(), reason="the real files are looked for in ../shared/data")


@pytest.fixture(autouse=True)
def own_data_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("GRADER_DATA", str(tmp_path / "kept"))
    return tmp_path / "kept"


@pytest.mark.parametrize("name", sorted(DATASETS))
def test_small_profile_is_the_same_bytes_each_time(name: str, tmp_path: Path) -> None:
    ensure([name], "small", tmp_path / "one")
    _small.cache_clear()
    ensure([name], "small", tmp_path / "two")
    for file in DATASETS[name].files:
        assert (tmp_path / "one" / file.name).read_bytes() == (tmp_path / "two" / file.name).read_bytes()


def test_ensure_restores_a_changed_file_and_leaves_no_other(tmp_path: Path) -> None:
    ensure(["titanic"], "small", tmp_path / "data")
    before = (tmp_path / "data" / "train.csv").read_bytes()
    (tmp_path / "data" / "train.csv").write_bytes(b"PassengerId\n1\n")
    ensure(["titanic"], "small", tmp_path / "data")
    assert (tmp_path / "data" / "train.csv").read_bytes() == before
    assert sorted(path.name for path in (tmp_path / "data").iterdir()) == ["test.csv", "train.csv"]


def test_load_reads_what_a_student_reads(tmp_path: Path) -> None:
    ensure(["housing", "digits28"], "small", tmp_path)
    pd.testing.assert_frame_equal(load("housing", "small")["housing"], pd.read_csv(tmp_path / "housing.csv"))
    with np.load(tmp_path / "digits28.npz", allow_pickle=False) as archive:
        for name, array in load("digits28", "small").items():
            np.testing.assert_array_equal(archive[name], array)


def test_what_a_caller_changes_does_not_reach_the_next() -> None:
    table = load("titanic", "small")["train"]
    table["Survived"] = 7
    assert load("titanic", "small")["train"]["Survived"].max() == 1


def test_unknown_dataset_names_those_there_are(tmp_path: Path) -> None:
    with pytest.raises(GraderError, match=r"'boston'.*housing.*titanic"):
        ensure(["boston"], "small", tmp_path)


def test_full_profile_that_was_not_fetched_says_how(tmp_path: Path) -> None:
    with pytest.raises(GraderError, match="grader data fetch titanic"):
        ensure(["titanic"], "full", tmp_path)


def test_what_has_no_address_is_generated_in_both_profiles(own_data_folder: Path) -> None:
    assert fetch(["mails"]) == []
    assert not own_data_folder.exists()
    pd.testing.assert_frame_equal(load("mails", "full")["mails"], load("mails", "small")["mails"])


@needs_mirror
@pytest.mark.parametrize("name", ["housing", "lifesat", "titanic"])
def test_full_profile_comes_from_a_mirror_once(name: str, tmp_path: Path) -> None:
    first = fetch([name], mirror=MIRROR)
    assert fetch([name], mirror=tmp_path / "no such mirror") == first
    small, full = load(name, "small"), load(name, "full")
    for part, table in full.items():
        assert list(small[part].columns) == list(table.columns)
        assert list(small[part].dtypes) == list(table.dtypes)


@needs_mirror
def test_kept_file_that_was_changed_is_refused() -> None:
    (train, _) = fetch(["titanic"], mirror=MIRROR)
    train.write_bytes(train.read_bytes().replace(b"male", b"mail", 1))
    with pytest.raises(GraderError, match="has been changed"):
        load("titanic", "full")
    assert fetch(["titanic"], mirror=MIRROR)[0].read_bytes().count(b"mail") == 0


def test_mirror_with_another_table_is_refused(tmp_path: Path) -> None:
    (tmp_path / "housing").mkdir()
    (tmp_path / "housing" / "housing.csv").write_text("a,b\n1,2\n")
    with pytest.raises(GraderError, match=r"housing\.csv: SHA-256"):
        fetch(["housing"], mirror=tmp_path)
    assert not (data_folder() / "housing" / "housing.csv").exists()


def test_canonical_form_ignores_line_ends_and_the_look_of_numbers() -> None:
    assert canonical(b"Age,Name\r\n22,A\r\n,B\r\n") == canonical(b"Age,Name\n22.0,A\n,B\n") == b"Age,Name\n22.0,A\n,B\n"
