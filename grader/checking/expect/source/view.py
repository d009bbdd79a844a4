"""Reads a submission's syntax trees: which names it uses under which alias, where, and whether that code can be reached.

Nothing is imported or executed. Code is split into units: the top level, and every function and method. A unit counts
as reached where a chain of references leads to it from what runs or from what the grader calls.
"""

from __future__ import annotations

import ast
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from grader.checking.expect.source.trees import aliases_of, tree_of
from grader.running.source import Source

TOP = ""  # name of the unit that is all code outside of functions
_RUNS_TEXT = frozenset({"eval", "exec", "compile", "run_cell", "run_line_magic", "run_cell_magic", "ex", "system"})
_MOST_NESTED = 3  # levels of text that is code in text that is code
_MOST_TEXT = 200_000
SHORT = {
    "np": "numpy", "pd": "pandas", "plt": "matplotlib.pyplot", "tf": "tensorflow", "sp": "scipy", "sns": "seaborn",
    "sk": "sklearn",
}  # fmt: skip

_KEPT = (
    ast.stmt, ast.Constant, ast.UnaryOp, ast.BinOp, ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp,
    ast.Lambda, ast.IfExp, ast.Yield, ast.YieldFrom,
)  # fmt: skip

Function = ast.FunctionDef | ast.AsyncFunctionDef


@dataclass(frozen=True)
class Use:
    """One place where a name, a construct or a literal stands.

    Attributes
    ----------
    name : str
        Dotted, with the aliases of imports resolved: ``numpy.linalg.svd``; ``.fit`` for an attribute of an expression.
    node : ast.AST
    cell, line : int
        In the student's own file; both from 1.
    live : bool
        Whether the statement can be reached within its unit.
    wasted : bool
        Whether the value of the call is thrown away or never read.
    """

    name: str
    node: ast.AST
    cell: int
    line: int
    live: bool = True
    wasted: bool = False


@dataclass
class Unit:
    """One function, or the top level."""

    name: str
    uses: list[Use] = field(default_factory=list)
    nodes: list[Use] = field(default_factory=list)  # statements, loops, literals and the like
    names: set[str] = field(default_factory=set)  # names and attributes that live code refers to


class View:
    """All units of a submission.

    Parameters
    ----------
    source : Source
    """

    def __init__(self, source: Source) -> None:
        self.notebook = source.form == "notebook"
        self._trees = [(cell.number, tree) for cell in source.cells for tree in [tree_of(cell.text, cell.tree)] if tree]
        self.aliases = dict(aliases_of(self._trees))
        self.units: dict[str, Unit] = {TOP: Unit(TOP)}
        self.classes: set[str] = set()
        for number, tree in self._trees:
            _Reader(self, number).read(tree)

    def reached(self, entries: Iterable[str] | None, from_top: bool = True) -> list[Unit]:
        """Units that can be reached from the functions and classes called `entries`, and from the top level.

        None stands for every function and class of the top level.
        """
        if entries is None:
            entries = {name for name in self.units if "." not in name} | self.classes
        pending = [unit for name in entries for unit in self._called(name)]
        pending += [TOP] if from_top else []
        found: dict[str, Unit] = {}
        while pending:
            name = pending.pop()
            if name in found:
                continue
            found[name] = self.units[name]
            pending += [unit for reference in found[name].names for unit in self._called(reference)]
        return [unit for name, unit in self.units.items() if name in found]

    def _called(self, name: str) -> list[str]:
        """Units that a reference to `name` may run: a function, all of a class, a method by its bare name."""
        return [
            unit
            for unit in self.units
            if unit and (unit == name or self._is_method(unit, name) or unit.rpartition(".")[2] == name)
        ]

    def _is_method(self, unit: str, name: str) -> bool:
        owner = unit.rpartition(".")[0]
        return owner in self.classes and name in (owner, owner.rpartition(".")[2])

    def resolve(self, node: ast.AST) -> str:
        """The dotted name of an expression with aliases resolved; ``.attribute`` for attributes of other expressions."""
        parts: list[str] = []
        while isinstance(node, ast.Attribute):
            parts.append(node.attr)
            node = node.value
        if isinstance(node, ast.Name):
            root = self.aliases.get(node.id, node.id)
            return ".".join([root, *reversed(parts)])
        return "." + ".".join(reversed(parts)) if parts else ""


class _Reader:
    """Walks one cell and sorts what it finds into units."""

    def __init__(self, view: View, cell: int, line: int | None = None, nested: int = 0) -> None:
        self._view, self._cell, self._line, self._nested = view, cell, line, nested

    def read(self, tree: ast.Module) -> None:
        self._block(tree.body, TOP, "", True)

    def _block(self, body: Iterable[ast.stmt], unit: str, prefix: str, live: bool) -> None:
        for statement in body:
            self._statement(statement, unit, prefix, live)
            if isinstance(statement, ast.Return | ast.Raise | ast.Break | ast.Continue):
                live = False

    def _statement(self, node: ast.stmt, unit: str, prefix: str, live: bool) -> None:
        if isinstance(node, Function):
            name = f"{prefix}{node.name}"
            self._note(node, unit, live)
            self._view.units[name] = Unit(name)  # the last definition counts
            for part in (*node.decorator_list, node.args):
                self._expression(part, unit, live)
            self._block(node.body, name, f"{name}.", True)
            self._mark_wasted(node, name)
        elif isinstance(node, ast.ClassDef):
            self._note(node, unit, live)
            for part in (*node.decorator_list, *node.bases, *node.keywords):
                self._expression(part, unit, live)
            self._view.classes.add(f"{prefix}{node.name}")
            self._block(node.body, unit, f"{prefix}{node.name}.", live)
        elif isinstance(node, ast.If | ast.While):
            self._branches(node, unit, prefix, live)
        elif isinstance(node, ast.Expr) and isinstance(node.value, ast.Name | ast.Attribute):
            self._note(node, unit, live)
            self._expression(node.value, unit, False)  # naming a thing and doing nothing with it is no use
        else:
            self._note(node, unit, live)
            for child in ast.iter_child_nodes(node):
                if isinstance(child, ast.stmt | ast.excepthandler | ast.match_case):
                    continue
                self._expression(child, unit, live)
            for block in _blocks(node):
                self._block(block, unit, prefix, live)

    def _branches(self, node: ast.If | ast.While, unit: str, prefix: str, live: bool) -> None:
        """A condition with its branches; a long chain of ``elif`` is walked without recursion."""
        while True:
            known = _truth(node.test)
            self._note(node, unit, live)
            self._expression(node.test, unit, live)
            self._block(node.body, unit, prefix, live and known is not False)
            live = live and known is not True
            following = node.orelse[0] if len(node.orelse) == 1 else None
            if not isinstance(following, ast.If):
                self._block(node.orelse, unit, prefix, live)
                return
            node = following

    def _expression(self, root: ast.AST, unit: str, live: bool) -> None:
        pending = [root]
        while pending:
            node = pending.pop()
            self._note(node, unit, live)
            if isinstance(node, ast.Name | ast.Attribute):
                self._use(self._view.resolve(node), node, unit, live)
                while isinstance(node, ast.Attribute):  # its parts are no uses of their own
                    node = node.value
                if not isinstance(node, ast.Name):
                    pending.append(node)
                continue
            if isinstance(node, ast.Call):
                self._indirect(node, unit, live)
            pending += reversed(list(ast.iter_child_nodes(node)))

    def _indirect(self, call: ast.Call, unit: str, live: bool) -> None:
        """Names that hide in texts: ``getattr(np, "sum")``, ``import_module("sklearn")``, ``eval("...")``."""
        function = self._view.resolve(call.func).rpartition(".")[2]
        texts = [a.value for a in call.args if isinstance(a, ast.Constant) and isinstance(a.value, str)]
        if function in ("getattr", "attrgetter", "methodcaller") and texts:
            base = self._view.resolve(call.args[0]) if function == "getattr" else ""
            self._use(f"{base}.{texts[0]}", call, unit, live)
        elif function in ("import_module", "__import__") and texts:
            self._use(texts[0], call, unit, live)
        elif function in _RUNS_TEXT and self._nested < _MOST_NESTED:
            for text in texts:
                tree = tree_of(text[:_MOST_TEXT], None)
                if tree is not None:
                    reader = _Reader(self._view, self._cell, self._line or call.lineno, self._nested + 1)
                    reader._block(tree.body, unit, f"{unit}." if unit else "", live)

    def _use(self, name: str, node: ast.AST, unit: str, live: bool) -> None:
        self._view.units[unit].uses.append(Use(name, node, self._cell, self._line_of(node), live))
        if live:
            self._view.units[unit].names.update(part for part in name.split(".") if part)

    def _note(self, node: ast.AST, unit: str, live: bool) -> None:
        if isinstance(node, _KEPT):
            self._view.units[unit].nodes.append(Use("", node, self._cell, self._line_of(node), live))
        if isinstance(node, ast.Import):
            for alias in node.names:
                self._use(alias.name, node, unit, live)
        elif isinstance(node, ast.ImportFrom):
            for alias in node.names:
                self._use(f"{node.module or ''}.{alias.name}".lstrip("."), node, unit, live)

    def _line_of(self, node: ast.AST) -> int:
        return self._line if self._line is not None else int(getattr(node, "lineno", 1))

    def _mark_wasted(self, function: Function, unit: str) -> None:
        """Find calls whose value nobody reads: a bare expression, or a name that the function never loads again."""
        loaded = {n.id for n in ast.walk(function) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Load)}
        wasted: set[int] = set()
        for node in ast.walk(function):
            value = node.value if isinstance(node, ast.Expr | ast.Assign) else None
            if not isinstance(value, ast.Call):
                continue
            targets = node.targets if isinstance(node, ast.Assign) else []
            names = [
                n for t in targets for n in ast.walk(t) if isinstance(n, ast.Name) and isinstance(n.ctx, ast.Store)
            ]
            plain = all(
                isinstance(n, ast.Name | ast.Tuple | ast.List | ast.Starred | ast.expr_context)
                for t in targets
                for n in ast.walk(t)
            )
            if plain and not any(name.id in loaded for name in names):
                wasted.add(id(value.func))
        own = self._view.units[unit]
        own.uses = [
            Use(use.name, use.node, use.cell, use.line, use.live, True) if id(use.node) in wasted else use
            for use in own.uses
        ]


def _blocks(node: ast.stmt) -> Iterator[list[ast.stmt]]:
    for name in ("body", "orelse", "finalbody"):
        yield getattr(node, name, [])
    for part in (*getattr(node, "handlers", []), *getattr(node, "cases", [])):
        yield part.body


def _truth(test: ast.expr) -> bool | None:
    """What a condition without names comes to; None where that is not plain."""
    negative = False
    while isinstance(test, ast.UnaryOp) and isinstance(test.op, ast.Not):
        test, negative = test.operand, not negative
    known = _plain_truth(test)
    return known if known is None else known is not negative


def _plain_truth(test: ast.expr) -> bool | None:
    if isinstance(test, ast.Constant):
        return bool(test.value)
    if isinstance(test, ast.List | ast.Tuple | ast.Set) and not test.elts:
        return False
    if isinstance(test, ast.Compare) and len(test.ops) == 1:
        left, right = test.left, test.comparators[0]
        if isinstance(left, ast.Constant) and isinstance(right, ast.Constant):
            same = type(left.value) is type(right.value) and left.value == right.value
            return same if isinstance(test.ops[0], ast.Eq) else not same if isinstance(test.ops[0], ast.NotEq) else None
    return None
