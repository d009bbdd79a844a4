"""Classes and fixtures as Markdown, from their source and NumPy docstrings, which griffe reads. Nothing is imported."""

from __future__ import annotations

import functools
import io
import itertools
import re
import tokenize
from collections.abc import Collection, Iterable, Iterator
from pathlib import Path
from typing import Any

import griffe

ROOT = Path(__file__).parents[2]
_LINE = 100  # characters of a signature before it is broken
_TITLES = {
    "parameters": "Parameters",
    "returns": "Returns",
    "yields": "Yields",
    "raises": "Raises",
    "attributes": "Attributes",
}


@functools.cache
def _package() -> griffe.ModulesCollection:
    loader = griffe.GriffeLoader(
        search_paths=[ROOT],
        docstring_parser=griffe.Parser.numpy,
        docstring_options={"warnings": False},
        allow_inspection=False,
    )
    loader.load("grader")
    loader.resolve_aliases()
    return loader.modules_collection


def find(path: str) -> Any:
    """The class at a dotted path.

    Raises
    ------
    LookupError
        There is none; the message says where a class of that name is.
    """
    try:
        found = _package()[path]
    except KeyError:
        found = None
    if found is not None and found.is_class:
        return found.final_target if found.is_alias else found
    name = path.rpartition(".")[2]
    others = [c.path for c in _classes(_package()["grader"]) if c.name == name]
    raise LookupError(f"there is no class {path}" + (f"; {' and '.join(others)} has its name" if others else ""))


def _classes(module: Any) -> Iterator[Any]:
    for member in module.members.values():
        if member.is_alias:
            continue
        if member.is_class:
            yield member
        elif member.is_module:
            yield from _classes(member)


def object_page(path: str, level: int, name: str | None = None, elsewhere: Collection[str] = ()) -> str:
    """A class with its documented public members.

    Parameters
    ----------
    path : str
        Dotted path of the class.
    level : int
        Of its heading; members stand one below.
    name : str, optional
        What stands before the dot of each member; the name of the class by default.
    elsewhere : collection of str
        Paths of classes whose members are shown for themselves and are not repeated where they are inherited.

    Returns
    -------
    str
        Markdown.

    Raises
    ------
    LookupError
        There is no such class.
    """
    shown = find(path)
    apart = {base.path for base in map(find, elsewhere)}
    parts = [_heading(level, shown.name)]
    if "dataclass" in shown.labels:
        parts.append(_code(shown.signature()))
    parts += _docstring(shown)
    bases = [base for base in shown.mro() if base.path not in apart]
    if inherited := [base.name for base in shown.mro() if base.path in apart]:
        parts.append(f"It has all that {' and '.join(f'`{base}`' for base in inherited)} has, and besides:")
    members = list(_members([shown, *bases]))
    if len(members) > 2:
        parts.append(_contents(members, name or shown.name))
    for member in members:
        parts += _member(member, level + 1, f"{name or shown.name}.{member.name}")
    return "\n\n".join(parts)


def fixtures(path: str, level: int) -> str:
    """The pytest fixtures that a plugin defines, in order.

    Raises
    ------
    LookupError
        There is no such class, or it has no fixtures.
    """
    found = [m for m in find(path).members.values() if m.is_function and _is_fixture(m)]
    if not found:
        raise LookupError(f"{path} has no fixtures")
    return "\n\n".join(part for fixture in found for part in (_heading(level, fixture.name), *_docstring(fixture)))


def _is_fixture(function: Any) -> bool:
    return any(decorator.callable_path == "pytest.fixture" for decorator in function.decorators)


def _members(classes: Iterable[Any]) -> Iterator[Any]:
    """Documented public members, special methods included, in order of definition, each where it is first found."""
    seen = {"__init__"}
    for base in classes:
        for name, member in base.members.items():
            private = name.startswith("_") and not name.endswith("__")
            if name in seen or private or member.is_alias or member.docstring is None:
                continue
            seen.add(name)
            yield member


def _member(member: Any, level: int, title: str) -> list[str]:
    if member.is_function:
        signature = member.signature()
    else:
        signature = f"{member.name}: {member.annotation}" if getattr(member, "annotation", None) else member.name
    return [_heading(level, title), _code(signature), *_docstring(member)]


def _contents(members: Iterable[Any], name: str) -> str:
    rows = ["| | |", "| --- | --- |"]
    for member in members:
        title = f"{name}.{member.name}"
        rows.append(f"| [`{title}`](#{anchor(title)}) | {cell(_summary(member))} |")
    return "\n".join(rows)


def _summary(member: Any) -> str:
    return " ".join(member.docstring.value.strip().partition("\n\n")[0].split())


def anchor(title: str) -> str:
    """The fragment that forges and Python-Markdown alike give a heading of letters, digits, dots and underscores."""
    return re.sub(r"[^\w\s-]", "", title).strip().lower()


def _heading(level: int, title: str) -> str:
    return f"{'#' * level} `{title}`"


def _docstring(shown: Any) -> list[str]:
    parts: list[str] = []
    for section in shown.docstring.parsed if shown.docstring else []:
        kind = section.kind.value
        if kind == "text":
            parts.append(_prose(section.value))
        elif kind == "parameters" and shown.is_class and "dataclass" not in shown.labels:
            continue  # checks are given it and never make one
        elif kind == "examples":
            parts.append("**Examples**")
            parts += [_fence("pycon", text) if of.value == "examples" else _prose(text) for of, text in section.value]
        elif kind == "admonition":
            parts += [f"**{section.title}**", _prose(section.value.contents)]
        elif kind in _TITLES:
            parts += [f"**{_TITLES[kind]}**", _items(section.value)]
        else:
            raise LookupError(f"{shown.path}: sections {kind!r} of a docstring have no form on a page yet")
    return parts


def _prose(text: str) -> str:
    return re.sub(r"::$", ":", text.strip(), flags=re.MULTILINE)


def _items(items: Iterable[Any]) -> str:
    """Parameters, results or exceptions as a list; those that were documented together stand together."""
    lines = []
    for (annotation, description), group in itertools.groupby(
        items, lambda i: (str(i.annotation or ""), i.description)
    ):
        names = ", ".join(f"`{item.name}`" for item in group if getattr(item, "name", ""))
        kind = f"*{annotation}*" if annotation not in ("", "optional") else ""
        head = f"{names} ({kind})" if names and kind else names or kind
        lines.append(f"* {head}" + (f": {_prose(description)}" if description.strip() else ""))
    return "\n".join(line.replace("\n", "\n    ").replace("\n    \n", "\n\n") for line in lines)


def cell(text: str) -> str:
    """Text that stays within its cell of a table."""
    return text.replace("|", "\\|")


def _code(signature: str) -> str:
    return _fence("python", wrapped(signature))


def _fence(language: str, text: str) -> str:
    return f"```{language}\n{text}\n```"


def wrapped(signature: str) -> str:
    """A signature, one parameter a line where it does not fit into one."""
    if len(signature) <= _LINE:
        return signature
    depth, begin, parts = 0, 0, []
    for token in tokenize.generate_tokens(io.StringIO(signature).readline):
        depth += (token.string in "([{") - (token.string in ")]}") if token.type == tokenize.OP else 0
        opened = token.string == "(" and depth == 1 and not parts
        if opened or (token.string == "," and depth == 1):
            parts.append(signature[begin : token.end[1]].strip())
            begin = token.end[1]
        elif token.string == ")" and depth == 0:
            parts += [signature[begin : token.start[1]].strip() + ",", signature[token.start[1] :]]
            break
    return "\n    ".join(parts[:-1]) + f"\n{parts[-1]}"
