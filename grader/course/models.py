"""What a course, an exercise and a student's submission are. Pure data; the loader fills them."""

from __future__ import annotations

import difflib
from pathlib import Path
from typing import Annotated, Any, Literal

from pydantic import BaseModel, ConfigDict, Field, model_validator

from grader.errors import CourseError, GraderError
from grader.vocabulary import Lang, Text

COURSE_FILE = "course.toml"
Form = Literal["notebook", "module"]
Profile = Literal["small", "full"]
KerasBackend = Literal["tensorflow", "jax", "torch"]


class Model(BaseModel):
    """Strict base: unknown keys are errors, values do not change."""

    model_config = ConfigDict(extra="forbid", frozen=True)


class Bilingual(Model):
    """A title or sentence in English and Korean; a course in one language needs that one only."""

    en: str = ""
    ko: str = ""

    def __getitem__(self, lang: Lang) -> str:
        return Text(self.en, self.ko)[lang]


class Limits(Model):
    """What one run may use. Seconds are wall time unless they say CPU; sizes are MiB."""

    cell_seconds: Annotated[float, Field(gt=0)] = 60
    call_seconds: Annotated[float, Field(gt=0)] = 30
    total_seconds: Annotated[float, Field(gt=0)] = 300
    cpu_seconds: Annotated[int, Field(gt=0)] = 300
    memory_mb: Annotated[int, Field(gt=0)] = 2048
    scratch_mb: Annotated[int, Field(gt=0)] = 256
    files: Annotated[int, Field(gt=0)] = 20_000
    output_mb: Annotated[float, Field(gt=0)] = 4
    processes: Annotated[int, Field(gt=0)] = 256
    open_files: Annotated[int, Field(gt=0)] = 512
    reply_mb: Annotated[int, Field(gt=0)] = 64
    threads: Annotated[int, Field(gt=0)] = 2


class IntakeLimits(Model):
    """What a submission may look like on arrival."""

    file_mb: Annotated[float, Field(gt=0)] = 20
    total_mb: Annotated[float, Field(gt=0)] = 100
    files: Annotated[int, Field(gt=0)] = 200
    cells: Annotated[int, Field(gt=0)] = 1000


class DataFile(Model):
    """One public data file: ``name`` as the student sees it under ``data/``; ``source`` names the dataset."""

    name: str
    source: str  # "housing", "titanic", ... a key of grader.datasets, or "file" for one kept beside the exercise


class OtherForm(Model):
    """Another way to make the same mistake: literal replacements in the solution, or in an alternate."""

    replace: list[tuple[str, str]]
    alternate: str = ""


class Mutant(Model):
    """A known mistake: literal replacements in a right solution, the sentence that whoever makes it reads, and its price.

    A mutant without a sentence shows in no question, only in a metric, a property or a limit: whoever makes it reads what
    the check says.

    Attributes
    ----------
    alternate : str
        File stem under ``alternates/`` in which the replacements are made; the solution by default.
    told : Bilingual or None
        What was done and what to do instead. The loader takes it from the catalogue where only ``tag`` is given.
    tag : str
        Name of a recurring mistake in the catalogue (`grader.course.catalogue`).
    costs : float or None
        Points that it costs, however many checks it shows in; by default those of the dearest check that it fails. Of a
        mutant without a sentence: what it must lose at least.
    also : list of OtherForm
        Other forms of it. The loader makes mutants of them, ``name (2)`` and so on.
    """

    name: str
    replace: list[tuple[str, str]]
    alternate: str = ""
    told: Bilingual | None = None
    tag: str = ""
    costs: Annotated[float, Field(gt=0)] | None = None
    also: list[OtherForm] = []

    @property
    def known(self) -> bool:
        """Whether students are told of it."""
        return self.told is not None


class Tolerance(Model):
    """How closely an answer must agree with the reference's where a check names nothing else; as `numpy.isclose` takes them.

    Where the exercise states no ``atol``, it is a thousandth of ``rtol`` times the largest number of the reference's answer.
    """

    rtol: Annotated[float, Field(ge=0)] = 1e-6
    atol: Annotated[float, Field(ge=0)] | None = None


class Bonus(Model):
    """Points beyond all others for a metric better than the reference's: none at its best value, all from ``at`` on."""

    points: Annotated[float, Field(gt=0)]
    at: float


class Metric(Model):
    """How a calibrated metric reads.

    ``direction`` says which way is better; ``edge``, where the exercise states it, is where full credit begins instead
    of the edge that calibration finds. ``metric`` names one of `grader.metrics`, whose direction it then has.
    """

    metric: str | None = None
    direction: Literal["higher", "lower"] = "higher"
    title: Bilingual | None = None
    edge: float | None = None
    bonus: Bonus | None = None

    @model_validator(mode="before")
    @classmethod
    def _direction_of_the_metric(cls, given: Any) -> Any:
        name = given.get("metric") if isinstance(given, dict) else None
        if not isinstance(name, str):
            return given
        from grader.metrics import get_metric  # scikit-learn takes a second to import

        try:
            direction = get_metric(name).direction
        except GraderError as error:
            raise ValueError(str(error)) from None
        if given.get("direction", direction) != direction:
            raise ValueError(f"of {name}, {direction} is better; remove direction")
        return {**given, "direction": direction}


class Allowance(Model):
    """Why one machine-made adversary may earn more than it should: a share of the points, and the reason."""

    name: str
    most: Annotated[float, Field(ge=0, le=1)]
    reason: Annotated[str, Field(min_length=1)]


class AdversaryRules(Model):
    """What machine-made adversaries may earn at most, as shares of the points, where the defaults are too strict."""

    most: Annotated[float, Field(ge=0, le=1)] | None = None
    reason: str = ""
    each: list[Allowance] = []

    def share(self, name: str) -> float | None:
        """The share that is stated for an adversary; None where the default holds."""
        return next((allowed.most for allowed in self.each if allowed.name == name), self.most)


class Harmless(Model):
    """A generated mutant that changes nothing that matters: the line as it was, as it became, and why that is right."""

    was: str
    now: str
    reason: Annotated[str, Field(min_length=1)]


class Exercise(Model):
    """``solutions/<id with underscores>/exercise.toml``."""

    id: str  # as in the curriculum: "homl/ch04/softmax-regression"
    title: Bilingual
    form: Form
    kind: list[str]  # "function", "estimator", "numeric", "choice", "short-answer", "pipeline", "plot", "metric",
    #                   "keras", "generative", "agent", "files"
    points: Annotated[float, Field(gt=0)]  # the sum of all checks' points; validate proves it
    minutes: int = 30  # how long a student is expected to take
    requires: list[str] = []  # import names beyond numpy: "sklearn", "pandas", "matplotlib", "tensorflow"
    gpu: bool = False  # runs on a GPU slot; where there is none, on the CPU with the profile "small"
    keras_backend: KerasBackend | None = (
        None  # the one that is installed by default: TensorFlow, else JAX, else PyTorch
    )
    defines: list[str] = []  # names a submission must define, for messages and the prompt
    starter_points: float = 0  # at most this much for the untouched starter
    limits: Limits = Limits()
    data: list[DataFile] = []
    metrics: dict[str, Metric] = {}
    curve: str | None = None  # dotted path to a learning curve (list of float): "network.history.history.loss"
    tolerance: Tolerance = Tolerance()
    charge_once: bool = True  # a known mistake costs its price; else every check that it fails costs its points
    mutant: list[Mutant] = []
    adversaries: AdversaryRules = AdversaryRules()
    harmless: list[Harmless] = []

    # set by the loader, not by the file
    source_dir: Path = Field(default=Path(), exclude=True)
    release_dir: Path = Field(default=Path(), exclude=True)
    card_path: Path = Field(default=Path(), exclude=True)

    @property
    def track(self) -> str:
        return self.id.split("/")[0]

    @property
    def unit(self) -> str:
        return "/".join(self.id.split("/")[:-1])

    @property
    def name(self) -> str:
        """Last part of the id, with underscores: the file stem of a submission."""
        return self.id.split("/")[-1].replace("-", "_")

    @property
    def folder(self) -> str:
        """The id as a folder: ``homl/ch04/softmax_regression``."""
        return self.id.replace("-", "_")

    @property
    def suffix(self) -> str:
        return ".ipynb" if self.form == "notebook" else ".py"

    def profile_on(self, asked: Profile, has_gpu: bool) -> Profile:
        """The profile it runs with: the small one where it asks for a GPU and there is none."""
        return "small" if self.gpu and not has_gpu else asked


class Unit(Model):
    """``solutions/<track>/<unit>/unit.toml``: what a unit is called, and what its exercises train."""

    title: Bilingual
    trains: Bilingual | None = None


class Course(Model):
    """``course.toml``, with what lies under it.

    Attributes
    ----------
    broken : dict[str, CourseError]
        Exercises that cannot be loaded, by id as their folders give it, with what is wrong. They are not in ``exercises``.
    """

    model_config = ConfigDict(arbitrary_types_allowed=True)

    name: str
    title: Bilingual
    languages: Annotated[list[Lang], Field(min_length=1)] = ["en", "ko"]  # what students read; reports are in the first
    profile: Profile = "small"
    seeds: Annotated[int, Field(ge=5)] = 5  # how many calibrate and validate use
    limits: dict[str, Any] = {}  # defaults laid under each exercise's own [limits]
    gpu: bool = False  # of exercises that do not say it themselves, as is the next
    keras_backend: KerasBackend | None = None
    intake: IntakeLimits = IntakeLimits()
    tracks: dict[str, Bilingual] = {}

    units: dict[str, Unit] = Field(default={}, exclude=True)
    root: Path = Field(default=Path(), exclude=True)
    exercises: dict[str, Exercise] = Field(default={}, exclude=True)
    # what cannot be loaded, by id; by path, with the file's name, where an exercise that can be has this id
    broken: dict[str, CourseError] = Field(default={}, exclude=True)

    @property
    def only_language(self) -> Lang | None:
        """The one that students read; None where there are several."""
        return self.languages[0] if len(set(self.languages)) == 1 else None

    def language(self, asked: Lang | None) -> Lang:
        """The language of reports: the one that is asked for, the first of the course where none is.

        Raises
        ------
        GraderError
            The course is not in that language.
        """
        if asked is not None and asked not in self.languages:
            if not (self.root / COURSE_FILE).is_file():  # a student's copy of one exercise
                raise GraderError(f"--lang {asked}: this exercise is in {self.languages[0]} only; leave --lang out")
            raise GraderError(
                f"--lang {asked}: {COURSE_FILE} says languages = {list(self.languages)}; leave --lang out, or add it there"
            )
        return asked or self.languages[0]

    def as_run(self, exercise: Exercise, has_gpu: bool) -> Course:
        """This course as it runs an exercise: with the small profile where that asks for a GPU and there is none."""
        return self.model_copy(update={"profile": exercise.profile_on(self.profile, has_gpu)})

    def exercise(self, wanted: str) -> Exercise:
        """The exercise with this id; underscores stand for hyphens, and the last part is enough where it is unique.

        Raises
        ------
        CourseError
            The exercise that is meant cannot be loaded.
        GraderError
            No exercise, or more than one, is meant; the message offers what is close.
        """
        key = wanted.strip("/").replace("_", "-")
        by_name = [each for each in {**self.exercises, **self.broken} if each.split("/")[-1] == key]
        if key not in self.exercises and key not in self.broken and len(by_name) == 1:
            key = by_name[0]
        if key in self.exercises:
            return self.exercises[key]
        if key in self.broken:
            raise self.broken[key]
        near = by_name or difflib.get_close_matches(key, self.exercises, 3, 0.5)
        offer = " or ".join(near) or ", ".join(list(self.exercises)[:20]) or "none yet"
        raise GraderError(f"this course has no exercise {wanted!r}; there is: {offer}")
