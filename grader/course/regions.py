"""The markers in a solution: ``# SOLUTION`` … ``# END SOLUTION`` with ``# STUB:`` lines, and what stands in their place."""

from __future__ import annotations

import ast
import re
import textwrap
from collections.abc import Iterator, Sequence
from pathlib import Path

from grader.errors import CourseError
from grader.vocabulary import Lang, Text

BEGIN, END, STUB = "# SOLUTION", "# END SOLUTION", "# STUB:"
WRITE_HERE = Text("Write your code here", "여기에 코드를 작성하세요")
NOT_YET = Text("not written yet", "아직 작성하지 않았습니다")

_NEARLY = re.compile(r"^#+\s*(?:begin|start|end|stop)?[\s_-]*solutions?\s*:?\s*#*$", re.IGNORECASE)
_NEARLY_STUB = re.compile(r"^#+\s*stub\s*:", re.IGNORECASE)
_HEADER = re.compile(r"^# ?%%(?:\s|$)")
_BLOCK = re.compile(r"^(?:async\s+)?(def|class)\b")


def check_markers(text: str, path: Path) -> None:
    """See that regions are balanced, not nested, not empty and within one cell.

    Raises
    ------
    CourseError
        Names the file and the line of the first marker that is wrong.
    """
    opened, content = 0, False
    for number, line in enumerate(text.split("\n"), 1):
        stripped = line.strip()
        if stripped == BEGIN:
            if opened:
                raise CourseError(path, f"'{BEGIN}' inside the region that begins in line {opened}", line=number)
            opened, content = number, False
        elif stripped == END:
            if not opened:
                raise CourseError(path, f"'{END}' without a '{BEGIN}' before it", line=number)
            if not content:
                raise CourseError(path, f"the region from line {opened} holds no code; write the solution", line=number)
            opened = 0
        elif stripped.startswith(STUB):
            if not opened:
                raise CourseError(path, f"'{STUB}' outside a region; put it after '{BEGIN}'", line=number)
        elif _NEARLY.match(stripped) or _NEARLY_STUB.match(stripped):
            # A marker that is not recognised would hand out the solution.
            raise CourseError(
                path,
                f"{stripped!r} looks like a marker; write exactly '{BEGIN}', '{END}' or '{STUB} code'",
                line=number,
            )
        elif _HEADER.match(line) and opened:
            raise CourseError(path, f"a new cell begins inside a region; close it with '{END}' first", line=opened)
        elif stripped and not stripped.startswith("#"):
            content = True
    if opened:
        raise CourseError(path, f"this region is never closed; write '{END}' after the solution", line=opened)


def without_markers(text: str) -> str:
    """The code as the reference runs it: marker and stub lines removed."""
    kept = [line for line in text.split("\n") if not _is_marker(line.strip())]
    return "\n".join(kept).strip("\n")


def starter_lines(text: str, path: Path, first_line: int, lang: Lang | None, defines: Sequence[str] = ()) -> str:
    """The code as a student gets it: every region replaced by its stub.

    Parameters
    ----------
    text : str
        One code cell with balanced markers.
    first_line : int
        The cell's first line in ``path``, for messages.
    lang : {"en", "ko"} or None
        Language of the stub's comment; both by default.
    defines : sequence of str
        Names that a submission must define; where a region binds some of these, its other names are helpers that
        the stub does not mention.
    """
    lines = text.split("\n")
    out: list[str] = []
    position = 0
    while position < len(lines):
        if lines[position].strip() != BEGIN:
            out.append(lines[position])
            position += 1
            continue
        end = next(i for i in range(position, len(lines)) if lines[i].strip() == END)
        region = lines[position + 1 : end]
        indent = lines[position][: len(lines[position]) - len(lines[position].lstrip())]
        stub = _stub(region, _around(lines[:position], indent), path, first_line + position, lang, defines)
        comment = f"# {_say(WRITE_HERE, lang)}"
        out += [f"{indent}{line}" if line else "" for line in [comment, *stub]]
        position = end + 1
    return "\n".join(out).strip("\n")


def _is_marker(stripped: str) -> bool:
    return stripped in (BEGIN, END) or stripped.startswith(STUB)


def _say(text: Text, lang: Lang | None) -> str:
    return text[lang] if lang else f"{text.ko} / {text.en}"


def _around(before: list[str], indent: str) -> list[str]:
    """The kinds of block around a region, innermost first: "def", "class" or "other"."""
    kinds: list[str] = []
    width = len(indent)
    for line in reversed(before):
        if width == 0:
            break
        depth = len(line) - len(line.lstrip())
        # A closing bracket of a long signature stands as far left as its ``def`` does, so it is not a block's head.
        if not line.strip() or depth >= width or line.lstrip()[0] in ")]}#":
            continue
        match = _BLOCK.match(line.strip())
        kinds.append(match.group(1) if match else "other")
        width = depth
    return kinds


def _stub(
    region: list[str], around: list[str], path: Path, line: int, lang: Lang | None, defines: Sequence[str]
) -> list[str]:
    """Lines of a stub, relative to the region's own indentation."""
    authored = [entry.strip()[len(STUB) :] for entry in region if entry.strip().startswith(STUB)]
    if authored:
        return [entry[1:].rstrip() if entry.startswith(" ") else entry.rstrip() for entry in authored]
    raising = f'raise NotImplementedError("{_say(NOT_YET, lang)}")'
    named = [kind for kind in around if kind != "other"]
    if named and named[0] == "def":
        return [raising]
    code = textwrap.dedent("\n".join(entry for entry in region if not _is_marker(entry.strip())))
    try:
        tree = ast.parse(code)
    except SyntaxError as error:
        raise CourseError(
            path,
            f"cannot make a stub of this region ({error.msg}); say what students get with lines '{STUB} code'",
            line=line,
        ) from error
    bound = _bound(tree.body)
    wanted = {name: how for name, how in bound.items() if name in defines} or bound
    out: list[str] = []
    for name, how in wanted.items():
        if isinstance(how, str):
            out += [*how.split("\n"), f"    {raising}", ""]
        else:
            out.append(f"{name} = ...")
    while out and not out[-1]:
        out.pop()
    return out or (["..."] if around else [])


def _bound(body: Sequence[ast.stmt]) -> dict[str, str | None]:
    """Names that statements bind, in order: a function with its head (decorators too), anything else with None."""
    found: dict[str, str | None] = {}
    for node in body:
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            keyword = "async def" if isinstance(node, ast.AsyncFunctionDef) else "def"
            head = [f"@{ast.unparse(decorator)}" for decorator in node.decorator_list]
            found[node.name] = "\n".join([*head, f"{keyword} {node.name}({ast.unparse(node.args)}):"])
        elif isinstance(node, ast.ClassDef):
            found[node.name] = None
        elif isinstance(node, ast.Assign | ast.AnnAssign):
            targets = node.targets if isinstance(node, ast.Assign) else [node.target]
            for name in (name for target in targets for name in _names(target)):
                found.setdefault(name, None)
        elif isinstance(node, ast.If | ast.For | ast.While | ast.With | ast.Try):
            for field in ("body", "orelse", "finalbody"):
                for name, how in _bound(getattr(node, field, [])).items():
                    found.setdefault(name, how)
    return found


def _names(target: ast.expr) -> Iterator[str]:
    """Plain names in an assignment target; ``a[0] = …`` and ``a.b = …`` bind none."""
    if isinstance(target, ast.Name):
        yield target.id
    elif isinstance(target, ast.Tuple | ast.List):
        for item in target.elts:
            yield from _names(item)
    elif isinstance(target, ast.Starred):
        yield from _names(target.value)
