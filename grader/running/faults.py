"""What a request to the probe can end in, as faults with sentences for students; all text that comes in is hostile."""

from __future__ import annotations

import builtins
from typing import Any

from grader.errors import SubmissionFault
from grader.running.text import plain_text
from grader.vocabulary import Outcome, Text

_MESSAGE_LIMIT = 300
_DETAILS_LIMIT = 8000

NOT_WRITTEN = Text("`{name}` is not written yet.", "`{name}`을(를) 아직 작성하지 않았어요.")
UNDEFINED = Text(
    "`{name}` is not defined. Check that the name is spelled exactly like this.",
    "`{name}`이(가) 정의되어 있지 않아요. 이름을 정확히 이렇게 썼는지 확인해 보세요.",
)
STOPPED_BEFORE = Text(
    "`{name}` is not there because cell {cell} stopped with an error before it was defined.",
    "{cell}번 셀이 오류로 멈춰서 `{name}`이(가) 정의되지 않았어요.",
)
RAISED = Text("`{name}` stopped with {error}: {said}", "`{name}` 실행 중에 {error} 오류가 났어요: {said}")
RAISED_DISCREETLY = Text(
    "Your code stopped with {error} when it was called with other inputs.",
    "다른 입력으로 실행했을 때 코드가 {error} 오류로 멈췄어요.",
)
TIMED_OUT = Text(
    "`{name}` did not finish within {seconds:g} seconds.", "`{name}`이(가) {seconds:g}초 안에 끝나지 않았어요."
)
ENDED = Text(
    "Your code ended the Python process, so it could not be asked any further.",
    "코드가 파이썬 프로세스를 끝내 버려서 더 확인할 수 없어요.",
)
EXITED = Text(
    "`{name}` called exit(). Return a value instead.", "`{name}`에서 exit()를 호출했어요. 대신 값을 반환해 주세요."
)
OUT_OF_MEMORY = Text(
    "`{name}` asked for more memory than there is. Work with smaller arrays, or with one part at a time.",
    "`{name}`이(가) 허용된 메모리보다 많은 메모리를 요청했어요. 배열을 더 작게 만들거나 나누어서 처리해 보세요.",
)
DISK_FULL = Text(
    "`{name}` wrote more to disk than there is room for. Write fewer or smaller files.",
    "`{name}`이(가) 허용된 디스크 공간보다 많이 썼어요. 파일 수나 크기를 줄여 보세요.",
)
TOO_MANY_PROCESSES = Text(
    "`{name}` started too many processes or threads. Start a few only, and wait for them to end.",
    "`{name}`이(가) 프로세스나 스레드를 너무 많이 만들었어요. 몇 개만 만들고 끝나기를 기다려 주세요.",
)
OUT_OF_CPU_TIME = Text(
    "`{name}` used up the computing time of the whole submission. Look for a loop that does not end.",
    "`{name}`에서 제출물 전체에 허용된 연산 시간을 모두 썼어요. 끝나지 않는 반복문이 있는지 확인해 보세요.",
)
# limits that all processes and files of a sandbox share and that end it: also said when what came back was an error
SHARED_LIMITS = {Outcome.MEMORY: OUT_OF_MEMORY, Outcome.DISK: DISK_FULL, Outcome.TIMEOUT: OUT_OF_CPU_TIME}
TOO_DEEP = Text(
    "`{name}` calls itself without an end (RecursionError). Check the stopping condition.",
    "`{name}`이(가) 끝없이 자기 자신을 호출해요(RecursionError). 멈추는 조건을 확인해 보세요.",
)
ANSWER_TOO_LARGE = Text(
    "The answer of `{name}` is too large or nested too deeply to be checked. Return only what is asked for.",
    "`{name}`의 결과가 너무 크거나 너무 깊게 중첩되어 있어서 확인할 수 없어요. 문제에서 요구한 값만 반환해 주세요.",
)
BROKEN_ANSWER = Text(
    "The answer that came from your code's process cannot be read, so it was stopped.",
    "코드가 실행되는 프로세스에서 읽을 수 없는 응답이 와서 실행을 중단했어요.",
)
NOT_A_FRAME = Text(
    "`{name}` should be a pandas DataFrame, but it is of type {found}.",
    "`{name}`은(는) pandas DataFrame이어야 하는데, 지금은 {found} 타입이에요.",
)
NOT_A_FIGURE = Text(
    "`{name}` should be a matplotlib figure or axes, but it is of type {found}.",
    "`{name}`은(는) matplotlib의 figure나 axes여야 하는데, 지금은 {found} 타입이에요.",
)
NOT_A_MODEL = Text(
    "`{name}` should be a Keras model, but it is of type {found}.",
    "`{name}`은(는) Keras 모델이어야 하는데, 지금은 {found} 타입이에요.",
)
NO_FILE = Text(
    "The file `{name}` was not found. Save it in the working directory under exactly this name.",
    "`{name}` 파일을 찾을 수 없어요. 작업 폴더에 정확히 이 이름으로 저장해 주세요.",
)
KERNEL_GONE = Text(
    "Your code could not be asked: its Python process is no longer running.",
    "파이썬 프로세스가 이미 끝나서 코드를 확인할 수 없어요.",
)


class SubmissionRaised(SubmissionFault):
    """An exception came out of the submission's code.

    Attributes
    ----------
    exception : str
        Name of its class, ``"ValueError"``.
    exceptions : tuple of str
        Names of that class and its bases, so that ``raises(ArithmeticError)`` accepts a ZeroDivisionError.
    said : str
        What the exception says; hostile text.
    """

    def __init__(
        self, outcome: Outcome, message: Text, details: str, exception: str, exceptions: tuple[str, ...], said: str
    ) -> None:
        super().__init__(outcome, message, details)
        self.exception, self.exceptions, self.said = exception, exceptions, said

    def discreet(self) -> SubmissionFault:
        """The same without a word that the submission chose: its text may repeat hidden inputs that it was given."""
        told = RAISED_DISCREETLY.format(error=self.known_name)
        return SubmissionFault(self.outcome, self.message if self.outcome is not Outcome.ERROR else told)

    @property
    def known_name(self) -> str:
        """Its name where Python itself gave it, else that of its nearest base: others may be named after an input."""
        plain = (name.rpartition(".")[2] for name in (self.exception, *self.exceptions))
        return next((name for name in plain if _is_builtin_exception(name)), "Exception")


def _is_builtin_exception(name: str) -> bool:
    found = getattr(builtins, name, None)
    return isinstance(found, type) and issubclass(found, BaseException)


class NameUndefined(SubmissionFault):
    """The submission does not define ``name``."""

    def __init__(self, name: str) -> None:
        super().__init__(Outcome.FAILED, UNDEFINED.format(name=name))
        self.name = name


def wrong_kind(sentence: Text, name: str, found: str) -> SubmissionFault:
    """A variable is of another type than it should be; the type's name may be made out of a hidden input."""
    quiet = Text(sentence.en.format(name=name, found="another"), sentence.ko.format(name=name, found="다른"))
    quiet = Text(quiet.en.replace("of type another", "of another type"), quiet.ko)
    return SubmissionFault(Outcome.FAILED, sentence.format(name=name, found=found[:100]), quiet=quiet)


def fault_from_record(record: Any, name: str) -> SubmissionFault:
    """Build the fault that an error record of the probe stands for.

    Parameters
    ----------
    record : object
        Parsed JSON from the sandbox; anything that is not as expected is read as empty text.
    name : str
        What was asked for, as it appears in the sentence.
    """
    fields = record if isinstance(record, dict) else {}
    said = _text(fields.get("message"), _MESSAGE_LIMIT * 8)
    kind = fields.get("kind")
    if kind == "ended":
        return SubmissionFault(Outcome.ERROR, ENDED)
    if kind == "undefined":
        return NameUndefined(name)
    wrong = {"not_a_figure": NOT_A_FIGURE, "not_a_model": NOT_A_MODEL}.get(kind) if isinstance(kind, str) else None
    if wrong is not None:
        return wrong_kind(wrong, name, said)
    if kind == "too_large":
        return SubmissionFault(Outcome.OUTPUT, ANSWER_TOO_LARGE.format(name=name), said)
    exception = _text(fields.get("type"), 100) or "Exception"
    listed = fields.get("names")
    names = tuple(_text(n, 100) for n in listed[:32]) if isinstance(listed, list) else (exception,)
    outcome, sentence = _meaning(fields.get("flag"))
    first_line = said.strip().splitlines()[0][:_MESSAGE_LIMIT] if said.strip() else ""
    message = sentence.format(name=name, error=exception, said=first_line)
    if sentence is RAISED and not first_line:
        message = Text(message.en.rstrip(": ") + ".", message.ko.rstrip(": ") + ".")
    return SubmissionRaised(outcome, message, _text(fields.get("traceback"), _DETAILS_LIMIT), exception, names, said)


def _meaning(flag: object) -> tuple[Outcome, Text]:
    meanings = {
        "not_implemented": (Outcome.FAILED, NOT_WRITTEN),
        "memory": (Outcome.MEMORY, OUT_OF_MEMORY),
        "disk": (Outcome.DISK, DISK_FULL),
        "processes": (Outcome.PROCESSES, TOO_MANY_PROCESSES),
        "recursion": (Outcome.ERROR, TOO_DEEP),
        "exit": (Outcome.ERROR, EXITED),
    }
    return meanings.get(flag, (Outcome.ERROR, RAISED)) if isinstance(flag, str) else (Outcome.ERROR, RAISED)


def _text(value: object, limit: int) -> str:
    return plain_text(value, limit) if isinstance(value, str) else ""
