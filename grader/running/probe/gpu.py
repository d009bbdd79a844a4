"""Holds frameworks to a part of a GPU, and tells whether this process has touched one.

Standard library only: a template imports this too. It is help for honest code; the part is enforced from outside.
"""

import os
import sys
from importlib.abc import Loader, MetaPathFinder

_DEVICES = ("/dev/nvidia", "/dev/kfd", "/dev/dri/renderD", "/dev/dxg")


def cuda_initialised(proc="/proc/self", *, maps=False):
    """Whether this process holds a GPU: an open device node, or (asked with `maps`, which takes longer) a mapped one.

    A process that does must not be forked into submissions: a copy of it cannot use CUDA, and holds on to the original's
    memory on the GPU.
    """
    try:
        for name in os.listdir(os.path.join(proc, "fd")):
            try:
                target = os.readlink(os.path.join(proc, "fd", name))
            except OSError:  # the one that listed the folder
                continue
            if target.startswith(_DEVICES):
                return True
        if not maps:
            return False
        with open(os.path.join(proc, "maps"), encoding="utf-8", errors="replace") as file:
            return any(len(words) > 5 and words[5].startswith(_DEVICES) for words in map(str.split, file))
    except OSError:  # a system without /proc: nothing is forked there
        return False


def _limit_tensorflow(tensorflow, share, memory_mb):
    """Give each GPU a ceiling. Memory still grows as needed (``TF_FORCE_GPU_ALLOW_GROWTH``)."""
    if memory_mb is None:
        return
    config = tensorflow.config
    for gpu in config.list_physical_devices("GPU"):
        limit = config.LogicalDeviceConfiguration(memory_limit=memory_mb)
        config.set_logical_device_configuration(gpu, [limit])
    grow = config.experimental.set_memory_growth

    def set_memory_growth(device, enable):
        """Growth is on already, and TensorFlow refuses the question where there is a ceiling: notebooks ask anyway."""
        if getattr(device, "device_type", "") != "GPU":
            grow(device, enable)

    config.experimental.set_memory_growth = set_memory_growth


def _limit_torch(torch, share, memory_mb):
    """Set the share as soon as CUDA starts, which importing must not bring about."""
    cuda = torch.cuda

    def limit():
        for device in range(cuda.device_count()):
            cuda.set_per_process_memory_fraction(share, device)

    later = getattr(cuda, "_lazy_call", None)
    if later is not None:
        later(limit)
    elif cuda.is_available():
        limit()


_LIMITS = {"tensorflow": _limit_tensorflow, "torch": _limit_torch}  # JAX is told by its environment


class _LimitingLoader(Loader):
    """Lets the real loader work, then limits."""

    def __init__(self, loader, share, memory_mb):
        self._loader, self._part = loader, (share, memory_mb)

    def __getattr__(self, name):
        return getattr(self._loader, name)

    def create_module(self, spec):
        return self._loader.create_module(spec)

    def exec_module(self, module):
        self._loader.exec_module(module)
        _apply(module.__name__, *self._part)


class _LimitOnImport(MetaPathFinder):
    """Limits a framework at the moment when it has been imported; who finds it is left to the other finders."""

    def __init__(self, share, memory_mb):
        self._part = (share, memory_mb)

    def find_spec(self, fullname, path=None, target=None):
        if fullname not in _LIMITS or path is not None:
            return None
        for finder in sys.meta_path[sys.meta_path.index(self) + 1 :]:
            spec = finder.find_spec(fullname, path, target)
            if spec is not None:
                if spec.loader is not None:
                    spec.loader = _LimitingLoader(spec.loader, *self._part)
                return spec
        return None


def _apply(name, share, memory_mb):
    try:
        _LIMITS[name](sys.modules[name], share, memory_mb)
    except (AttributeError, RuntimeError, TypeError, ValueError) as error:
        # Another version, or a device in use already: the submission can run, and is still watched from outside.
        sys.stderr.write(f"the GPU memory of {name} could not be limited: {error}\n")


def limit_now_and_on_import(share, memory_mb):
    """Hold frameworks to a part of the GPU: those that are there, and the others as soon as they are imported.

    Parameters
    ----------
    share : float
        Of the GPU's memory, 0 to 1. For 1 nothing is limited.
    memory_mb : int or None
        The same in MiB, where that is known.
    """
    if share >= 1:
        return
    sys.meta_path.insert(0, _LimitOnImport(share, memory_mb))
    for name in _LIMITS:
        if name in sys.modules:
            _apply(name, share, memory_mb)
