"""Runs the samples of the table of old forms in a process of its own, and tells what came of each. No test itself."""

from __future__ import annotations

import contextlib
import io
import json
import os
import sys
import tempfile
import traceback
import warnings
from typing import Any


def run(code: str, shows: str) -> dict[str, Any]:
    """What the code raised, printed on its error stream, and whether ``shows`` holds after it."""
    said = io.StringIO()
    result: dict[str, Any] = {"error": None, "shown": None}
    namespace: dict[str, Any] = {"__name__": "sample"}

    def write(message: Any, category: Any, filename: str, lineno: int, *_: Any) -> None:
        said.write(warnings.formatwarning(message, category, filename, lineno))

    with contextlib.redirect_stderr(said), contextlib.redirect_stdout(io.StringIO()), warnings.catch_warnings():
        warnings.simplefilter("default")
        warnings.showwarning = write
        try:
            exec(compile(code, "sample.py", "exec"), namespace)
        except Exception as error:
            bases = [base.__name__ for base in type(error).__mro__]
            trace = traceback.format_exc() + f"\n{code}"
            result["error"] = [type(error).__name__, str(error), trace, bases]
        if shows and result["error"] is None:
            result["shown"] = bool(eval(shows, namespace))
    result["output"] = said.getvalue()
    return result


def main() -> None:
    rows = json.load(sys.stdin)
    results = {}
    os.chdir(tempfile.mkdtemp())
    for row in rows:
        results[row["id"]] = {which: run(row[which], row["shows"]) for which in ("old", "new")}
    json.dump(results, sys.__stdout__)


if __name__ == "__main__":
    main()
