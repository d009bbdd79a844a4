"""What a backend guarantees about the submissions that it starts. A suite of tests holds each of them to its word."""

from __future__ import annotations

from enum import Enum


class Guarantee(Enum):
    """One of them; the value is the sentence that says it."""

    # what every backend makes
    ANSWERS = "cells run in order, and afterwards questions are answered with data"
    SEEDED = "the random state of a run depends on its seed alone, not on the way of starting it"
    TIME = "a cell that runs too long is interrupted, and ended where it ignores that"
    OUTPUT = "outputs are capped as they arrive"
    FRESH = "nothing of one submission reaches the next: memory, modules, files, environment"

    # what isolation adds
    ENVIRONMENT = "nothing of the grader's environment and no open file of it is inherited"
    HIDDEN_FILES = "no file of the grader, the course or a home directory can be seen"
    READ_ONLY = "nothing can be written but a scratch folder of limited size"
    NETWORK = "there is no network, no unix socket of the machine and no shared memory with others"
    PROCESSES = "no process of the machine can be seen or signalled"
    PRIVILEGES = "there are no capabilities and no way to gain any"
    NO_SURVIVORS = "the end of a run ends every process that it started"
    MEMORY = "memory is limited for all processes of a run together"
    CPU = "computing time is limited for all processes of a run together"
    PROCESS_COUNT = "the number of processes and threads is limited"
    DISK = "the size and the number of files are limited"


WITHOUT_ISOLATION = frozenset({Guarantee.ANSWERS, Guarantee.SEEDED, Guarantee.TIME, Guarantee.OUTPUT, Guarantee.FRESH})
WITH_ISOLATION = frozenset(Guarantee)
