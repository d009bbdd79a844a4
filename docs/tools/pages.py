"""Brings the pages up to date with code and data: ``python -m docs.tools.pages``, or ``--check`` to only compare.

Whatever stands between ``<!-- keys: Exercise -->`` and ``<!-- end -->`` is built. The pages of the reference are built whole, from
``docs/templates``; the README and other pages under ``docs`` hold what is built between what is written by hand.

====================================  ============================================================================
``<!-- object: PATH -->``             a class with its public members; with ``as NAME``, called as a check calls it
``<!-- fixtures: PATH -->``           the pytest fixtures of a plugin
``<!-- keys: MODEL -->``              a table of the keys of one of a course's models
``<!-- old apis -->``                 the table of old forms
``<!-- mistakes -->``                 the table of recurring mistakes
``<!-- proofs -->``                   figures of the proof records
``<!-- layers -->``                   the import contract, with what each package is for
``<!-- course -->``                   how many exercises, checks and known mistakes each track has
``<!-- demo -->``                     what ``grader demo`` prints about its class
====================================  ============================================================================
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Callable, Sequence
from pathlib import Path

from docs.tools import course, objects, tables
from grader.grading.export import DOCUMENT

ROOT = Path(__file__).parents[2]
_BLOCK = re.compile(
    r"^<!-- (?P<kind>[a-z ]+?)(?:: (?P<of>[\w.]+)(?: as (?P<name>\w+))?)? -->\n(?P<built>(?:(?!^<!-- ).*\n)*^<!-- end -->\n)?",
    re.MULTILINE,
)
_HEADING = re.compile(r"^(#+) ", re.MULTILINE)
_HEADER = "<!-- Built by `make reference` from docs/templates/{name}: change that file, or the code. -->\n\n"
TABLES: dict[str, Callable[[], str]] = {
    "old apis": tables.old_forms,
    "mistakes": tables.mistakes,
    "proofs": tables.proofs,
    "layers": tables.layers,
    "course": course.size,
    "demo": course.demo,
}


class PageError(ValueError):
    """A page asks for what there is not: the message names file, line and what may be meant."""

    @classmethod
    def at(cls, source: Path, text: str, position: int, what: str) -> PageError:
        """Of a place in a file."""
        line = text.count("\n", 0, position) + 1
        return cls(f"{source}:{line}: {what}")


def build(root: Path = ROOT) -> dict[Path, str]:
    """Every page that holds something built, and the JSON Schema of ``grades.json``, as they should be.

    Parameters
    ----------
    root : Path
        The folder that holds ``docs``.

    Returns
    -------
    dict of Path to str

    Raises
    ------
    PageError
        A page asks for an object, a model or a table that does not exist.
    """
    docs = root / "docs"
    pages = {}
    for source in sorted((docs / "templates").glob("*.md")):
        header = _HEADER.format(name=source.name)
        pages[docs / "reference" / source.name] = header + fill(source.read_text("utf-8"), source.relative_to(root))
    for page in (root / "README.md", *sorted(docs.glob("*.md"))):
        text = page.read_text("utf-8")
        if _BLOCK.search(text):
            pages[page] = fill(text, page.relative_to(root))
    pages[docs / "grades.schema.json"] = json.dumps(DOCUMENT.schema(), indent=1) + "\n"
    return pages


def fill(text: str, source: Path) -> str:
    """A page with every block built anew; what was built before goes.

    Parameters
    ----------
    text : str
        Markdown.
    source : Path
        Where it stands, for messages.

    Returns
    -------
    str

    Raises
    ------
    PageError
        A block asks for what there is not.
    """
    shown = frozenset(found["of"] for found in _BLOCK.finditer(text) if found["kind"] == "object")

    def block(found: re.Match[str]) -> str:
        kind, of = found["kind"], found["of"]
        if kind == "end":
            raise PageError.at(source, text, found.start(), "<!-- end --> ends nothing")
        above = _HEADING.findall(text, 0, found.start())
        level = len(above[-1]) + 1 if above else 1
        try:
            if kind == "object":
                built = objects.object_page(of, level, name=found["name"], elsewhere=shown - {of})
            elif kind == "fixtures":
                built = objects.fixtures(of, level)
            elif kind == "keys":
                built = tables.keys(of)
            elif kind in TABLES and of is None:
                built = TABLES[kind]()
            else:
                raise LookupError(
                    f"{kind!r} is no kind of block; there are object, fixtures, keys, {', '.join(TABLES)}"
                )
        except LookupError as error:
            raise PageError.at(source, text, found.start(), str(error.args[0])) from error
        opening = found[0].partition("\n")[0]
        return f"{opening}\n\n{built.strip()}\n\n<!-- end -->\n"

    return _BLOCK.sub(block, text)


def main(arguments: Sequence[str] | None = None) -> int:
    """Write the pages that are not current, or with ``--check`` name them and fail."""
    parser = argparse.ArgumentParser(prog="python -m docs.tools.pages", description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="write nothing; fail where a page is not current")
    check = parser.parse_args(arguments).check
    try:
        pages = build()
    except PageError as error:
        print(error, file=sys.stderr)
        return 2
    old = [page for page, text in pages.items() if not page.exists() or page.read_text("utf-8") != text]
    for page in old:
        print(
            f"{page.relative_to(ROOT)}: {'not what code and data say now; type: make reference' if check else 'built'}"
        )
        if not check:
            page.parent.mkdir(exist_ok=True)
            page.write_text(pages[page], "utf-8")
    return int(check and bool(old))


if __name__ == "__main__":
    sys.exit(main())
