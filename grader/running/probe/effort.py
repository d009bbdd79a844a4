"""Time and memory that calls take, measured where they happen; claims like everything from here."""

from __future__ import annotations

import gc
import pickle
import time
import tracemalloc

_SHORTEST = 0.02  # seconds that the calls of one sample take together, so that the clock's steps do not matter
_MOST_CALLS = 10_000


def measure(function, args, kwargs, samples, memory=False, longest=2.0):
    """Seconds of CPU time per call, in samples of their own; or peak bytes of one call.

    A call that changes its arguments gets fresh copies, made outside of the measured time.

    Returns
    -------
    dict
        ``seconds`` (list of float, per call, one for each sample), ``calls`` (int, all calls together), ``loop`` (list
        of float: seconds of a loop of 100 000 additions right before each sample); with `memory` only ``bytes``.
    """
    before = pickle.dumps((args, kwargs))
    own = pickle.loads(before)
    if memory:
        return {"bytes": _peak(function, *own)}
    if not samples:
        return {"seconds": [], "calls": 0, "loop": []}
    began = time.monotonic()
    once = _timed(function, *own, 1)
    # The clock of CPU time may stand still for a while on a busy machine; the other clock never does.
    once = max(once, time.monotonic() - began)
    changes = pickle.dumps(own) != before
    times = 1 if changes else max(1, min(_MOST_CALLS, int(_SHORTEST / max(once, 1e-7))))
    found, loops = [], []
    while len(found) < samples and (not found or time.monotonic() - began < longest):
        if changes:
            own = pickle.loads(before)
        loops.append(loop(100_000))
        found.append(_timed(function, *own, times) / times)
    return {"seconds": found, "calls": 1 + times * len(found), "loop": loops}


def loop(steps):
    """Seconds of CPU time that a plain loop takes."""
    began = time.process_time()
    total = 0.0
    for i in range(steps):
        total += i
    return time.process_time() - began


def _timed(function, args, kwargs, times):
    began = time.process_time()
    for _ in range(times):
        function(*args, **kwargs)
    return time.process_time() - began


def _peak(function, args, kwargs):
    gc.collect()
    tracemalloc.start()
    try:
        before, _ = tracemalloc.get_traced_memory()
        tracemalloc.reset_peak()
        kept = function(*args, **kwargs)
        _, peak = tracemalloc.get_traced_memory()
        del kept
    finally:
        tracemalloc.stop()
    return max(0, peak - before)
