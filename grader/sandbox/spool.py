"""The one folder that a template can see of this machine: copies of what submissions are to find in their sandboxes.

A submission sees its own files there, bound into its sandbox, and nothing else.
"""

from __future__ import annotations

import shutil
import tempfile
import threading
from pathlib import Path

from grader.sandbox.box import Box
from grader.scratch import Scratch


class Spool:
    """A folder for the files of many boxes.

    Parameters
    ----------
    path : Path, optional
        One that another process has made; by default a new one, which ``remove`` removes.
    """

    def __init__(self, path: Path | None = None) -> None:
        self._own: Scratch | None = None
        if path is None:
            self._own = Scratch("spool")
            path = self._own.path
            path.chmod(0o711)  # names in it cannot be listed by the sandbox's user
        self.path = path
        self._data: dict[tuple[object, ...], Path] = {}
        self._lock = threading.Lock()

    def share(self, box: Box) -> tuple[dict[Path, Path], Path]:
        """Copy what ``box`` binds.

        Returns
        -------
        dict, Path
            Where each file or folder now is; and the folder to remove when the sandbox has ended.
        """
        folder = Path(tempfile.mkdtemp(prefix="run-", dir=self.path))
        folder.chmod(0o711)
        places: dict[Path, Path] = {}
        for number, path in enumerate(box.files.values()):
            places[path] = folder / str(number)
            shutil.copyfile(path, places[path])
            places[path].chmod(0o644)
        if box.data_dir is not None and box.data_dir.is_dir():
            places[box.data_dir] = self._share_data(box.data_dir)
        return places, folder

    def _share_data(self, folder: Path) -> Path:
        """A copy of a folder of public data, made once as long as the original does not change."""
        listed = sorted(path for path in folder.rglob("*") if path.is_file())
        stats = [(str(path.relative_to(folder)), path.stat().st_size, path.stat().st_mtime_ns) for path in listed]
        key = (folder, *stats)
        with self._lock:
            if key not in self._data:
                copy = Path(tempfile.mkdtemp(prefix="data-", dir=self.path)) / "data"
                copy.parent.chmod(0o711)
                shutil.copytree(folder, copy)
                for path in [copy, *copy.rglob("*")]:
                    path.chmod(0o755 if path.is_dir() else 0o644)
                self._data[key] = copy
            return self._data[key]

    def remove(self) -> None:
        """Remove the folder, where it is our own."""
        if self._own is not None:
            self._own.remove()
