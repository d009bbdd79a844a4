"""Virtual environments of their own for the other tools, with the libraries in the versions that the project uses."""

from __future__ import annotations

import hashlib
import importlib.metadata
import json
import platform
import subprocess
import sys
import venv
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

LOCK = Path(__file__).parents[1] / "requirements.lock"
LIBRARIES = ("numpy", "pandas", "scikit-learn", "matplotlib", "ipykernel")
_STAMP = "installed.json"


class CannotInstallError(RuntimeError):
    """A tool cannot be installed here; the message says why."""


@dataclass(frozen=True)
class Environment:
    """A virtual environment with one tool.

    Attributes
    ----------
    folder : Path
    versions : dict
        Distribution -> version, of the tool and of the libraries that its kernels import.
    """

    folder: Path
    versions: dict[str, str]

    @property
    def python(self) -> str:
        return str(self.folder / "bin" / "python")

    def variables(self, home: Path) -> dict[str, str]:
        """An environment in which nothing of this user's settings is found."""
        return {
            "PATH": f"{self.folder / 'bin'}:/usr/local/bin:/usr/bin:/bin",
            "HOME": str(home),
            "JUPYTER_PREFER_ENV_PATH": "1",
            "JUPYTER_CONFIG_DIR": str(home / "jupyter"),
            "JUPYTER_DATA_DIR": str(home / "jupyter-data"),
            "IPYTHONDIR": str(home / "ipython"),
            "MPLCONFIGDIR": str(home / "matplotlib"),
            "LANG": "C.UTF-8",
            "TZ": "UTC",
            "PYTHONUNBUFFERED": "1",
            "PYTHONNOUSERSITE": "1",
        }


def libraries() -> list[str]:
    """What every environment needs besides its tool: what the workloads import."""
    installed = {d.metadata["Name"].lower().replace("_", "-") for d in importlib.metadata.distributions()}
    return [*LIBRARIES, *[name for name in ("tensorflow-cpu", "tensorflow") if name in installed][:1]]


def install(cache: Path, name: str, packages: list[str], say: Callable[[str], None] = print) -> Environment:
    """The environment of a tool; made where it is not there yet, or was made for other versions.

    Parameters
    ----------
    cache : Path
        Where environments are kept.
    packages : list of str
        The tool itself and what it needs to run today.

    Raises
    ------
    CannotInstallError
    """
    folder = cache / name
    wanted = [*packages, *libraries()]
    key = hashlib.sha256(json.dumps([sys.version, wanted, LOCK.read_text("utf-8")]).encode()).hexdigest()
    stamp = folder / _STAMP
    if stamp.is_file():
        known = json.loads(stamp.read_text("utf-8"))
        if known.get("key") == key:
            return Environment(folder, known["versions"])
    say(f"installing {packages[0]} into {folder} (some minutes, once)")
    try:
        config = folder / "pyvenv.cfg"
        stale = not config.is_file() or f"version = {platform.python_version()}" not in config.read_text("utf-8")
        venv.create(folder, with_pip=True, symlinks=True, clear=stale)
        environment = Environment(folder, {})
        pip = [environment.python, "-m", "pip", "--disable-pip-version-check"]
        _run([*pip, "install", "-q", "--constraint", str(LOCK), *wanted])
        listed = json.loads(_run([*pip, "list", "--format", "json"]))
    except (OSError, subprocess.SubprocessError, ValueError) as error:
        raise CannotInstallError(f"{packages[0]} cannot be installed: {error}") from None
    shown = {name.lower() for name in (packages[0], "numpy", "scikit-learn", "tensorflow-cpu", "tensorflow", "keras")}
    versions = {d["name"]: d["version"] for d in listed if d["name"].lower().replace("_", "-") in shown}
    stamp.write_text(json.dumps({"key": key, "versions": versions}), "utf-8")
    return Environment(folder, versions)


def _run(command: list[str]) -> str:
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode != 0:
        reasons = [line for line in done.stderr.splitlines() if line.strip() and not line.startswith("WARNING")]
        raise CannotInstallError(f"{' '.join(command[2:5])} failed: {' '.join(reasons[-3:])[:500]}")
    return done.stdout
