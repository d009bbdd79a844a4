"""Confines a submission: what a sandbox is, how it is built, and what this machine can offer."""

from grader.sandbox.backend import choose_backend, clean_up
from grader.sandbox.box import WORK, Box
from grader.sandbox.bubblewrap import BubblewrapBackend, check_isolation
from grader.sandbox.findings import Finding, describe
from grader.sandbox.gpu import Gpu, Slot
from grader.sandbox.gpu_survey import gpu_slots
from grader.sandbox.gpu_use import GpuUse
from grader.sandbox.guarantees import Guarantee
from grader.sandbox.plain import PlainBackend
from grader.sandbox.process import Backend, Process
from grader.sandbox.warm import WarmBackend

__all__ = [
    "WORK",
    "Backend",
    "Box",
    "BubblewrapBackend",
    "Finding",
    "Gpu",
    "GpuUse",
    "Guarantee",
    "PlainBackend",
    "Process",
    "Slot",
    "WarmBackend",
    "check_isolation",
    "choose_backend",
    "clean_up",
    "describe",
    "gpu_slots",
]
