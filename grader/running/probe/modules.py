"""Imports a submission's module, or a public one, from its file."""

from __future__ import annotations

import importlib.util
import os
import sys

from . import WORK_DIR


def load(name, path=None):
    """Import the file at `path` as module `name`, registered so that what it defines knows where it comes from.

    Raises
    ------
    FileNotFoundError
        There is no such file.
    """
    path = os.path.join(WORK_DIR, path or f"{name}.py")
    if not os.path.isfile(path):
        raise FileNotFoundError(f"there is no file {os.path.basename(path)}")
    spec = importlib.util.spec_from_file_location(name, path)
    module = importlib.util.module_from_spec(spec)
    before = sys.modules.get(name)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except BaseException:
        sys.modules.pop(name, None)
        if before is not None:
            sys.modules[name] = before
        raise
    return module


def load_public(name):
    """Import ``data/<name>.py``, one of the exercise's public files."""
    if not name.isidentifier():
        raise ValueError(f"{name!r} is not the name of a module")
    return load(name, os.path.join("data", f"{name}.py"))
