"""``kill -9`` of any process of ours, at any moment: the same command again ends with the same grades, and nothing is left.

Submissions' own processes are not struck: a kernel that is gone is what a submission can do to itself, and is graded so.
"""

from __future__ import annotations

import itertools
import os
import random
import shutil
import subprocess
import tempfile
import time
from collections import Counter
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest

from grader.errors import IsolationUnavailable
from grader.sandbox import check_isolation
from tests.robustness.classroom import (
    Classroom,
    Seen,
    adopting,
    all_gone,
    descendants,
    kill,
    reap,
    rows,
    stale_groups,
    verdicts,
)

ROUNDS = int(os.environ.get("GRADER_KILL_ROUNDS", "100"))
SEED = int(os.environ.get("GRADER_KILL_SEED", "1"))  # the endurance test draws one where none is given
KILLS = 4  # in one round
GONE_SECONDS = 60.0  # a bound for a busy machine; it takes a few hundredths of a second otherwise


@pytest.fixture(scope="module", params=[pytest.param(each, marks=pytest.mark.slow) for each in ("warm", "cold")])
def classroom(request: pytest.FixtureRequest) -> Iterator[Classroom]:
    try:
        check_isolation()
    except IsolationUnavailable as error:
        pytest.skip(str(error))
    folder = Path(tempfile.mkdtemp(prefix="kill-", dir="/tmp"))  # short: the names of sockets are
    folder.chmod(0o755)
    (folder / "t").mkdir()
    try:
        yield Classroom(folder, folder / "t", warm=request.param == "warm").build()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(scope="module")
def undisturbed(classroom: Classroom) -> tuple[Any, Any, float]:
    """Grades and rows of a batch that nobody disturbs, and how long it takes."""
    began = time.monotonic()
    code, said = classroom.grade(classroom.folder / "undisturbed")
    assert code == 0, said
    assert len(rows(classroom.folder / "undisturbed")) == 40
    return verdicts(classroom.folder / "undisturbed"), rows(classroom.folder / "undisturbed"), time.monotonic() - began


def ours(parent: int) -> list[Seen]:
    """The batch and all its processes but those of submissions, which are deeper in namespaces than any template."""
    below = descendants(parent)
    inside = min((each.depth for each in below if each.role == "template" and each.command.startswith("/")), default=1)
    kept = [each for each in below if each.role in ("worker", "template", "python") and each.depth <= inside]
    return [Seen(parent, os.getpid(), "the batch", 1), *kept]


def victim(parent: int, dice: random.Random) -> tuple[str, int]:
    """One of them: first the role by chance, so that many of a kind do not hide the others."""
    by_role: dict[str, list[int]] = {}
    for each in ours(parent):
        by_role.setdefault("batch" if each.pid == parent else each.role, []).append(each.pid)
    role = dice.choice(sorted(by_role))
    return role, dice.choice(by_role[role])


def watch(process: subprocess.Popen[str], seconds: float, seen: set[int]) -> bool:
    """Let the batch go on for so long, noting its processes; whether it still runs."""
    end = time.monotonic() + seconds
    while process.poll() is None and (left := end - time.monotonic()) > 0:
        seen.update(each.pid for each in descendants(process.pid))
        with suppress(subprocess.TimeoutExpired):
            process.wait(min(0.2, left))
    return process.poll() is None


def one_round(classroom: Classroom, out: Path, dice: random.Random, takes: float, seen: set[int]) -> list[str]:
    """Strike until the batch has been struck enough, run it again whenever it has ended, until it ends well."""
    story: list[str] = []
    before = {each.pid for each in descendants(os.getpid())}
    kills = dice.randint(1, KILLS)
    for _ in range(20):
        with open(classroom.folder / "said", "w+") as said:
            process = classroom.start(out, stdout=said)
            seen.add(process.pid)
            struck = 0
            while kills and watch(process, dice.uniform(0, takes), seen):
                role, pid = victim(process.pid, dice)
                kill(pid)
                kills, struck = kills - 1, struck + 1
                story.append(f"killed {role}")
            watch(process, 300, seen)
            code = process.wait(0.1)
            said.seek(0)
            words = said.read()
        left = all_gone(before, GONE_SECONDS)
        story.append(f"ended with {code}")
        story += [line for line in words.splitlines() if line.startswith("grader_error:") and ": " in line[14:]]
        assert not left, f"{story}: still running: {left}"
        if code == 0:
            return story
        # by the kill itself; or 1: a submission lost its sandbox twice and is to be tried again
        assert code == -9 or (code == 1 and "grader_error" in words and struck > 1), f"{story}: {words[-3000:]}"
    raise AssertionError(f"it never ended well: {story}")


def strike(classroom: Classroom, undisturbed: tuple[Any, Any, float], rounds: int, seed: int = SEED) -> Counter[str]:
    expected, expected_rows, takes = undisturbed
    told: Counter[str] = Counter()
    mounts = _mounts(classroom)
    with adopting():
        for number in itertools.count():
            dice = random.Random(f"{seed}/{number}")
            out = classroom.folder / "out"
            shutil.rmtree(out, ignore_errors=True)
            try:
                seen: set[int] = set()
                story = one_round(classroom, out, dice, takes, seen)
                assert verdicts(out) == expected
                assert rows(out) == expected_rows
                assert sorted(os.listdir(classroom.scratch)) == []
                drafts = [p for p in out.rglob("*") if p.name.startswith(".")]
                assert drafts == []
                assert stale_groups(seen) == []
                assert _mounts(classroom) == mounts
            except BaseException:
                print(f"round {number}: run again with GRADER_KILL_SEED={seed}")
                raise
            finally:
                reap()
            told.update(each for each in story if each.startswith("killed"))
            told["rounds"] += any(each.startswith("killed") for each in story)  # it may have been too quick for us
            print(f"round {number}: {', '.join(story)}", flush=True)
            if told["rounds"] >= rounds:
                break
    return told


def _mounts(classroom: Classroom) -> list[str]:
    """Where something of a grader is mounted on this machine."""
    signs = ("grader", classroom.folder.name)
    return [line for line in Path("/proc/self/mounts").read_text().splitlines() if any(sign in line for sign in signs)]


@pytest.mark.sandbox
def test_a_batch_that_is_killed_at_random_moments_ends_with_the_same_grades(
    classroom: Classroom, undisturbed: tuple[Any, Any, float]
) -> None:
    assert strike(classroom, undisturbed, 2)["rounds"] == 2


@pytest.mark.endurance
@pytest.mark.sandbox
def test_a_hundred_times(classroom: Classroom, undisturbed: tuple[Any, Any, float]) -> None:
    seed = SEED if "GRADER_KILL_SEED" in os.environ else random.SystemRandom().randrange(1 << 32)
    told = strike(classroom, undisturbed, ROUNDS, seed)
    print(dict(told))
    assert {"killed batch", "killed worker"} <= set(told) or ROUNDS < 10
