"""``expect.source``: what the code of a submission must contain, and what it must not."""

from __future__ import annotations

import ast
import builtins
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from grader.checking.expect.base import ExpectBase
from grader.checking.expect.source.literals import find_literal
from grader.checking.expect.source.main_block import on_import
from grader.checking.expect.source.view import SHORT, Unit, Use, View
from grader.checking.failure import CheckFailed
from grader.checking.values import is_discreet
from grader.running.source import Source
from grader.vocabulary import Text

_LOOPS = (ast.For, ast.AsyncFor, ast.While)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
CONSTRUCTS: dict[str, tuple[type[ast.AST], ...]] = {
    "for": (ast.For, ast.AsyncFor),
    "while": (ast.While,),
    "comprehension": _COMPREHENSIONS,
    "loop": (*_LOOPS, *_COMPREHENSIONS),
    "lambda": (ast.Lambda,),
    "try": (ast.Try,),
    "with": (ast.With, ast.AsyncWith),
    "if": (ast.If, ast.IfExp),
    "global": (ast.Global,),
    "class": (ast.ClassDef,),
    "yield": (ast.Yield, ast.YieldFrom),
    "import": (ast.Import, ast.ImportFrom),
}
# what runs a Python loop under another name
HIDDEN_LOOPS = ("map", "filter", "reduce", "functools.reduce", "numpy.vectorize", "numpy.frompyfunc", "numpy.fromiter",
                "numpy.apply_along_axis", ".apply", ".iterrows", ".itertuples", ".applymap", ".nditer", "numpy.nditer")  # fmt: skip

NOT_USED = Text(
    "{names} should be used here, but the code does not.", "여기에서는 {names}을(를) 써야 하는데 코드에 없어요."
)
NOT_REACHED = Text(
    "{names} stands in {place}, but that code is never reached.",
    "{place}에 {names}이(가) 있지만 실행되지 않는 코드예요.",
)
WASTED = Text(
    "{names} is called in {place}, but its result is not used.",
    "{place}에서 {names}을(를) 호출하지만 그 결과를 쓰지 않아요.",
)
FORBIDDEN = Text(
    "{names} is not allowed in this exercise; it stands in {place}.",
    "이 문제에서는 {names}을(를) 쓸 수 없어요. {place}에 있어요.",
)
HARD_CODED = Text(
    "An answer is written into the code in {place}: compute it from the data.",
    "{place}에 답이 그대로 적혀 있어요. 데이터에서 계산하세요.",
)
HARD_CODED_SOMEWHERE = Text(
    "An answer is written into the code: compute it from the data.",
    "코드에 답이 그대로 적혀 있어요. 데이터에서 계산하세요.",
)
NO_FUNCTION = Text("There is no function `{name}`.", "`{name}` 함수가 없어요.")


class SourceRules:
    """Expectations about the code of one submission, or of one function with the helpers that it calls.

    Made by ``expect.source``.
    """

    def __init__(self, view: View, within: str | None, entries: Sequence[str] | None) -> None:
        self._view = view
        self._alive = {unit.name for unit in view.reached(entries)}
        if within is None:
            self._units = view.reached(entries)
            self._all = list(view.units.values())
        else:
            self._units = self._all = view.reached([within], from_top=False)
            if not self._units:
                raise CheckFailed(NO_FUNCTION.format(name=within), details=f"units: {', '.join(view.units)[:1000]}")

    def uses(self, *names: str, result: bool = False, message: Text | None = None) -> None:
        """At least one of these names is used, in code that can be reached.

        Parameters
        ----------
        *names : str
            ``"np.linalg.svd"`` however it was imported; ``"KMeans"`` from any module; ``".fit"`` as a method of
            anything; a construct such as ``"for"``, ``"while"``, ``"comprehension"``, ``"loop"``, ``"lambda"``.
        result : bool
            The value of the call must be read as well: for functions that only compute.
        message : Text, optional

        Examples
        --------
        >>> expect.source("import numpy as np\\ndef f(X):\\n    return np.mean(X)", within="f").uses("numpy.mean")
        """
        reached = [use for unit in self._units for use in self._matching(unit, names)]
        live = [use for use in reached if use.live]
        if live and not (result and all(use.wasted for use in live)):
            return
        told = _told(names)
        if live:
            self._fail(WASTED, message, told, live[0])
        elsewhere = [unit for unit in self._view.units.values() if unit.name not in self._alive]
        dead = reached or [use for unit in elsewhere for use in self._matching(unit, names)]
        if dead:
            self._fail(NOT_REACHED, message, told, dead[0])
        self._fail(NOT_USED, message, told)

    def avoids(self, *names: str, message: Text | None = None) -> None:
        """None of these names or constructs stands anywhere, not under an alias, in ``getattr`` or in text for ``eval``.

        Parameters
        ----------
        *names : str
            As for `uses`; a module's name stands for all that comes from it: ``"sklearn"``.
        message : Text, optional

        Examples
        --------
        >>> expect.source("total = sum(range(10))").avoids("for", "while", "numpy")
        """
        for name in names:
            for unit in self._all:
                for use in self._matching(unit, [name], modules=True):
                    self._fail(FORBIDDEN, message, _told([name]), use)

    def literal_free(
        self, values: Iterable[Any], rtol: float = 1e-3, share: float = 0.6, message: Text | None = None
    ) -> None:
        """No answer is written into the code: numbers (also negative, as a small sum, in a text), texts, arrays.

        Parameters
        ----------
        values : iterable
            Numbers, texts, and arrays of numbers. Leave out those that an honest solution may contain: 0, 1, sizes.
        rtol : float
            How close a literal must come to a number, relative to it.
        share : float
            Share of an array's different numbers that must stand in the code to count.
        message : Text, optional

        Examples
        --------
        >>> expect.source("rate = 17 / 25").literal_free([0.7312, "setosa"])
        """
        nodes = [use for unit in self._all for use in unit.nodes]
        for value in values:
            place = find_literal(value, nodes, rtol, share)
            if place is not None:
                # of many numbers in the code, a hidden check must not say which one is the answer
                self._fail(HARD_CODED_SOMEWHERE if is_discreet() else HARD_CODED, message, "", place)

    def loops(self) -> list[Text]:
        """Places of Python loops in reachable code, in words; comprehensions, ``map`` and ``np.vectorize`` count too."""
        found = [use for unit in self._units for use in self._matching(unit, ["loop", *HIDDEN_LOOPS]) if use.live]
        return list(dict.fromkeys(self._place(use) for use in found))

    def _matching(self, unit: Unit, names: Iterable[str], modules: bool = False) -> Iterable[Use]:
        for name in names:
            if name in CONSTRUCTS:
                yield from (use for use in unit.nodes if isinstance(use.node, CONSTRUCTS[name]))
                continue
            wanted = _canonical(name)
            for use in unit.uses:
                imported = isinstance(use.node, ast.Import | ast.ImportFrom)
                if (modules or not imported) and _matches(use.name, wanted, modules):
                    yield use

    def _place(self, use: Use) -> Text:
        if self._view.notebook:
            return Text(f"cell {use.cell}, line {use.line}", f"{use.cell}번 셀 {use.line}번째 줄")
        return Text(f"line {use.line}", f"{use.line}번째 줄")

    def _fail(self, sentence: Text, message: Text | None, names: str, use: Use | None = None) -> NoReturn:
        place = self._place(use) if use is not None else Text("")
        said = sentence.format(names=names, place=place)
        sentences = [text for text in (message, said) if text is not None]
        shown = _shown(use.node) if use is not None else ""
        raise CheckFailed(*sentences, details=f"{names} {place.en}\n{shown}")


class SourceExpectations(ExpectBase):
    """``expect.source``."""

    def source(
        self,
        submission: Any,
        within: str | None = None,
        entries: Sequence[str] | None = None,
        *,
        main: bool = True,
    ) -> SourceRules:
        """Rules about the code of a submission, read as a syntax tree and never executed.

        Aliases of imports are resolved, ``getattr`` with a text and text for ``eval`` are looked into, notebooks with
        magics are read, and code that does not parse is left out: it can't run either.

        Parameters
        ----------
        submission : SubmissionProxy, Source or str
            ``submission``, or the text of a module.
        within : str, optional
            A function, class or ``Class.method``: only it, and what it calls, is looked at.
        entries : sequence of str, optional
            Functions that the grader calls, from where code counts as reached; what the exercise ``defines`` by default.
        main : bool
            Whether a module's block ``if __name__ == "__main__":`` counts. It never runs in the grader, so that students
            may try out there what is not allowed in the rest; it counts all the same where the rest uses it.

        Returns
        -------
        SourceRules
            With ``uses``, ``avoids``, ``literal_free`` and ``loops``.

        Raises
        ------
        CheckFailed
            There is no function called `within`.

        Examples
        --------
        In a check::

            expect.source(submission, within="svd_pca").uses("np.linalg.svd", result=True)
            expect.source(submission).avoids("sklearn", "loop")
        """
        return source_rules(submission, within, entries, main=main)


def source_rules(
    submission: Any, within: str | None = None, entries: Sequence[str] | None = None, *, main: bool = True
) -> SourceRules:
    """Rules about the code of a submission, as `Expect.source` makes them."""
    if isinstance(submission, str):
        source = Source(submission.encode(), "module")
    else:
        source = submission if isinstance(submission, Source) else submission.source
    defines = getattr(getattr(getattr(submission, "_session", None), "exercise", None), "defines", None)
    asked = list(entries) if entries is not None else list(defines or []) or None
    return SourceRules(View(source if main else on_import(source, asked or ())), within, asked)


def _canonical(name: str) -> str:
    root, dot, rest = name.partition(".")
    return f"{SHORT.get(root, root)}{dot}{rest}" if root else name


def _matches(found: str, wanted: str, modules: bool) -> bool:
    """Whether a resolved name is the wanted one; with `modules` also something out of a module of that name."""
    if wanted.startswith("."):
        return found.endswith(wanted) and found != wanted[1:]
    if found == wanted or (modules and found.startswith(f"{wanted}.")):
        return True
    if hasattr(builtins, wanted):  # ``sum`` is not ``np.sum``
        return found == f"builtins.{wanted}"
    if "." in wanted:
        return _same_package(found, wanted)
    return found.rpartition(".")[2] == wanted


def _same_package(found: str, wanted: str) -> bool:
    """``sklearn.KMeans`` and ``sklearn.cluster.KMeans``, ``scipy.linalg.svd`` not for ``numpy.linalg.svd``."""
    package, last = wanted.partition(".")[0], wanted.rpartition(".")[2]
    return (
        wanted.count(".") == 1
        and package not in ("numpy", "math", "statistics")
        and found.partition(".")[0] == package
        and found.rpartition(".")[2] == last
    )


def _shown(node: ast.AST) -> str:
    """The code of a node, for the instructor."""
    try:
        return ast.unparse(node)[:500]
    except (RecursionError, ValueError):
        return type(node).__name__


def _told(names: Sequence[str]) -> str:
    return " / ".join(f"`{name}`" for name in names)
