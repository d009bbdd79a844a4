"""Fixes the random state of a run: what is imported now, and what will be."""

import random
import sys
from importlib.abc import Loader, MetaPathFinder
from importlib.machinery import PathFinder


def seed_all(seed):
    """Seed Python, and NumPy, TensorFlow and Keras where they are imported. ``seed`` is an int >= 0."""
    seed = int(seed) % 2**32
    random.seed(seed)
    if "numpy" in sys.modules:
        sys.modules["numpy"].random.seed(seed)
    if hasattr(sys.modules.get("tensorflow"), "random"):
        sys.modules["tensorflow"].random.set_seed(seed)
    if hasattr(sys.modules.get("torch"), "manual_seed"):
        sys.modules["torch"].manual_seed(seed)
    if hasattr(getattr(sys.modules.get("keras"), "utils", None), "set_random_seed"):
        sys.modules["keras"].utils.set_random_seed(seed)


class _SeedingLoader(Loader):
    """Lets the real loader work, then seeds."""

    def __init__(self, loader, seed):
        self._loader, self._seed = loader, seed

    def __getattr__(self, name):
        return getattr(self._loader, name)

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        self._loader.exec_module(module)
        seed_all(self._seed)


class _SeedOnImport(MetaPathFinder):
    """Seeds a library at the moment when it has been imported for the first time."""

    names = frozenset({"numpy", "tensorflow", "keras", "torch"})

    def __init__(self, seed):
        self._seed = seed

    def find_spec(self, fullname, path=None, target=None):
        if fullname not in self.names or path is not None:
            return None
        spec = PathFinder.find_spec(fullname, path, target)
        if spec is not None and spec.loader is not None:
            spec.loader = _SeedingLoader(spec.loader, self._seed)
        return spec


def seed_now_and_on_import(seed):
    """Seed what is there, and each library as soon as the submission imports it."""
    sys.meta_path.insert(0, _SeedOnImport(seed))
    seed_all(seed)
