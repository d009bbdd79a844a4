"""Tables of pages: keys of a course's models, old forms, figures of proof records, the layers of the import contract."""

from __future__ import annotations

import ast
import re
import tomllib
from pathlib import Path
from typing import Any

from docs.tools.objects import cell

ROOT = Path(__file__).parents[2]
MODELS = Path("grader/course/models.py")
_COMMENT = re.compile(r"\s#\s?(.*)$")


def keys(model: str) -> str:
    """A table of a model's keys: type, default, and the comment that stands beside each.

    Raises
    ------
    LookupError
        There is no such model.
    """
    text = (ROOT / MODELS).read_text("utf-8")
    lines = text.split("\n")
    models = {node.name: node.body for node in ast.parse(text).body if isinstance(node, ast.ClassDef)}
    if model not in models:
        raise LookupError(f"{MODELS} has no model {model!r}; it has {', '.join(models)}")
    rows = ["| key | type | default | |", "| --- | --- | --- | --- |"]
    for node in models[model]:
        if not isinstance(node, ast.AnnAssign) or not isinstance(node.target, ast.Name):
            continue
        default = ast.unparse(node.value) if node.value is not None else ""
        if "exclude=True" in default:
            continue  # set by the loader, no key of the file
        end = node.end_lineno or node.lineno
        said = [_COMMENT.search(lines[end - 1])]
        while end < len(lines) and lines[end].lstrip().startswith("#   "):  # the comment goes on below
            said.append(_COMMENT.search(f" {lines[end].lstrip()}"))
            end += 1
        meaning = " ".join(found[1].strip() for found in said if found)
        shown = f"`{default}`" if default else "required"
        rows.append(f"| `{node.target.id}` | `{_plain(node.annotation)}` | {shown} | {cell(meaning)} |")
    return "\n".join(rows)


def _plain(annotation: ast.expr) -> str:
    """A type as an author reads it: without pydantic's bounds, and safe in a table."""
    text = re.sub(r"Annotated\[([\w.]+), Field\((\w+)=([\d.]+)\)\]", r"\1", ast.unparse(annotation))
    return text.replace("|", "or")


def old_forms() -> str:
    """The table of old forms as students read it."""
    from grader.feedback.old_apis import old_apis

    rows = ["| library | since | what students read | 한국어 |", "| --- | --- | --- | --- |"]
    rows += [f"| {row.library} | {row.since or 'a slip'} | {cell(row.en)} | {cell(row.ko)} |" for row in old_apis()]
    return "\n".join(rows)


def mistakes() -> str:
    """The tags of recurring mistakes with what is said of each."""
    from grader.course.catalogue import catalogue

    rows = ["| tag | what students read |", "| --- | --- |"]
    return "\n".join([*rows, *(f"| `{tag}` | {cell(said.en)} |" for tag, said in catalogue().items())])


def proofs() -> str:
    """What the proof records of this course say, an exercise a row."""
    from grader.course import load_course
    from grader.course.proof_record import ProofFigures, load_record

    heads = (
        "exercise",
        "mutants killed",
        "right work refused",
        "adversaries paid",
        "generated survive",
        "seconds (CPU)",
    )
    rows = ["| " + " | ".join(heads) + " |", "| --- " + "| ---: " * (len(heads) - 1) + "|"]
    total = ProofFigures()
    for exercise in load_course(ROOT).exercises.values():
        record = load_record(exercise, "small")
        if record is not None:
            rows.append(_proof_row(f"`{exercise.id}`", record.figures))
            total = total + record.figures
    return "\n".join([*rows, _proof_row("**all**", total)])


def _proof_row(name: str, figures: Any) -> str:
    pairs = (
        (figures.killed, figures.mutants),
        (figures.refused, figures.right_runs),
        (figures.paid, figures.adversaries),
    )
    parts = [f"{part} of {whole}" for part, whole in (*pairs, (figures.survived, figures.generated))]
    return f"| {name} | {' | '.join(parts)} | {figures.seconds:.0f} ({figures.cpu_seconds:.0f}) |"


def layers() -> str:
    """The layers of the import contract, the highest first, each package with the first sentence of its docstring.

    Raises
    ------
    LookupError
        The contract has no layers, or names what does not exist.
    """
    contracts = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["tool"]["importlinter"]["contracts"]
    found = [contract["layers"] for contract in contracts if contract["type"] == "layers"]
    if len(found) != 1:
        raise LookupError(f"pyproject.toml: one contract of type 'layers' is wanted; there are {len(found)}")
    rows = ["| layer | package | what it is for |", "| ---: | --- | --- |"]
    for depth, layer in enumerate(found[0], 1):
        for place, module in enumerate(re.split(r"\s*[|]\s*", layer)):
            rows.append(f"| {'' if place else depth} | `{module}` | {cell(_purpose(module))} |")
    return "\n".join(rows)


def _purpose(module: str) -> str:
    """The first sentence of a module's docstring."""
    base = ROOT / module.strip("()").replace(".", "/")
    file = next((path for path in (base / "__init__.py", base.with_suffix(".py")) if path.exists()), None)
    if file is None:
        raise LookupError(f"the import contract names {module}, and there is no such module")
    said = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
    return re.split(r"(?<=[.])\s", " ".join(said.partition("\n\n")[0].split()))[0]
