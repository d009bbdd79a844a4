"""The README's tables of limits are the code's; control groups are found, chosen and written to as the system has them."""

from __future__ import annotations

import os
import re
from dataclasses import fields
from pathlib import Path

import pytest

from grader.course.models import IntakeLimits, Limits
from grader.running.probe.bounds import MAX_INT_BITS, Bounds
from grader.running.provisioner import CELL_OUTPUT
from grader.running.session import _MAX_MESSAGE
from grader.sandbox import cgroups
from grader.sandbox.cgroups import Group, Place, delegated
from grader.sandbox.meter import OWN_MEMORY
from grader.vocabulary import Outcome

README = (Path(__file__).parents[2] / "README.md").read_text("utf-8")
SECTION = README.partition("\n## Limits\n")[2].partition("\n## ")[0]
BOUNDS = {
    "nesting of containers": "depth",
    "values, elements of lists included": "items",
    "characters of one text": "text",
    "bytes of the JSON header": "header",
    "raw buffers": "buffers",
    "elements of a sparse matrix if it were dense": "sparse",
}


def rows(pattern: str) -> dict[str, float]:
    return {key: float(value) for key, value in re.findall(pattern, SECTION, re.MULTILINE)}


def test_every_limit_stands_in_the_readme_with_its_default_and_a_verdict() -> None:
    found = rows(r"^\| `(\w+)` \| ([\d.]+) \| [^|]+ \| [^|]*\|$")
    assert found == {key: float(value) for key, value in Limits().model_dump().items()}
    verdicts = set(re.findall(r"\| `(\w+)` \|$", SECTION, re.MULTILINE))
    assert verdicts == {"timeout", "memory", "disk", "output", "processes", "error"}
    assert verdicts <= {outcome.value for outcome in Outcome}


def test_every_limit_of_intake_stands_in_the_readme_with_its_default() -> None:
    found = rows(r"^\| `intake\.(\w+)` \| ([\d.]+) \|")
    assert found == {key: float(value) for key, value in IntakeLimits().model_dump().items()}


def test_every_bound_of_an_answer_stands_in_the_readme() -> None:
    found = rows(r"^\| ([a-zA-Z ,]+) \| (\d+) \|$")
    named = {BOUNDS[key]: int(value) for key, value in found.items() if key in BOUNDS}
    bounds = Bounds()
    assert named == {f.name: getattr(bounds, f.name) for f in fields(Bounds) if f.name != "total"}  # total: `reply_mb`
    assert found.keys() - BOUNDS.keys() == {"bits of an integer"}
    assert found["bits of an integer"] == MAX_INT_BITS


def test_sizes_that_are_no_settings_are_the_codes() -> None:
    assert f"{OWN_MEMORY >> 20} MiB on top" in SECTION
    assert f"cut after {CELL_OUTPUT >> 10} KiB" in SECTION
    assert f"one message beyond {_MAX_MESSAGE >> 20} MiB" in SECTION


def test_hierarchies_are_read_from_the_mounts() -> None:
    mounts = (
        "30 20 0:26 / /sys/fs/cgroup/unified rw - cgroup2 cgroup2 rw\n"
        "31 20 0:27 / /sys/fs/cgroup/cpu,cpuacct rw,nosuid shared:9 - cgroup cgroup rw,cpu,cpuacct\n"
        "32 20 0:28 / /sys/fs/cgroup/memory rw - cgroup cgroup rw,memory\n"
        "33 20 8:1 / / rw - ext4 /dev/root rw\n"
    )
    found = cgroups._hierarchies(mounts)
    assert found[""] == Path("/sys/fs/cgroup/unified")
    assert found["cpuacct"] == Path("/sys/fs/cgroup/cpu,cpuacct")
    assert found["memory"] == Path("/sys/fs/cgroup/memory")
    assert "pids" not in found


def make_tree(root: Path, enabled: dict[str, str]) -> None:
    """The files of a version 2 hierarchy that choosing a place looks at, by group."""
    for name, controllers in enabled.items():
        folder = root / name
        folder.mkdir(parents=True, exist_ok=True)
        (folder / "cgroup.subtree_control").write_text(controllers)
        (folder / "cgroup.procs").write_text("")


def test_the_nearest_group_that_hands_its_controllers_on_is_chosen(tmp_path: Path) -> None:
    make_tree(tmp_path, {"": "cpu memory pids", "user": "memory pids", "user/app": "memory pids", "user/app/me": ""})
    (tmp_path / "user/app/me/cgroup.subtree_control").unlink()  # cannot be divided
    assert delegated(tmp_path, tmp_path / "user/app/me") == tmp_path / "user/app"
    make_tree(tmp_path, {"user/app": "cpu"})
    assert delegated(tmp_path, tmp_path / "user/app/me") == tmp_path / "user"


def test_without_controllers_there_is_no_place(tmp_path: Path) -> None:
    make_tree(tmp_path, {"": "cpu", "me": "cpu"})
    for name in ("", "me"):
        (tmp_path / name / "cgroup.subtree_control").unlink()
    assert delegated(tmp_path, tmp_path / "me") is None


@pytest.mark.skipif(os.geteuid() != 0, reason="as an ordinary user every group that one may write to is one's own")
def test_processes_are_moved_only_where_a_group_was_given_to_us(tmp_path: Path) -> None:
    make_tree(tmp_path, {"": "", "service": ""})
    (tmp_path / "service/cgroup.procs").write_text("1\n")
    delegated(tmp_path, tmp_path / "service")
    assert not (tmp_path / "service/grader-self").exists()


def make_group(folder: Path, version: int, files: dict[str, str]) -> Group:
    (folder / "one").mkdir(parents=True)
    for name, content in files.items():
        (folder / "one" / name).write_text(content)
    place = Place(version, dict.fromkeys(("memory", "pids") if version == 2 else ("memory", "pids", "cpuacct"), folder))
    return Group(place, "one", os.open(folder / "one", os.O_RDONLY))


def test_version_2_limits_everything_together_and_ends_it_together(tmp_path: Path) -> None:
    written = dict.fromkeys(("memory.max", "memory.oom.group", "memory.swap.max", "pids.max"), "")
    counted = {
        "memory.events": "low 0\nhigh 0\nmax 7\noom 2\noom_kill 3\noom_group_kill 1\n",
        "pids.events": "max 5\n",
        "cpu.stat": "usage_usec 1500000\nuser_usec 1\nsystem_usec 2\n",
    }
    group = make_group(tmp_path / "grader", 2, written | counted)
    group.limit(1 << 30, 64)
    values = {name: (tmp_path / "grader/one" / name).read_text() for name in written}
    assert values == {"memory.max": str(1 << 30), "memory.oom.group": "1", "memory.swap.max": "0", "pids.max": "64"}
    assert (group.memory_kills(), group.refused_forks(), group.cpu_seconds()) == (3, 5, 1.5)
    assert group.procs_files == [str(tmp_path / "grader/one/cgroup.procs")]


def test_version_2_without_swap_accounting_still_limits(tmp_path: Path) -> None:
    group = make_group(tmp_path / "grader", 2, dict.fromkeys(("memory.max", "memory.oom.group", "pids.max"), ""))
    group.limit(1 << 20, 8)
    assert (tmp_path / "grader/one/memory.max").read_text() == str(1 << 20)
    assert not (tmp_path / "grader/one/memory.swap.max").exists()


def test_version_1_counts_what_version_2_counts(tmp_path: Path) -> None:
    files = {
        "memory.oom_control": "oom_kill_disable 0\nunder_oom 0\noom_kill 4\n",
        "pids.events": "max 2\n",
        "cpuacct.usage": "2500000000\n",
    }
    group = make_group(tmp_path / "grader", 1, files)
    assert (group.memory_kills(), group.refused_forks(), group.cpu_seconds()) == (4, 2, 2.5)
