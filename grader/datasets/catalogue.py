"""What datasets there are: their files, where the real ones come from, their checksums, licences and generators."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any, Literal

from grader.datasets import digits, housing, lifesat, mails, titanic


@dataclass(frozen=True)
class DataFile:
    """One file of a dataset.

    Attributes
    ----------
    name : str
        As a student sees it under ``data/``.
    address : str
        Where the real file is served; empty where there is none: such a file is generated in both profiles.
    sha256 : str
        Checksum (hex). For ``table`` files over the canonical text (see `grader.datasets.files.canonical`), because the
        same table is served with ``22`` and ``22.0`` and with either line end; for ``arrays`` over the bytes.
    kind : {"table", "arrays"}
        A CSV table, or an ``.npz`` of plain arrays (read without pickle).
    """

    name: str
    address: str = ""
    sha256: str = ""
    kind: Literal["table", "arrays"] = "table"

    @property
    def stem(self) -> str:
        return self.name.rpartition(".")[0]


@dataclass(frozen=True)
class Dataset:
    """One dataset in both profiles: ``generate`` makes the small one, ``files`` say where the full one comes from.

    ``generate()`` returns a DataFrame for each table, by the file's stem, or the arrays of the one ``.npz`` by their
    names. ``checked`` says whether the checksums were compared with what the addresses serve (they were taken from a
    copy of the files where not); a fetch refuses a table that differs either way.
    """

    name: str
    title: str
    licence: str
    files: tuple[DataFile, ...]
    generate: Callable[[], Mapping[str, Any]]
    checked: bool = False


_BOOK = "https://raw.githubusercontent.com/ageron/handson-ml2/master/datasets"
_BOOK_3 = "https://raw.githubusercontent.com/ageron/data/main"

_ALL = (
    Dataset(
        name="housing",
        title="California districts, 1990 census (20,640 rows); small: 4,000 generated districts",
        licence="public domain (United States census, through StatLib)",
        files=(
            DataFile(
                "housing.csv",
                f"{_BOOK}/housing/housing.csv",
                "2364609dc48bec7df3ba9dbb7041478e704ecddcee70ef1827ec3fc49d22c0cc",
            ),
        ),
        generate=housing.generate,
    ),
    Dataset(
        name="lifesat",
        title="GDP per capita and life satisfaction (27 countries, 2020); small: seven of them",
        licence="World Bank (CC BY 4.0) and OECD Better Life Index (OECD terms, with attribution)",
        files=(
            DataFile(
                "lifesat.csv",
                f"{_BOOK_3}/lifesat/lifesat.csv",
                "e247f7f6c19b0d8c55fb2af293f4fb3b710e31476534ad8e9b7e06ea546a2099",
            ),
        ),
        generate=lifesat.generate,
    ),
    Dataset(
        name="titanic",
        title="Titanic passengers (891 + 418 rows); small: as many generated passengers",
        licence="public domain (Encyclopedia Titanica's facts, in the form of the Kaggle competition)",
        files=(
            DataFile(
                "train.csv",
                f"{_BOOK}/titanic/train.csv",
                "14769fb1850e2d26d8e6db0ee49c213878040432827e39b13caaa15603c6598f",
            ),
            DataFile(
                "test.csv",
                f"{_BOOK}/titanic/test.csv",
                "d88facfbcf53fe855b1c15290521aee9c61b3a6283631fa953983a95bacf1399",
            ),
        ),
        generate=titanic.generate,
    ),
    Dataset(
        name="digits28",
        title="Handwritten digits, 28×28 (full: MNIST, 60,000 + 10,000; small: scikit-learn's 1,797 enlarged)",
        licence="MNIST: CC BY-SA 3.0; scikit-learn's digits: UCI, CC BY 4.0",
        files=(
            DataFile(
                "digits28.npz",
                "https://storage.googleapis.com/tensorflow/tf-keras-datasets/mnist.npz",
                "731c5ac602752760c8e48fbffcf8c3b850d9dc2a2aedcf2cc48468fc17b673d1",  # as Keras states it
                kind="arrays",
            ),
        ),
        generate=digits.generate,
    ),
    Dataset(
        name="mails",
        title="Make-believe mails, a sixth of them spam (600 generated mails in both profiles)",
        licence="generated here",
        files=(DataFile("mails.csv"),),
        generate=mails.generate,
    ),
)

DATASETS: Mapping[str, Dataset] = MappingProxyType({dataset.name: dataset for dataset in _ALL})
