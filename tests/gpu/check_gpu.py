"""Proves on a machine with a GPU what stand-ins cannot: ``python tests/gpu/check_gpu.py``, run by hand.

Goes through the real sandbox with a real driver. CUDA is used through its own library with ctypes, so that no framework
has to be installed; with PyTorch, TensorFlow or JAX there, these are tried too. Exit code 0: everything that was tried
holds; 1: something does not; 2: nothing could be tried, and nothing is proven.
"""

from __future__ import annotations

import importlib.util
import re
import subprocess
import sys
import time
import traceback
from collections.abc import Callable
from contextlib import ExitStack
from dataclasses import replace
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from grader.course.models import Limits  # noqa: E402
from grader.errors import IsolationUnavailable  # noqa: E402
from grader.running.session import Session, open_session  # noqa: E402
from grader.sandbox import BubblewrapBackend, Slot, check_isolation  # noqa: E402
from grader.sandbox.gpu import FRAMEWORK_SHARE, divide  # noqa: E402
from grader.sandbox.gpu_survey import survey  # noqa: E402
from grader.sandbox.gpu_use import CONTEXT_MB, find_reader  # noqa: E402
from grader.vocabulary import Outcome  # noqa: E402
from tests.support import make_exercise, make_notebook, outputs_text  # noqa: E402

LIMITS = Limits(cell_seconds=120, total_seconds=300, cpu_seconds=300, memory_mb=6144)
MARK = 0xA5C35A3C  # a word that the first submission leaves in the GPU's memory and the second looks for
SETTLE_SECONDS = 30.0

# The driver's interface, as far as it is needed here. `call` raises with the driver's own number of the error.
CUDA = f"""
import ctypes
libcuda = ctypes.CDLL("libcuda.so.1")
MARK = {MARK:#x}

def call(name, *arguments):
    code = getattr(libcuda, name)(*arguments)
    if code:
        raise RuntimeError(f"{{name}} said {{code}}")

def start():
    call("cuInit", 0)
    count, device, context = ctypes.c_int(), ctypes.c_int(), ctypes.c_void_p()
    call("cuDeviceGetCount", ctypes.byref(count))
    call("cuDeviceGet", ctypes.byref(device), 0)
    call("cuDevicePrimaryCtxRetain", ctypes.byref(context), device)
    call("cuCtxSetCurrent", context)
    return count.value

def memory():
    free, total = ctypes.c_size_t(), ctypes.c_size_t()
    call("cuMemGetInfo_v2", ctypes.byref(free), ctypes.byref(total))
    return free.value, total.value

def allocate(size):
    pointer = ctypes.c_uint64()
    code = libcuda.cuMemAlloc_v2(ctypes.byref(pointer), ctypes.c_size_t(size))
    return pointer if not code else None

def fill(pointer, words):
    call("cuMemsetD32_v2", pointer, ctypes.c_uint(MARK), ctypes.c_size_t(words))
    call("cuCtxSynchronize")
"""

# A loop without an end, in the driver's assembly language.
ENDLESS = """
PTX = b'''
.version 6.0
.target sm_50
.address_size 64
.visible .entry spin() { again: bra.uni again; }
'''
module, function = ctypes.c_void_p(), ctypes.c_void_p()
call("cuModuleLoadData", ctypes.byref(module), ctypes.c_char_p(PTX))
call("cuModuleGetFunction", ctypes.byref(function), module, b"spin")
call("cuLaunchKernel", function, 1, 1, 1, 1, 1, 1, 0, None, None, None)
print("launched")
call("cuCtxSynchronize")
"""

TAKE_ALL = """
kept, step = [], 256 << 20
while (pointer := allocate(step)) is not None:
    kept.append(pointer)
    if HOLD_MB and len(kept) * (step >> 20) >= HOLD_MB:
        break
print("took", len(kept) * (step >> 20), "MiB")
"""


class Failed(Exception):
    """Something does not hold; the message says what was seen."""


class Check:
    """What the checks share: the machine's GPUs and a way to run cells on a slot."""

    def __init__(self, slots: list[Slot]) -> None:
        self.slots = slots
        self.whole = slots[0]

    def run(self, slot: Slot | None, *cells: str, limits: Limits = LIMITS) -> tuple[Session, str]:
        """Run cells to their end; the session has ended when this returns."""
        with ExitStack() as stack:
            session = stack.enter_context(self.session(slot, *cells, limits=limits))
            return session, outputs_text(session.run.notebook)

    def session(self, slot: Slot | None, *cells: str, limits: Limits = LIMITS):  # type: ignore[no-untyped-def]
        backend = BubblewrapBackend()
        backend.gpu = slot
        return open_session(make_exercise(gpu=True, limits=limits), make_notebook(*cells), backend=backend)

    def used_mb(self) -> float:
        """MiB in use on the first GPU."""
        reader = find_reader()
        reading = reader.read(self.whole.gpu.uuid) if reader is not None else None
        if reading is None:
            raise Failed("nothing on this machine tells how much GPU memory is in use: install nvidia-ml-py")
        return reading.used

    def settles_at(self, before: float) -> float:
        """MiB in use once what a run has left is gone, or after a while."""
        end = time.monotonic() + SETTLE_SECONDS
        while (used := self.used_mb()) > before + 64 and time.monotonic() < end:
            time.sleep(0.5)
        return used


def expect(held: bool, otherwise: str) -> None:
    if not held:
        raise Failed(otherwise)


def number(text: str, before: str) -> float:
    """The number that follows a word in the output of a run."""
    found = re.search(rf"{before} ([0-9.]+)", text)
    if found is None:
        raise Failed(f"the run said no {before!r}: {text[-800:]}")
    return float(found[1])


# --- what is to hold --------------------------------------------------------------------------------------------------


def a_submission_sees_exactly_its_gpu(check: Check) -> str:
    look = CUDA + "import glob\nprint('devices', start())\nprint(sorted(glob.glob('/dev/nvidia[0-9]*')))"
    look += "\nimport os; print('told', os.listdir('/proc/driver/nvidia/gpus'))"
    if not check.whole.gpu.bus:
        look = look.rpartition("\n")[0]
    for slot in check.slots:
        session, text = check.run(slot, look)
        expect(session.run.outcome is Outcome.PASSED, f"CUDA did not start on {slot.gpu.name}: {text[-1500:]}")
        expect(number(text, "devices") == 1, f"more than one device is seen: {text}")
        own = [Path(seen).name for _, seen in slot.gpu.nodes if re.fullmatch(r"/dev/nvidia\d+", seen)]
        expect(str([f"/dev/{name}" for name in own]) in text, f"other nodes are seen: {text}")
        expect(not slot.gpu.bus or f"told ['{slot.gpu.bus}']" in text, f"other GPUs are told of: {text}")
    return f"each of {len(check.slots)}"


def a_submission_without_a_slot_sees_none(check: Check) -> str:
    session, text = check.run(None, "import glob; print(glob.glob('/dev/nvidia*'))", CUDA + "start()")
    expect("[]" in text and session.run.outcome is Outcome.ERROR, f"a GPU can be reached without a slot: {text}")
    return "and CUDA does not start"


def all_memory_can_be_taken_and_the_next_is_not_affected(check: Check) -> str:
    before = check.used_mb()
    session, text = check.run(check.whole, CUDA + "start()\nHOLD_MB = 0" + TAKE_ALL + "import time; time.sleep(3)")
    took = number(text, "took")
    used = session.gpu_use()
    expect(used is not None and used.memory_mb is not None, "what it took was not recorded")
    assert used is not None and used.memory_mb is not None
    expect(used.memory_mb >= 0.9 * took, f"it took {took:.0f} MiB, {used.memory_mb:.0f} were recorded")
    after = check.settles_at(before)
    expect(after <= before + 64, f"{after - before:.0f} MiB are still in use")
    session, text = check.run(check.whole, CUDA + "start()\nprint('got', (allocate(1 << 30) is not None) * 1)")
    expect(number(text, "got") == 1, f"the next submission gets no memory: {text}")
    return f"{took:.0f} MiB taken, {used.memory_mb:.0f} recorded"


def an_endless_kernel_is_ended_and_the_gpu_is_free(check: Check) -> str:
    before = check.used_mb()
    limits = LIMITS.model_copy(update={"cell_seconds": 10, "total_seconds": 30})
    began = time.monotonic()
    session, text = check.run(check.whole, CUDA + "start()", ENDLESS, limits=limits)
    seconds = time.monotonic() - began
    expect("launched" in text, f"the kernel was not launched: {text[-1500:]}")
    expect(session.run.outcome is Outcome.TIMEOUT, f"the verdict is {session.run.outcome.value}, not timeout")
    after = check.settles_at(before)
    expect(after <= before + 64, f"{after - before:.0f} MiB are still in use")
    session, text = check.run(check.whole, CUDA + "start()\nfill(allocate(1 << 20), 1000)\nprint('computed 1')")
    expect("computed 1" in text, f"the GPU does not compute for the next submission: {text[-1500:]}")
    return f"ended after {seconds:.0f} s"


def nothing_that_was_left_can_be_read(check: Check) -> str:
    leave = CUDA + "start()\nHOLD_MB = 0" + TAKE_ALL
    leave += "for pointer in kept:\n    fill(pointer, step // 4)\nprint('filled', len(kept))\nimport os; os._exit(0)"
    look = CUDA + "start()\nHOLD_MB = 0" + TAKE_ALL
    look += (
        "import numpy as np\n"
        "host, found, looked = np.empty(step // 4, np.uint32), 0, 0\n"
        "for pointer in kept:\n"
        "    call('cuMemcpyDtoH_v2', host.ctypes.data_as(ctypes.c_void_p), pointer, ctypes.c_size_t(step))\n"
        "    found += int((host == MARK).sum()); looked += len(host)\n"
        "print('found', found, 'looked', looked)\n"
    )
    _, text = check.run(check.whole, leave)
    filled = number(text, "filled")
    session, text = check.run(check.whole, look)
    expect(session.run.outcome is Outcome.PASSED, f"the second submission could not look: {text[-1500:]}")
    found, looked = number(text, "found"), number(text, "looked")
    expect(found == 0, f"{found:.0f} words of the submission before were found")
    expect(looked * 4 >= 0.9 * filled * (256 << 20), "too little memory was looked at to say anything")
    return f"{looked * 4 / 2**30:.1f} GiB looked at"


def no_process_stays_on_the_gpu(check: Check) -> str:
    reader = find_reader()
    assert reader is not None
    first = reader.read(check.whole.gpu.uuid)
    leave = CUDA + "import os\nif os.fork() == 0:\n    os.setsid()\n    start()\n    import time; time.sleep(600)\n"
    check.run(check.whole, leave, "import time; time.sleep(8)")
    check.settles_at(first.used if first is not None else 0.0)
    last = reader.read(check.whole.gpu.uuid)
    expect(first is not None and last is not None, "the driver does not answer")
    assert first is not None and last is not None
    stayed = set(last.by_process) - set(first.by_process)
    expect(not stayed, f"processes {sorted(stayed)} stay on the GPU")
    return "nor a daemon of its own"


def a_process_that_has_started_cuda_knows_it(check: Check) -> str:
    ask = "from grader_probe.gpu import cuda_initialised\nprint('before', cuda_initialised(maps=True) * 1)\n"
    ask += CUDA + "start()\nprint('after', cuda_initialised() * 1)"
    _, text = check.run(check.whole, ask)
    expect(number(text, "before") == 0 and number(text, "after") == 1, f"it does not: {text}")
    return "so a template would begin anew"


def importing_a_framework_opens_no_gpu(check: Check) -> str:
    there = [name for name in ("torch", "tensorflow", "jax") if importlib.util.find_spec(name) is not None]
    for name in there:
        ask = f"import {name}\nfrom grader_probe.gpu import cuda_initialised\nprint('holds', cuda_initialised() * 1)"
        _, text = check.run(check.whole, ask)
        expect(number(text, "holds") == 0, f"importing {name} opens the GPU: its template would refuse to start")
    return ", ".join(there) or "none is installed: not tried"


def two_slots_share_a_gpu_and_the_greedy_one_is_ended(check: Check) -> str:
    one, other = divide([check.whole.gpu], 2)[:2]
    part = one.memory_mb
    expect(part is not None, "the size of its memory is not known")
    assert part is not None
    modest = CUDA + f"start()\nHOLD_MB = {int(part * 0.5)}" + TAKE_ALL
    greedy = CUDA + f"start()\nHOLD_MB = {part + 2 * CONTEXT_MB}" + TAKE_ALL + "import time; time.sleep(60)"
    with check.session(one, modest) as first:
        expect(first.run.outcome is Outcome.PASSED, "the modest one did not run")
        second, text = check.run(other, greedy)
        expect(
            second.run.outcome is Outcome.MEMORY, f"the greedy one ended as {second.run.outcome.value}: {text[-800:]}"
        )
        expect(first.link is not None and first.link.alive, "the neighbour was affected")
    return f"{part} MiB each"


FRAMEWORK_TAKES_ALL = {
    "torch": "import torch\nkept = []\nwhile True:\n    kept.append(torch.empty(64 << 20, dtype=torch.float32, device='cuda'))",
    "tensorflow": "import tensorflow as tf\nkept = []\nwhile True:\n    kept.append(tf.zeros(64 << 20) + 1)",
    "jax": "import jax.numpy as jnp\nkept = []\nwhile True:\n    kept.append(jnp.ones(64 << 20).block_until_ready())",
}


def frameworks_keep_to_their_part_and_running_out_is_named(check: Check) -> str:
    half = divide([check.whole.gpu], 2)[0]
    part = half.memory_mb or 0
    said = []
    for name, code in FRAMEWORK_TAKES_ALL.items():
        if importlib.util.find_spec(name) is None:
            continue
        count = f"\nprint('held', len(kept) * 256)\nassert len(kept) * 256 <= {int(part * FRAMEWORK_SHARE) + 512}"
        session, text = check.run(half, f"kept = []\n{code}", count)
        if "no GPU" in text or "CUDA is not available" in text:
            continue
        outcome = session.run.cells[0].outcome
        expect(
            outcome is Outcome.MEMORY, f"{name}: running out of GPU memory is called {outcome.value}: {text[-1500:]}"
        )
        expect(session.run.cells[1].outcome is Outcome.PASSED, f"{name} took more than its part: {text[-500:]}")
        said.append(f"{name} {number(text, 'held'):.0f} MiB")
    return ", ".join(said) or "none is installed: not tried"


def pinned_memory_of_the_host_is_bounded(check: Check) -> str:
    """The driver allocates it, and whether the system charges it to the submission depends on the driver."""
    limits = LIMITS.model_copy(update={"memory_mb": 2048})
    pin = CUDA + (
        "start()\nkept = []\n"
        "for _ in range(24):\n"
        "    pointer = ctypes.c_void_p()\n"
        "    if libcuda.cuMemHostAlloc(ctypes.byref(pointer), ctypes.c_size_t(256 << 20), 0):\n        break\n"
        "    ctypes.memset(pointer, 1, 256 << 20)\n    kept.append(pointer)\n"
        "print('pinned', len(kept) * 256)\n"
    )
    session, text = check.run(check.whole, pin, limits=limits)
    if session.run.outcome is Outcome.MEMORY:
        return "the submission was ended"
    pinned = number(text, "pinned")
    expect(pinned <= 3072, f"{pinned:.0f} MiB were pinned under a limit of 2,048: this driver does not charge for them")
    return f"{pinned:.0f} MiB were given"


CHECKS: list[Callable[[Check], str]] = [
    a_submission_sees_exactly_its_gpu,
    a_submission_without_a_slot_sees_none,
    a_process_that_has_started_cuda_knows_it,
    importing_a_framework_opens_no_gpu,
    all_memory_can_be_taken_and_the_next_is_not_affected,
    an_endless_kernel_is_ended_and_the_gpu_is_free,
    nothing_that_was_left_can_be_read,
    no_process_stays_on_the_gpu,
    two_slots_share_a_gpu_and_the_greedy_one_is_ended,
    frameworks_keep_to_their_part_and_running_out_is_named,
    pinned_memory_of_the_host_is_bounded,
]


def main() -> int:
    """Run every check and say how each went."""
    found = survey()
    for problem in found.problems:
        print(f"found {problem.found}. {problem.remedy}")
    gpus = [gpu for gpu in found.gpus if gpu.kind == "nvidia"]
    if not gpus:
        print("no GPU: nothing proven")
        return 2
    try:
        check_isolation()
    except IsolationUnavailable as error:
        print(f"no sandbox: nothing proven ({error})")
        return 2
    system = subprocess.run(["uname", "-sr"], capture_output=True, text=True, check=False).stdout.strip()
    driver = Path("/sys/module/nvidia/version")
    version = driver.read_text().strip() if driver.exists() else "of an unknown version"
    names = ", ".join(f"{gpu.name} ({gpu.memory_mb or '?'} MiB)" for gpu in gpus)
    print(f"{names}; driver {version}; {system}; memory is read through {type(find_reader()).__name__}")
    check = Check([replace(slot) for slot in divide(gpus)])
    failures = 0
    for each in CHECKS:
        title = each.__name__.replace("_", " ")
        try:
            print(f"holds   {title}: {each(check)}", flush=True)
        except Failed as error:
            failures += 1
            print(f"FAILS   {title}: {error}", flush=True)
        except Exception:  # a defect here or in the grader: the other checks still say something
            failures += 1
            print(f"BROKEN  {title}:\n{traceback.format_exc()}", flush=True)
    print(f"{len(CHECKS) - failures} of {len(CHECKS)} hold")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
