"""Datasets as files: write the small profile, keep and check the full one. Nothing is unpickled, nothing is executed."""

from __future__ import annotations

import csv
import hashlib
import io
import os
import zipfile
from collections.abc import Sequence
from functools import lru_cache
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import platformdirs
import pooch

from grader.course.models import Profile
from grader.datasets.catalogue import DATASETS, DataFile, Dataset
from grader.errors import GraderError


def ensure(names: Sequence[str], profile: Profile, into: Path) -> None:
    """Write the public files of these datasets into a folder; files that are there already with that content stay.

    Parameters
    ----------
    names : sequence of str
        Keys of ``DATASETS``.
    profile : {"small", "full"}
    into : Path
        Made where missing.

    Raises
    ------
    GraderError
        A name is unknown, or the full profile has not been fetched (the message says how).
    """
    into.mkdir(parents=True, exist_ok=True)
    for name in names:
        dataset = _dataset(name)
        for file in dataset.files:
            content, target = _content(dataset, file, profile), into / file.name
            if not (target.is_file() and target.read_bytes() == content):
                # Several workers may prepare one folder: the file appears whole or not at all.
                partial = target.with_name(f".{target.name}.{os.getpid()}")
                partial.write_bytes(content)
                partial.replace(target)


def load(name: str, profile: Profile) -> dict[str, Any]:
    """Read a dataset on the trusted side, exactly as a student's ``read_csv`` or ``numpy.load`` would.

    Returns
    -------
    dict
        A fresh DataFrame per table by the file's stem (``load("titanic", "small")["train"]``), or the arrays of an
        ``.npz`` by their names (``load("digits28", "small")["x_train"]``).

    Raises
    ------
    GraderError
        As `ensure` does.
    """
    dataset, parts = _dataset(name), {}
    for file in dataset.files:
        stream = io.BytesIO(_content(dataset, file, profile))
        if file.kind == "table":
            parts[file.stem] = pd.read_csv(stream)
        else:
            with np.load(stream, allow_pickle=False) as archive:
                parts.update({key: archive[key] for key in archive.files})
    return parts


def fetch(names: Sequence[str], mirror: Path | None = None) -> list[Path]:
    """Bring the full profile into the user's data folder, from its addresses or from a mirror, and check it.

    Parameters
    ----------
    names : sequence of str
        Keys of ``DATASETS``.
    mirror : Path, optional
        A folder that holds ``<dataset>/<file>``; nothing is downloaded then.

    Returns
    -------
    list of Path
        The files, each proven to have the checksum of the catalogue. What is there already is not fetched again.

    Raises
    ------
    GraderError
        A file cannot be had, or its content is not the one of the catalogue.
    """
    fetched = []
    for name in names:
        dataset = _dataset(name)
        for file in dataset.files:
            if not file.address:
                continue  # generated in both profiles
            target = data_folder() / dataset.name / file.name
            if not target.is_file() or _digest(target.read_bytes()) != file.sha256:
                target.parent.mkdir(parents=True, exist_ok=True)
                content = _checked(file, _mirrored(dataset, file, mirror) if mirror else _downloaded(dataset, file))
                partial = target.with_name(f".{target.name}.{os.getpid()}")
                partial.write_bytes(content)
                partial.replace(target)
            fetched.append(target)
    return fetched


def data_folder() -> Path:
    """Where fetched data is kept: ``$GRADER_DATA``, or the platform's folder for a user's data."""
    chosen = os.environ.get("GRADER_DATA")
    return Path(chosen) if chosen else Path(platformdirs.user_data_dir("grader")) / "datasets"


def canonical(table: bytes) -> bytes:
    """Rewrite a CSV table the one way that checksums are taken of.

    Lines end with ``\\n``, only what must be is quoted, and a column of numbers is written either as integers or, where
    one value is not an integer or is missing, as Python writes floats. No version of pandas has a say in it.

    Raises
    ------
    ValueError
        It is not a table in UTF-8 with as many values in every row as in the header.
    """
    header, *rows = csv.reader(io.StringIO(table.decode("utf-8-sig"), newline=""))
    columns = [_canonical_column(values) for values in zip(*rows, strict=True)]
    if len(columns) != len(header):
        raise ValueError(f"{len(header)} names for {len(columns)} columns")
    stream = io.StringIO()
    csv.writer(stream, lineterminator="\n").writerows([header, *zip(*columns, strict=True)])
    return stream.getvalue().encode()


def _canonical_column(values: Sequence[str]) -> Sequence[str]:
    try:
        numbers = [float(value) if value else None for value in values]
    except ValueError:
        return values
    if all(number is not None and number.is_integer() and "." not in value for number, value in zip(numbers, values)):
        return [str(int(value)) for value in values]
    return ["" if number is None else repr(number) for number in numbers]


def _dataset(name: str) -> Dataset:
    if name not in DATASETS:
        raise GraderError(f"no dataset is called {name!r}; there are: {', '.join(DATASETS)}")
    return DATASETS[name]


def _digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def _content(dataset: Dataset, file: DataFile, profile: Profile) -> bytes:
    if profile == "small" or not file.address:
        return _small(dataset.name)[file.name]
    kept = data_folder() / dataset.name / file.name
    if not kept.is_file():
        raise GraderError(
            f"{kept}: the full profile of {dataset.name!r} has not been fetched; run `grader data fetch {dataset.name}` "
            "(with `--mirror FOLDER` where there is no network), or use the small profile"
        )
    content = kept.read_bytes()
    if _digest(content) != file.sha256:
        raise GraderError(f"{kept}: the file has been changed; delete it and run `grader data fetch {dataset.name}`")
    return content


@lru_cache(maxsize=8)
def _small(name: str) -> dict[str, bytes]:
    dataset = DATASETS[name]
    parts = dataset.generate()
    return {
        file.name: parts[file.stem].to_csv(index=False, lineterminator="\n").encode()
        if file.kind == "table"
        else _archive(dict(parts))
        for file in dataset.files
    }


def _archive(arrays: dict[str, Any]) -> bytes:
    """Pack arrays as an ``.npz`` whose bytes depend on nothing but them (``numpy.savez`` writes the time of day)."""
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, array in arrays.items():
            body = io.BytesIO()
            np.lib.format.write_array(body, array, allow_pickle=False)
            archive.writestr(zipfile.ZipInfo(f"{name}.npy", (1980, 1, 1, 0, 0, 0)), body.getvalue())
    return stream.getvalue()


def _mirrored(dataset: Dataset, file: DataFile, mirror: Path) -> bytes:
    source = mirror / dataset.name / file.name
    if not source.is_file():
        raise GraderError(f"{source}: not in the mirror; it should hold {dataset.name}/{file.name}")
    return source.read_bytes()


def _downloaded(dataset: Dataset, file: DataFile) -> bytes:
    try:
        # A table's checksum is over its canonical text, which only `_checked` sees.
        known = None if file.kind == "table" else f"sha256:{file.sha256}"
        path = pooch.retrieve(
            file.address, known_hash=known, fname=f"{file.name}.download", path=data_folder() / dataset.name
        )
    except (OSError, ValueError) as error:
        raise GraderError(
            f"{file.address}: cannot be fetched ({type(error).__name__}: {error}); check the network, or pass a folder "
            f"that holds {dataset.name}/{file.name} with `--mirror`"
        ) from error
    content = Path(path).read_bytes()
    Path(path).unlink()
    return content


def _checked(file: DataFile, content: bytes) -> bytes:
    try:
        if file.kind == "table":
            content = canonical(content)
    except ValueError as error:
        raise GraderError(f"{file.name}: what was served is not the table expected ({error})") from error
    if (found := _digest(content)) != file.sha256:
        raise GraderError(
            f"{file.name}: SHA-256 {found} instead of {file.sha256}; the file at the source has been changed or damaged"
        )
    return content
