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


def _seed_library(name, seed):
    """Seed a library that has just been imported, and nothing else."""
    module = sys.modules[name]
    if name == "numpy":
        module.random.seed(seed)
    elif name == "tensorflow":
        module.random.set_seed(seed)
    elif name == "torch":
        module.manual_seed(seed)
    elif name == "keras":  # draws its own seeds from Python's generator
        state = sys.modules.get("keras.src.backend.common.global_state")
        if state is not None:
            state.set_global_attribute("global_random_seed", seed)


class _SeedingLoader(Loader):
    """Lets the real loader work, then seeds.

    Where the library was imported before the submission began (a warm start), nothing happens at this point: so nothing
    that the submission has drawn from other generators so far may be reset here, and none may have moved.
    """

    def __init__(self, loader, seed):
        self._loader, self._seed = loader, seed

    def __getattr__(self, name):
        return getattr(self._loader, name)

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        numpy = sys.modules.get("numpy")
        moved = getattr(numpy, "random", None)  # absent while numpy itself is being imported
        before = random.getstate(), moved.get_state() if moved is not None else None
        self._loader.exec_module(module)
        random.setstate(before[0])
        if moved is not None:
            moved.set_state(before[1])
        _seed_library(module.__name__, self._seed)


class _SeedOnImport(MetaPathFinder):
    """Seeds a library at the moment when it has been imported for the first time."""

    names = frozenset({"numpy", "tensorflow", "keras", "torch"})

    def __init__(self, seed):
        self._seed = int(seed) % 2**32

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
