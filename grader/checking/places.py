"""Where a submission's code stopped in a hidden check, told without a word that it could choose while it ran.

What a traceback says comes from the submission and may repeat hidden inputs. Only its last line number is believed, and
what is shown at that place is taken from the submission as it was received.
"""

from __future__ import annotations

import re

from grader.running.run import Run

_FRAME = re.compile(r'^\s*File "(?:Cell In\[(?P<count>\d{1,5})\]|[^"\n]*\.py)", line (?P<line>\d{1,6})', re.MULTILINE)


def place_of(trace: str, run: Run) -> str:
    """The last place in the student's own code that ``trace`` names, with that line; empty where there is none.

    Parameters
    ----------
    trace : str
        A traceback as the submission's side tells it.
    run : Run
        Its notebook holds the source as it was received.
    """
    cells = [cell for cell in run.notebook.get("cells", []) if cell.get("cell_type") == "code"]
    for frame in reversed(list(_FRAME.finditer(trace))):
        count, line = frame["count"], int(frame["line"])
        wanted = int(count) if count is not None else None
        for number, cell in enumerate(cells, start=1):
            if wanted is not None and cell.get("execution_count") != wanted:
                continue
            source = cell.get("source", "")
            lines = ("".join(source) if isinstance(source, list) else str(source)).splitlines()
            if 0 < line <= len(lines):
                where = f"cell {number}, line {line}" if wanted is not None else f"line {line}"
                return f"{where}:\n    {lines[line - 1].strip()}"
            break
    return ""
