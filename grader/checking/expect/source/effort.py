"""Expectations about effort: how time and memory grow with the input, loops where arrays were asked for, counted calls.

Times and bytes are measured in the submission's own process, since only there the way of the data does not count: they
are claims. The CPU time that the sandbox has used, which the trusted side reads, corrects claims that are far too small.
A verdict needs a clear case: minima over repetitions, wide margins, and nothing that is fast anyway.
"""

from __future__ import annotations

import math
import statistics
from collections.abc import Callable, Sequence
from typing import Any

from grader.checking.expect.base import ExpectBase
from grader.checking.expect.source.complexity import allowed_exponent, exponent
from grader.checking.expect.source.source import source_rules
from grader.checking.failure import refuse
from grader.checking.values import is_integer, tell
from grader.errors import SubmissionFault
from grader.running import faults
from grader.running.oracle import Oracle
from grader.running.proxy import SubmissionProxy
from grader.vocabulary import Outcome, Text

TOO_SLOW = Text(
    "The time of `{name}` grows too fast with the size n of the input[[, about like "
    "n^{found}]]; {wanted} is enough. Look for a loop within a loop, and for work that is done again and again.",
    "입력 크기 n이 커질 때 `{name}`의 시간이 너무 빨리 늘어요[[(대략 n^{found}에 비례)]]. {wanted}이면 충분해요. "
    "반복문 안의 반복문이나 되풀이되는 계산이 있는지 살펴보세요.",
)
TOO_LARGE = Text(
    "The memory of `{name}` grows too fast with the size n of the input[[, about like "
    "n^{found}]]; {wanted} is enough. Look for arrays that hold every pair, and for copies.",
    "입력 크기 n이 커질 때 `{name}`의 메모리가 너무 빨리 늘어요[[(대략 n^{found}에 비례)]]. {wanted}이면 충분해요. "
    "모든 쌍을 담는 배열이나 복사본이 있는지 살펴보세요.",
)
LOOP = Text(
    "`{name}` goes through the data with a Python loop ({place}): compute with whole arrays instead.",
    "`{name}`이(가) 파이썬 반복문으로 데이터를 하나씩 처리해요({place}). 배열 전체를 한 번에 계산하세요.",
)
SLOW = Text(
    "`{name}` takes as long as a Python loop over the data: compute with whole arrays instead.",
    "`{name}`이(가) 파이썬 반복문만큼 느려요. 배열 전체를 한 번에 계산하세요.",
)
TOO_MANY_CALLS = Text(
    "The given function was called too often[[: {count} times]]; {wanted} calls are allowed.",
    "주어진 함수를 너무 많이 호출했어요[[({count}번)]]. {wanted}번까지 호출할 수 있어요.",
)
TOO_FEW_CALLS = Text(
    "The given function was called too seldom[[: {count} times]]; the task can't be done with "
    "less than {wanted} calls.",
    "주어진 함수를 너무 적게 호출했어요[[({count}번)]]. {wanted}번보다 적게 호출해서는 이 과제를 풀 수 없어요.",
)
_SAMPLES = 3
_ROUNDS = 3
_MARGIN = 0.5  # of an exponent: n^2 differs from n log n by 0.85 and more
_MEMORY_MARGIN = 0.35
_NOTICEABLE_BYTES = 1 << 20
_LOOP_STEPS = 100_000
_FASTEST_LOOP = 1e-3  # seconds that no CPython needs less of; a reading below it is the clock's mistake
_CLEARLY_SLOW = 8.0  # loops' time that no array computation of a few passes takes
_UNSEEN_SECONDS = 0.25  # CPU time that may stay unexplained: another thread, collecting garbage


class EffortExpectations(ExpectBase):
    """``expect.effort``, ``expect.vectorised`` and ``expect.calls``."""

    def effort(
        self,
        submission: SubmissionProxy,
        name: str,
        make: Callable[[int], Any],
        sizes: Sequence[int],
        at_most: str | float | None = "n log n",
        memory: str | float | None = None,
        noticeable: float = 0.005,
        message: Text | None = None,
    ) -> None:
        """Time, and memory if asked, that grow with the input no faster than a complexity class.

        The function fails only where its exponent, fitted over the larger sizes, lies more than a half above the
        class's in three rounds of minima. What takes less than `noticeable` at the largest size passes.

        Parameters
        ----------
        submission : SubmissionProxy
        name : str
            The function.
        make : callable
            From a size to the argument, or to a tuple of arguments.
        sizes : sequence of int
            At least 3, growing, best by factors of two; choose them so that the wrong solution takes 0.1 s or more at
            the largest.
        at_most : str or float or None
            ``"1"``, ``"log n"``, ``"n"``, ``"n log n"``, ``"n^2"``, ``"n^3"``, or an exponent. None leaves time out.
        memory : str or float, optional
            The same for the peak of memory that Python and NumPy set aside during one call.
        noticeable : float
            Seconds.

        Notes
        -----
        A submission that forges what its process reports can hide its time. Demand right answers at large sizes under a
        time limit as well (``@pytest.mark.timeout``) where many points depend on it.

        Examples
        --------
        In a check::

            expect.effort(submission, "inversions", lambda n: rng.permutation(n), [1000, 2000, 4000, 8000])
        """
        if len(sizes) < 3 or list(sizes) != sorted(set(sizes)) or sizes[0] < 2:
            raise ValueError("expect.effort: sizes should be at least three growing numbers from 2 on")
        if at_most is None and memory is None:
            raise ValueError("expect.effort: neither time nor memory is asked about")
        calls = [_arguments(make(n)) for n in sizes]
        if at_most is not None:
            self._effort_time(submission, name, calls, sizes, at_most, noticeable, message)
        if memory is not None:
            wanted = allowed_exponent(memory, sizes)
            peaks = [_peak(submission, name, args) for args in calls]
            found = exponent(sizes, peaks)
            if found > wanted + _MEMORY_MARGIN and peaks[-1] >= _NOTICEABLE_BYTES:
                sentence = tell(TOO_LARGE, name=name, found=f"{found:.1f}", wanted=_told(memory))
                refuse(sentence, message, f"bytes by size: {dict(zip(sizes, peaks, strict=True))}")

    def _effort_time(
        self,
        submission: SubmissionProxy,
        name: str,
        calls: Sequence[tuple[Any, ...]],
        sizes: Sequence[int],
        at_most: str | float,
        noticeable: float,
        message: Text | None,
    ) -> None:
        wanted = allowed_exponent(at_most, sizes)
        best = [math.inf] * len(sizes)
        found = 0.0
        for _ in range(_ROUNDS):
            best = [min(known, _seconds(submission, name, args)[0]) for known, args in zip(best, calls, strict=True)]
            found = exponent(sizes, best)
            if found <= wanted + _MARGIN or best[-1] < noticeable:
                return
        sentence = tell(TOO_SLOW, name=name, found=f"{found:.1f}", wanted=_told(at_most))
        refuse(sentence, message, f"seconds by size: {dict(zip(sizes, best, strict=True))}")

    def vectorised(
        self,
        submission: SubmissionProxy,
        name: str,
        make: Callable[[int], Any],
        size: int = 100_000,
        steps: int | None = None,
        message: Text | None = None,
    ) -> None:
        """A function that computes with whole arrays, not with a Python loop over the data.

        It fails where it is slower than an empty Python loop of `steps` steps in the same process *and* its code loops
        (``for``, ``while``, comprehensions, ``map``, ``np.vectorize``, ``.apply``, in helpers as well); or where it is
        eight times slower than that. A loop over columns or classes is fast, and passes.

        Parameters
        ----------
        submission : SubmissionProxy
        name : str
        make : callable
            From a size to the argument, or to a tuple of arguments.
        size : int
        steps : int, optional
            What a loop over the data would have to go through; `size` by default.

        Examples
        --------
        In a check::

            expect.vectorised(submission, "distances", lambda n: rng.normal(size=(n, 3)))
        """
        args = _arguments(make(size))
        loops = source_rules(submission, within=name).loops()
        ratio = math.inf
        for _ in range(_ROUNDS):
            seconds, loop = _seconds(submission, name, args)
            ratio = min(ratio, seconds / (loop * (steps or size) / _LOOP_STEPS))
            if ratio <= (1.0 if loops else _CLEARLY_SLOW):
                return
        sentence = SLOW.format(name=name)
        if loops:
            sentence = LOOP.format(name=name, place=loops[0])
        places = ", ".join(place.en for place in loops)
        refuse(sentence, message, f"{ratio:.3g} times an empty loop; loops in: {places or 'none'}")

    def calls(
        self, oracle: Oracle, at_most: int | None = None, at_least: int | None = None, message: Text | None = None
    ) -> None:
        """How often a submission called a function of the check's, counted on the trusted side.

        Parameters
        ----------
        oracle : Oracle
            ``submission.oracle(function)``, passed to the submission as an argument before.
        at_most, at_least : int, optional

        Examples
        --------
        In a check::

            cost = submission.oracle(lambda x: float((x - 3) ** 2))
            expect.close(submission.call("minimise", cost), 3.0, atol=1e-3)
            expect.calls(cost, at_most=60)
        """
        if at_most is not None and oracle.calls > at_most:
            refuse(tell(TOO_MANY_CALLS, count=oracle.calls, wanted=at_most), message, f"{oracle.calls} calls")
        if at_least is not None and oracle.calls - oracle.refused < at_least:
            refuse(
                tell(TOO_FEW_CALLS, count=oracle.calls - oracle.refused, wanted=at_least),
                message,
                f"{oracle.calls} calls",
            )


def _arguments(made: Any) -> tuple[Any, ...]:
    return made if isinstance(made, tuple) else (made,)


def _seconds(submission: SubmissionProxy, name: str, args: tuple[Any, ...]) -> tuple[float, float]:
    """Seconds of one call, the least of some samples, and of the loop for comparison, their median.

    The least loop would be the wrong one: a clock that stands still for a while makes a loop look fast, and then
    everything else slow.
    """
    before = submission.cpu_seconds()
    _ask(submission, name, args, samples=0)  # the way of the arguments, which costs time as well
    between = submission.cpu_seconds()
    found = _ask(submission, name, args, samples=_SAMPLES)
    after = submission.cpu_seconds()
    seconds, loops = _times(found.get("seconds")), _times(found.get("loop"))
    calls = _count(found.get("calls"), least=1)
    claimed = min(seconds)
    spent = (after - between) - 6 * (between - before) - sum(loops)
    if spent > 4 * claimed * calls + _UNSEEN_SECONDS:
        claimed = (spent - _UNSEEN_SECONDS) / calls
    return claimed, max(statistics.median(loops), _FASTEST_LOOP)


def _peak(submission: SubmissionProxy, name: str, args: tuple[Any, ...]) -> float:
    return _count(_ask(submission, name, args, samples=1, memory=True).get("bytes"), least=0)


def _ask(submission: SubmissionProxy, name: str, args: tuple[Any, ...], **options: Any) -> dict[str, Any]:
    found = submission.measure(name, args, **options)
    if not isinstance(found, dict):
        raise SubmissionFault(Outcome.VIOLATION, faults.BROKEN_ANSWER, "no measurement")
    return found


def _count(value: Any, least: int) -> float:
    if not is_integer(value) or not least <= value < 1 << 60:
        raise SubmissionFault(Outcome.VIOLATION, faults.BROKEN_ANSWER, "a measurement that is not a number")
    return float(value)


def _times(value: Any) -> list[float]:
    if not isinstance(value, list) or not value or not all(type(t) is float and 0 <= t < 1e6 for t in value):
        raise SubmissionFault(Outcome.VIOLATION, faults.BROKEN_ANSWER, "a measurement that is not a list of seconds")
    return [float(t) for t in value]


def _told(wanted: str | float) -> str:
    return wanted if isinstance(wanted, str) else f"n^{wanted:g}"
