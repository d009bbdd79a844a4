"""What commands share: options, consoles, finding the course and the exercise, and printing text that is not ours."""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING, Annotated

import typer
from rich.console import Console
from rich.markup import escape

from grader.errors import CourseError, GraderError

if TYPE_CHECKING:
    from grader.course.models import Course, Exercise
    from grader.sandbox import Slot

EXIT_OK, EXIT_NOT_ALL, EXIT_ERROR, EXIT_INTERRUPTED = 0, 1, 2, 130


class Language(StrEnum):
    """Languages of student-facing output."""

    en = "en"
    ko = "ko"


CourseOption = Annotated[
    Path | None,
    typer.Option(
        "--course",
        envvar="GRADER_COURSE",
        help="Folder with course.toml; found upwards from here by default.",
        show_default=False,
    ),
]
LangOption = Annotated[
    Language | None,
    typer.Option(
        "--lang", help="Language of what students read; the first of the course by default.", show_default=False
    ),
]
TrustOption = Annotated[
    bool,
    typer.Option(
        "--trust-submissions",
        help="Run without a sandbox. Only for work that you wrote or have read: it can do anything that you can.",
    ),
]
SeedOption = Annotated[int, typer.Option("--seed", help="Seed of every run.", min=0)]
IdsArgument = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="ID", help="Exercises, such as homl/ch04/softmax-regression; all by default.", show_default=False
    ),
]


def console(*, stderr: bool = False) -> Console:
    """A console for this process's output; made late, so that tests and pipes get the stream that is current."""
    return Console(stderr=stderr, highlight=False, soft_wrap=not (sys.stderr if stderr else sys.stdout).isatty())


def safe(text: str, limit: int = 200) -> str:
    """Text from a submission, for a Rich console: one line, no terminal escapes, no markup."""
    from grader.running.text import plain_text

    return escape(" ".join(plain_text(text, limit).split()))


def open_course(root: Path | None, near: Path | None = None, *, ids: Sequence[str] | None = None) -> Course:
    """Load the course at ``root``, or the one around ``near`` (the working directory by default).

    With ``ids`` only these exercises are loaded.

    Raises
    ------
    GraderError
        There is none, or ``course.toml`` is wrong. An exercise that is wrong is among ``broken``.
    """
    from grader.course import find_course, load_course
    from grader.course.ids import clean_id, stands_for

    folder = root.resolve() if root is not None else find_course((near or Path.cwd()).resolve())
    if ids:
        course = load_course(folder, [clean_id(each) for each in ids])
        if all(any(stands_for(each, key) for key in (*course.exercises, *course.broken)) for each in ids):
            return course
    return load_course(folder)  # an id that is unknown deserves an offer of those that there are


def pick_exercises(course: Course, ids: list[str] | None) -> list[Exercise]:
    """The exercises with these ids, in the course's order; a unit or track stands for all in it.

    Those that cannot be loaded are left to `broken_among`.

    Raises
    ------
    GraderError
        An id is unknown; the message offers what is close.
    """
    asked = _asked(course, ids)
    return [exercise for key, exercise in course.exercises.items() if key in asked]


def pick_one(course: Course, exercise_id: str) -> Exercise:
    """The exercise with this id.

    Raises
    ------
    CourseError
        It cannot be loaded.
    GraderError
        It is unknown; the message offers what is close.
    """
    for error in broken_among(course, [exercise_id]).values():
        raise error
    return pick_exercises(course, [exercise_id])[0]


def broken_among(course: Course, ids: list[str] | None) -> dict[str, CourseError]:
    """Of the exercises with these ids, as in `pick_exercises`, those that cannot be loaded, with what is wrong."""
    asked = _asked(course, ids)
    return {key: error for key, error in course.broken.items() if key in asked}


def tell_broken(errors: Iterable[CourseError]) -> bool:
    """Print what is wrong with exercises that were left out, at the end of a command; whether there was any."""
    told = list(dict.fromkeys(str(error) for error in errors))
    for message in told:
        console(stderr=True).print(f"[bold red]error:[/] {escape(message)}", soft_wrap=True)
    return bool(told)


def _asked(course: Course, ids: list[str] | None) -> set[str]:
    """Ids of exercises, loaded or broken, that these ids stand for; all by default."""
    from grader.course.ids import stands_for

    known = {**course.exercises, **course.broken}
    asked: set[str] = set()
    for each in ids or ():
        hits = {key for key in known if stands_for(each, key)}
        if not hits:
            raise unknown_exercise(course, each)
        asked |= hits
    return asked if ids else set(known)


def gpu_slots_for(exercises: Iterable[Exercise], per_gpu: int = 1) -> list[Slot]:
    """The GPU slots of this machine, where one of these exercises asks for a GPU: nobody else needs them looked for."""
    from grader.sandbox import gpu_slots

    return gpu_slots(per_gpu) if any(exercise.gpu for exercise in exercises) else []


def first_gpu_slot(exercises: Iterable[Exercise]) -> Slot | None:
    """A whole GPU for exercises that are run one at a time; None where none of them asks, or there is none."""
    return next(iter(gpu_slots_for(exercises)), None)


def unknown_exercise(course: Course, asked: str) -> GraderError:
    """The error for an id that the course does not have."""
    import difflib

    from grader.course.ids import clean_id

    wanted, known = clean_id(asked), [*course.exercises, *course.broken]
    by_name = {key.split("/")[-1]: key for key in known}
    close = difflib.get_close_matches(wanted, known, 3, 0.5)
    close += [by_name[name] for name in difflib.get_close_matches(wanted.split("/")[-1], by_name, 2, 0.6)]
    offer = " or ".join(dict.fromkeys(close)) or "one of " + ", ".join(known[:20])
    return GraderError(f"this course has no exercise {asked!r}; did you mean {offer}?")


def exercise_of_file(course: Course, file: Path) -> Exercise:
    """The exercise that a file is a submission of, told by where it lies or by its name.

    Raises
    ------
    CourseError
        The exercise cannot be loaded.
    GraderError
        None or several fit; the remedy is ``--exercise``.
    """
    path = file.resolve()
    stem = path.stem.replace("-", "_")
    for exercise in course.exercises.values():
        if exercise.release_dir != Path() and path.is_relative_to(exercise.release_dir.resolve()):
            return exercise
    folders = {key: key.replace("-", "_") for key in (*course.exercises, *course.broken)}
    in_folder = [k for k in course.broken if path.is_relative_to(course.root.resolve() / "exercises" / folders[k])]
    by_place = [key for key, folder in folders.items() if path.with_suffix("").as_posix().endswith("/" + folder)]
    by_name = [key for key, folder in folders.items() if folder.split("/")[-1] == stem]
    found = in_folder or by_place or by_name
    if len(found) == 1:
        return course.exercise(found[0])
    if not found:
        raise GraderError(f"{file}: no exercise of this course has that name; say which one with --exercise ID")
    names = ", ".join(found)
    raise GraderError(f"{file}: several exercises have that name ({names}); say which one with --exercise ID")


@contextlib.contextmanager
def stopped_kindly() -> Iterator[None]:
    """Let the other ways of asking a program to end do what Ctrl-C does."""

    def stop(number: int, frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    numbers = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    before = {number: signal.signal(number, stop) for number in numbers if signal.getsignal(number) is signal.SIG_DFL}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
