"""Loads the files of an exercise that run on the trusted side: test files anew for each run, ``hidden.py`` once.

A file is compiled once per process and executed for each run of the checks, so that what a check leaves in its module
never reaches the next submission. Nothing is written beside the sources.
"""

from __future__ import annotations

import copy
import sys
from collections.abc import Mapping
from pathlib import Path
from types import CodeType, ModuleType
from typing import Any

import numpy as np

from grader.course.models import Profile
from grader.errors import CourseError

_compiled: dict[tuple[Path, int, int], CodeType] = {}
_hidden: dict[tuple[Path, int, int, str, Path], Mapping[str, Any]] = {}


def load_module(path: Path, name: str) -> ModuleType:
    """Execute a file as the module `name`, registered in ``sys.modules`` in place of its predecessor.

    Raises
    ------
    Exception
        Whatever the file raises.
    """
    stat = path.stat()
    key = (path, stat.st_mtime_ns, stat.st_size)
    if key not in _compiled:
        _compiled[key] = compile(path.read_bytes(), str(path), "exec", dont_inherit=True)
    module = ModuleType(name)
    module.__file__ = str(path)
    before = sys.modules.get(name)
    sys.modules[name] = module  # dataclasses and typing look their module up there
    try:
        exec(_compiled[key], module.__dict__)
    except BaseException:
        if before is None:
            del sys.modules[name]
        else:
            sys.modules[name] = before
        raise
    return module


class Hidden:
    """The ``hidden`` fixture: what ``load`` of ``hidden.py`` returns, by attribute.

    Arrays are shared between runs and therefore read-only; everything else is copied for each run.
    """

    def __init__(self, path: Path, profile: Profile, data: Path) -> None:
        self._path, self._profile, self._data = path, profile, data
        self._own: dict[str, Any] = {}

    def __getattr__(self, name: str) -> Any:
        """One hidden value.

        Raises
        ------
        CourseError
            There is no ``hidden.py``, it has no ``load``, or ``load`` does not return this name.
        """
        if name.startswith("__"):
            raise AttributeError(name)
        if name not in self._own:
            values = load_hidden(self._path, self._profile, self._data)
            if name not in values:
                raise CourseError(self._path, f"load() returns no {name!r}; there are: {', '.join(values) or 'none'}")
            value = values[name]
            self._own[name] = value if isinstance(value, np.ndarray) else copy.deepcopy(value)
        return self._own[name]

    def __getitem__(self, name: str) -> Any:
        return getattr(self, name)


def load_hidden(path: Path, profile: Profile, data: Path) -> Mapping[str, Any]:
    """What ``load(profile, data)`` of a ``hidden.py`` returns; called once per process.

    Raises
    ------
    CourseError
        The file or its function is missing, or does not return a dict.
    """
    if not path.is_file():
        raise CourseError(
            path, "there is no such file, but a check uses the fixture 'hidden'; write load(profile, data)"
        )
    stat = path.stat()
    key = (path, stat.st_mtime_ns, stat.st_size, profile, data)
    if key not in _hidden:
        module = load_module(path, module_name(path))
        load = getattr(module, "load", None)
        if not callable(load):
            raise CourseError(path, "defines no load(profile, data); it should return a dict")
        values = load(profile, data)
        if not isinstance(values, dict):
            raise CourseError(path, f"load() returned a {type(values).__name__}; expected a dict")
        for value in values.values():
            if isinstance(value, np.ndarray):
                value.flags.writeable = False
        _hidden[key] = values
    return _hidden[key]


def module_name(path: Path) -> str:
    """A name for the module that no importable module has, the same for the same file."""
    return "grader_checks:" + path.as_posix().lstrip("/").replace("/", ":").removesuffix(".py").replace(".", "_")
