"""``expect.agree``: a question is put to the submission, to the reference and, where they differ, to known mistakes."""

from __future__ import annotations

import inspect
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

import numpy as np

from grader.checking.asking.answers import KnownAnswers
from grader.checking.asking.question import OTHER_KIND, Question
from grader.checking.asking.reply import Held, Reply, same_fault
from grader.checking.expect.numbers.base import NumberBase
from grader.checking.expect.same import same_data
from grader.checking.failure import CheckFailed
from grader.checking.values import Answer, describe, is_frame, is_series, numeric
from grader.checking.verdict import Difference
from grader.course.models import Tolerance
from grader.errors import GraderError, SubmissionFault
from grader.running.faults import SubmissionRaised
from grader.vocabulary import Text

NOT_REFUSED = Text("This should be refused with {error}.", "이런 입력은 {error}로 거절해야 해요.")
REFUSED = Text("This should give a result, but it is refused.", "결과가 나와야 하는데 거절했어요.")
OTHER_TYPE = Text("This should be of type {wanted}, but it is {found}.", "{wanted} 타입이어야 하는데 {found}이에요.")
NOT_DATA = Text("This should be a value, but it is {found}.", "값이어야 하는데 {found}이에요.")

MISSING: Any = object()
How = str | Callable[[Any, Any], None] | tuple[Any, ...] | Mapping[Any, Any]


@dataclass
class Asking:
    """Whom a check asks, and how closely answers must agree.

    Attributes
    ----------
    check : str
    submission : SubmissionProxy
    answers : KnownAnswers
    tolerance : Tolerance
    rng : Generator or None
        The check's random numbers, once it has asked for them.
    asked : int
        Questions so far.
    rests_on : str
        As `Question` takes it.
    """

    check: str
    submission: Any
    answers: KnownAnswers
    tolerance: Tolerance
    rng: np.random.Generator | None = None
    asked: int = 0
    rests_on: str = ""


class AgreeExpectations(NumberBase):
    """``expect.agree``."""

    asking: Asking | None = None

    def agree(
        self,
        question: Callable[[Any], Any],
        right: Any = MISSING,
        *,
        how: How = "auto",
        rtol: float | None = None,
        atol: float | None = None,
        message: Text | None = None,
        **options: Any,
    ) -> None:
        """The submission answers a question as the reference does.

        Where it does not, the check goes on with its next question and fails at its end. The known mistakes of the exercise
        are asked too then: one that gives the submission's answer explains it, and is charged once for all checks.

        Parameters
        ----------
        question : callable
            ``question(code)`` asks ``code``, which has a submission's face, and returns data: any mixture of tuples, lists
            and dictionaries of numbers, arrays, tables and text. It is called for several codes, so it must not change
            what it uses. Its exceptions are the answer's fault.
        right : data, optional
            The answer worked out by hand. The reference must give it too; students without the reference are judged by it.
        how : str, callable, tuple or mapping
            How answers are compared. ``"auto"``: numbers closely, everything else exactly, part by part. The name of an
            expectation that takes (actual, expected): ``"same"``, ``"sign_invariant"``, ``"permuted"``, ``"multiset"``,
            ``"clustering"``, ``"subspace"``, ``"frame"``, ``"series"``, ... ; a callable ``how(actual, expected)`` that demands by
            other expectations. A tuple, or a mapping by key, gives each part of a tuple or dictionary its own.
        rtol, atol : float, optional
            As `numpy.isclose` takes them; ``tolerance`` of ``exercise.toml`` by default. Without an `atol` there, it is a
            thousandth of `rtol` times the largest number of the right answer.
        message : Text, optional
            Said before the diagnosis where no known mistake is found.
        **options
            Of the expectation that `how` names.

        Raises
        ------
        GraderError
            The reference does not answer or does not give `right`, or there is neither a reference nor a worked value.

        Notes
        -----
        Where the reference raises an exception, the submission must raise one of its class.

        Examples
        --------
        >>> expect.agree(lambda code: code.call("mean", [1.0, 2.0]), 1.5)  # doctest: +SKIP
        >>> expect.agree(lambda code: code["components"], how="sign_invariant", per="row")  # doctest: +SKIP
        """
        asking = self.asking
        if asking is None:
            raise GraderError("expect.agree: there is no submission to ask; it works in checks only")
        compare = _Comparison(self, how, *self._tolerances(rtol, atol), options)
        put = Question(asking.check, asking.asked, question, asking.rng, asking.rests_on)
        asking.asked += 1
        wanted = asking.answers.right(put)
        if right is not MISSING:
            worked = Reply(right)
            odd = None if wanted is None else compare.difference(wanted, worked)
            if odd is not None:
                raise GraderError(
                    f"{asking.check}: the reference does not give the worked value: {odd} {getattr(odd, 'details', '')}"
                )
            wanted = wanted or worked
        if wanted is None:
            raise GraderError(
                f"{asking.check}: nobody knows the right answer here: give the question a worked value, or run: grader release"
            )
        found = put.put(asking.submission)
        failure = compare.difference(found, wanted, message)
        if failure is None:
            return
        if found.cut_short:
            raise failure  # no answer, so there is nothing to hold against those of mistakes
        names = [
            name
            for name, wrong in asking.answers.wrong(put)
            if compare.alike(found, wrong) and not compare.agrees(wrong, wanted)
        ]
        telling = found.telling and how != "choice"  # a choice is one of a few, however long its word
        self.differences.append(Difference(put.number, tuple(names), telling))
        self.first_failure = self.first_failure or failure

    def _tolerances(self, rtol: float | None, atol: float | None) -> tuple[float, float | None]:
        assert self.asking is not None
        stated = self.asking.tolerance
        return stated.rtol if rtol is None else rtol, stated.atol if atol is None else atol


def settle(expect: AgreeExpectations) -> None:
    """Raise what the questions of a check have found, once all are put."""
    if expect.first_failure is not None:
        raise expect.first_failure


@dataclass(frozen=True)
class _Comparison:
    """How two replies are compared. ``expect`` explains; where only a yes or no is asked it is not troubled."""

    expect: AgreeExpectations
    how: How
    rtol: float
    atol: float | None
    options: Mapping[str, Any]

    def agrees(self, found: Reply, wanted: Reply, how: How | None = None) -> bool:
        """Whether a reply is as good as another."""
        return self.difference(found, wanted, how=how, explain=False) is None

    def alike(self, found: Reply, wrong: Reply) -> bool:
        """Whether a reply is that of a mistake.

        What is free in a right answer may lie the other way in a wrong one, which need not even be of the right kind.
        """
        if found.fault is None and wrong.fault is None and same_data(found.value, wrong.value):
            return True
        return any(self.agrees(found, wrong, how) for how in self._ways())

    def _ways(self) -> list[How]:
        if self.how == "sign_invariant" and self.options.get("per", "array") != "array":
            turned = "column" if self.options["per"] == "row" else "row"
            return [self.how, lambda found, wrong: self._named("sign_invariant", found, wrong, None, {"per": turned})]
        return [self.how]

    def difference(
        self, found: Reply, wanted: Reply, message: Text | None = None, *, how: How | None = None, explain: bool = True
    ) -> SubmissionFault | CheckFailed | None:
        """What is to be said where a reply is not the wanted one."""
        if wanted.fault is not None:
            return _other_fault(found, wanted.fault, message)
        if found.fault is not None:
            return found.fault
        how = self.how if how is None else how
        quiet, self.expect.quiet = self.expect.quiet, not explain
        try:
            self._compare(found.value, wanted.value, how, message, explain)
        except CheckFailed as failure:
            return failure
        except (GraderError, SubmissionFault):
            raise
        except Exception as error:  # an answer need not be of the right kind
            if explain and not self._compares(wanted, how):
                raise GraderError(f"expect.agree(how={self.how!r}): {error}") from error
            said = [message] if message else [OTHER_KIND]
            return CheckFailed(*said, details=f"{type(error).__name__}: {error}")
        finally:
            self.expect.quiet = quiet
        return None

    def _compares(self, wanted: Reply, how: How) -> bool:
        """Whether the right answer can be compared with itself: what goes wrong then is the fault of the other one."""
        try:
            self._compare(wanted.value, wanted.value, how, None, False)
        except CheckFailed:
            return True
        except Exception:
            return False
        return True

    def _compare(self, found: Any, wanted: Any, how: How, message: Text | None, explain: bool) -> None:
        if isinstance(how, Mapping | tuple):
            self._parts(found, wanted, how, message, explain)
        elif callable(how):
            how(found, wanted)
        elif how != "auto":
            self._named(how, found, wanted, message, self.options)
        elif isinstance(found, Held) or isinstance(wanted, Held):
            _same_type(found, wanted, message)
        elif _splits(found, wanted):
            self._parts(found, wanted, {key: "auto" for key in _keys(wanted)}, message, explain)
        elif is_frame(wanted) or is_series(wanted):
            self._named("frame" if is_frame(wanted) else "series", found, wanted, message, {})
        elif (number := numeric(wanted)) is None or number.dtype.kind == "b":
            self._same(found, wanted, message, explain)
        else:
            self._close(found, number, message, explain)

    def _parts(
        self, found: Any, wanted: Any, how: Mapping[Any, Any] | tuple[Any, ...], message: Text | None, explain: bool
    ) -> None:
        """Compare part by part; a tuple of ways stands for the places of a tuple."""
        ways = dict(enumerate(how)) if isinstance(how, tuple) else how
        kind = Mapping if isinstance(wanted, Mapping) else list | tuple
        keys = _keys(wanted)
        if not isinstance(wanted, Mapping | list | tuple) or not set(ways) <= set(keys):
            raise TypeError(f"the right answer has no parts {sorted(map(str, ways))}")
        if not isinstance(found, kind) or set(_keys(found)) != set(keys):
            self._same(found, wanted, message, explain)
            raise CheckFailed(*([message] if message else []))
        for key in keys:
            self._compare(found[key], wanted[key], ways.get(key, "auto"), message, explain)

    def _same(self, found: Any, wanted: Any, message: Text | None, explain: bool) -> None:
        if same_data(found, wanted):
            return
        truths = numeric(wanted)
        if not explain or (message is not None and truths is not None and truths.dtype.kind == "b"):
            raise CheckFailed(*([message] if message else []))  # nothing is to be said of which truths differ
        self.expect._same(found, wanted, message)

    def _close(self, found: Any, wanted: np.ndarray[Any, Any], message: Text | None, explain: bool) -> None:
        atol = self._absolute(wanted)
        if Answer(found).is_close(wanted, self.rtol, atol) and not _truth_for_number(found):
            return
        if not explain:
            raise CheckFailed()
        self.expect._close(found, wanted, self.rtol, atol, message, **self.options)

    def _absolute(self, wanted: Any) -> float:
        """The absolute tolerance: what is stated, or a thousandth of that of the largest number."""
        if self.atol is not None:
            return self.atol
        number = numeric(wanted)
        if number is None or number.dtype.kind not in "iufc":
            return 0.0
        sizes = np.abs(number[np.isfinite(number)])
        return 1e-3 * self.rtol * float(sizes.max(initial=0.0))

    def _named(self, name: str, found: Any, wanted: Any, message: Text | None, options: Mapping[str, Any]) -> None:
        """Demand by the expectation of this name."""
        method = getattr(self.expect, name, None)
        if name.startswith("_") or method is None:
            raise ValueError(f"there is no expectation {name!r}")
        takes = _takes(getattr(method, "__func__", method))
        given = dict(options)
        if "rtol" in takes:
            given = {"rtol": self.rtol, "atol": self._absolute(wanted)} | given
        if "message" in takes:
            given["message"] = message
        method(found, wanted, **given)


@cache
def _takes(expectation: Callable[..., None]) -> frozenset[str]:
    """Names of the parameters of an expectation."""
    return frozenset(inspect.signature(expectation).parameters)


def _other_fault(
    found: Reply, wanted: SubmissionFault | CheckFailed, message: Text | None
) -> SubmissionFault | CheckFailed | None:
    """What is to be said of a reply where another one is a fault."""
    if isinstance(wanted, SubmissionRaised):
        name = wanted.exception.rpartition(".")[2]
        if found.fault is None:
            return CheckFailed(message or NOT_REFUSED.format(error=name))
        if isinstance(found.fault, SubmissionRaised):
            names = {each.rpartition(".")[2] for each in (found.fault.exception, *found.fault.exceptions)}
            return None if name in names else found.fault
        return found.fault
    if found.fault is None:
        return CheckFailed(REFUSED)
    return None if same_fault(found.fault, wanted) else found.fault


def _same_type(found: Any, wanted: Any, message: Text | None) -> None:
    """Demand objects of one type, or data for data."""
    if isinstance(found, Held) and isinstance(wanted, Held) and found.type_name == wanted.type_name:
        return
    kind = describe(found)
    told = (
        OTHER_TYPE.format(wanted=wanted.type_name, found=kind)
        if isinstance(wanted, Held)
        else NOT_DATA.format(found=kind)
    )
    raise CheckFailed(*([message] if message else []), told)


def _splits(found: Any, wanted: Any) -> bool:
    """Whether two answers are compared part by part."""
    if isinstance(wanted, Mapping):
        return isinstance(found, Mapping) and set(found) == set(wanted)
    if not isinstance(wanted, list | tuple) or not isinstance(found, list | tuple) or len(found) != len(wanted):
        return False
    return numeric(wanted) is None


def _keys(value: Any) -> list[Any]:
    return list(value) if isinstance(value, Mapping) else list(range(len(value)))


def _truth_for_number(found: Any) -> bool:
    """True is no answer where 1.0 is the right one."""
    number = numeric(found)
    return number is not None and number.ndim == 0 and number.dtype.kind == "b"
