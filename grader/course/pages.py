"""The pages that lead students to exercises: one of the course, one for each track, one for each unit."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

from grader.course.models import Bilingual, Course, Exercise
from grader.course.proof_record import ProofFigures, load_record
from grader.errors import CourseError
from grader.vocabulary import Lang, Text

PAGE = "README.md"
_BUILT = Text(
    "Built from the course's sources by `grader release`; changes made here are overwritten.",
    "이 폴더는 `grader release`가 만듭니다. 여기에서 고친 내용은 다음 릴리스 때 사라집니다.",
)
_HEADS = (
    Text("Exercise", "과제"),
    Text("Kind", "유형"),
    Text("Points", "점수"),
    Text("Minutes", "시간(분)"),
)
_EXERCISES, _TOGETHER = Text("exercises", "과제"), Text("Together", "합계")
_PROVED = Text("How these exercises were tested", "과제를 검증한 기록")
_PROVED_BY = Text(
    "Before an exercise is used, right solutions, wrong ones and attempts to cheat are handed in and graded. "
    "This is what came of them.",
    "과제를 내기 전에 맞는 풀이, 틀린 풀이, 속임수를 직접 제출하고 채점해 보았습니다. 그 결과입니다.",
)
_PROVED_HEADS = (
    Text("Exercise", "과제"),
    Text("Wrong solutions caught", "잡아낸 틀린 풀이"),
    Text("Right solutions refused", "감점된 맞는 풀이"),
    Text("Cheating that paid", "통한 속임수"),
    Text("Seconds", "걸린 시간(초)"),
)
_OF = Text("{part} of {whole}", "{whole}개 중 {part}개")
KINDS = {
    "agent": Text("agent", "에이전트"),
    "choice": Text("choice", "고르기"),
    "estimator": Text("estimator", "추정기"),
    "files": Text("files", "파일"),
    "function": Text("functions", "함수"),
    "generative": Text("generative model", "생성 모델"),
    "keras": Text("Keras model", "케라스 모델"),
    "metric": Text("trained model", "모델 훈련"),
    "numeric": Text("numbers", "수치"),
    "pipeline": Text("pipeline", "파이프라인"),
    "plot": Text("plot", "그래프"),
    "service": Text("service", "서비스"),
    "short-answer": Text("short answers", "단답"),
}


def build_pages(course: Course, lang: Lang | None) -> dict[str, bytes]:
    """All pages by their path under ``exercises/``.

    Parameters
    ----------
    lang : {"en", "ko"}, optional
        All of the course where left out.
    """
    pages = {PAGE: _page(_both(course.title, lang), _course_lines(course, lang), lang)}
    for track, exercises in _by(_track_of, course.exercises.values()).items():
        pages[f"{_folder(track)}/{PAGE}"] = _page(
            _track_title(course, track, lang), _track_lines(course, track, exercises, lang), lang
        )
    for unit, exercises in _by(_unit_of, course.exercises.values()).items():
        if unit != exercises[0].track:
            pages[f"{_folder(unit)}/{PAGE}"] = _page(
                _unit_title(course, unit, lang), _unit_lines(course, unit, exercises, lang), lang
            )
    return pages


def _course_lines(course: Course, lang: Lang | None) -> list[str]:
    lines: list[str] = []
    for track, exercises in _by(_track_of, course.exercises.values()).items():
        lines += ["", f"## [{_track_title(course, track, lang)}]({_folder(track)}/{PAGE})"]
        for unit, own in _by(_unit_of, exercises).items():
            if unit != track:
                lines += ["", f"### [{_unit_title(course, unit, lang)}]({_folder(unit)}/{PAGE})"]
            lines += _table(own, "", lang)
    return lines + _proof_lines(course, lang)


def _proof_lines(course: Course, lang: Lang | None) -> list[str]:
    """What the proof records say, in the profile that every machine has; nothing where there are none."""
    found = [(exercise, _proved(exercise)) for exercise in course.exercises.values()]
    if not any(figures for _, figures in found):
        return []
    told = [_PROVED_BY.en, "", _PROVED_BY.ko] if lang is None else [_PROVED_BY[lang]]
    lines = ["", f"## {_both(_PROVED, lang)}", "", *told, ""]
    lines.append("| " + " | ".join(_both(head, lang) for head in _PROVED_HEADS) + " |")
    lines.append("| --- | ---: | ---: | ---: | ---: |")
    total = ProofFigures()
    for exercise, figures in found:
        if figures is not None:
            lines.append(_proof_row(f"`{exercise.id}`", figures, lang))
            total = total + figures
    return [*lines, _proof_row(_both(_TOGETHER, lang), total, lang)]


def _proof_row(name: str, figures: ProofFigures, lang: Lang | None) -> str:
    pairs = (
        (figures.killed, figures.mutants),
        (figures.refused, figures.right_runs),
        (figures.paid, figures.adversaries),
    )
    of = [f"{part} / {whole}" if lang is None else _OF[lang].format(part=part, whole=whole) for part, whole in pairs]
    return f"| {name} | {' | '.join(of)} | {figures.seconds:.0f} |"


def _proved(exercise: Exercise) -> ProofFigures | None:
    try:
        record = load_record(exercise, "small")
    except CourseError:
        return None  # damaged: `grader validate --check-records` says so
    return record.figures if record is not None else None


def _track_lines(course: Course, track: str, exercises: Sequence[Exercise], lang: Lang | None) -> list[str]:
    lines: list[str] = []
    for unit, own in _by(_unit_of, exercises).items():
        if unit != track:
            lines += ["", f"## [{_unit_title(course, unit, lang)}]({_below(_folder(unit), track)}/{PAGE})"]
            lines += _trains(course, unit, lang)
        lines += _table(own, track, lang)
    return lines


def _unit_lines(course: Course, unit: str, exercises: Sequence[Exercise], lang: Lang | None) -> list[str]:
    together = f"{_both(_TOGETHER, lang)}: {len(exercises)} {_both(_EXERCISES, lang)}, " + ", ".join(
        f"{amount:g} {_both(head, lang)}"
        for amount, head in (
            (sum(exercise.points for exercise in exercises), _HEADS[2]),
            (sum(exercise.minutes for exercise in exercises), _HEADS[3]),
        )
    )
    return [*_trains(course, unit, lang), *_table(exercises, unit, lang), "", together]


def _trains(course: Course, unit: str, lang: Lang | None) -> list[str]:
    found = course.units.get(unit)
    if found is None or found.trains is None:
        return []
    texts = [found.trains.en, found.trains.ko] if lang is None else [_both(found.trains, lang)]
    return [line for text in texts for line in ("", " ".join(text.split()))]


def _table(exercises: Sequence[Exercise], base: str, lang: Lang | None) -> list[str]:
    lines = ["", "| " + " | ".join(_both(head, lang) for head in _HEADS) + " |", "| --- | --- | ---: | ---: |"]
    for exercise in exercises:
        link = f"{_below(exercise.folder, base)}/{exercise.name}{exercise.suffix}"
        title = _both(exercise.title, lang).replace("|", "\\|")
        kinds = ", ".join(_both(KINDS.get(kind, Text(kind, kind)), lang) for kind in exercise.kind)
        lines.append(f"| [{title}]({link}) | {kinds} | {exercise.points:g} | {exercise.minutes} |")
    return lines


def _page(title: str, body: Sequence[str], lang: Lang | None) -> bytes:
    notes = [_BUILT.en, "", _BUILT.ko] if lang is None else [_BUILT[lang]]
    text = "\n".join([f"# {title}", "", *notes, *body]) + "\n"
    while "\n\n\n" in text:
        text = text.replace("\n\n\n", "\n\n")
    return text.encode()


def _by(key: Callable[[Exercise], str], exercises: Iterable[Exercise]) -> dict[str, list[Exercise]]:
    found: dict[str, list[Exercise]] = {}
    for exercise in exercises:
        found.setdefault(key(exercise), []).append(exercise)
    return found


def _track_of(exercise: Exercise) -> str:
    return exercise.track


def _unit_of(exercise: Exercise) -> str:
    return exercise.unit


def _folder(key: str) -> str:
    return key.replace("-", "_")


def _below(folder: str, base: str) -> str:
    """A folder as seen from the page of a track or unit above it."""
    return folder.removeprefix(f"{_folder(base)}/") if base else folder


def _track_title(course: Course, track: str, lang: Lang | None) -> str:
    title = course.tracks.get(track)
    return _both(title, lang) if title is not None else track


def _unit_title(course: Course, unit: str, lang: Lang | None) -> str:
    found = course.units.get(unit)
    return _both(found.title, lang) if found is not None else unit


def _both(text: Bilingual | Text, lang: Lang | None) -> str:
    return text[lang] if lang is not None else " · ".join(dict.fromkeys(filter(None, (text.en, text.ko))))
