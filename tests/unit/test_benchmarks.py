"""The throughput benchmark: what it hands to each tool, and how it counts."""

from __future__ import annotations

import ast
import asyncio
import importlib
import inspect
import os
import re
import subprocess
import sys
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from benchmarks import compare, known_mistakes, memory, phases, throughput, workloads
from benchmarks.peers import nbgrader, otter
from benchmarks.peers.tool import Round
from benchmarks.spent import CommandFailedError, Spent, counting_group, last_json, run
from tests.robustness.classroom import wait_for_end

HERE = Path(compare.__file__).parent
ROOT = HERE.parent
_, WORKLOADS = workloads.load_workloads()
NAMES = sorted(WORKLOADS)


@pytest.mark.parametrize("name", NAMES)
def test_every_tool_gets_the_same_checks(name):
    workload = WORKLOADS[name]
    ours = list(workloads.find_checks(workload.exercise.source_dir))
    assert 4 <= len(ours) <= 6
    cells = [c for c in nbgrader.source_notebook(workload, "kim")["cells"] if "nbgrader" in c["metadata"]]
    assert [cell["metadata"]["nbgrader"]["grade_id"] for cell in cells] == ours
    assert sum(cell["metadata"]["nbgrader"]["points"] for cell in cells) == workload.exercise.points
    assert all(cell["metadata"]["nbgrader"]["locked"] for cell in cells)
    files = [otter.test_file(check) for check in workload.checks]
    functions = [node.name for file in files for node in ast.parse(file).body if isinstance(node, ast.FunctionDef)]
    assert functions == ours
    assert sum(check.points for check in workload.checks) == workload.exercise.points


@pytest.mark.parametrize("name", ["trivial", "scikit-learn"])
def test_plain_checks_pass_the_reference_and_fail_an_empty_notebook(name):
    workload = WORKLOADS[name]
    notebook = workloads.notebook_of(workload.exercise, "kim")
    code = ["".join(cell["source"]) for cell in notebook["cells"] if cell["cell_type"] == "code"]
    names: dict[str, object] = {}
    exec("\n".join(code), names)
    for check in workload.checks:
        exec(f"{check.imports}\n{check.source}\n{check.name}(env)", {"env": names})
        with pytest.raises(KeyError):
            exec(f"{check.imports}\n{check.source}\n{check.name}(env)", {"env": {}})


def test_checks_that_differ_from_ours_are_refused(tmp_path):
    exercise = WORKLOADS["trivial"].exercise
    for file in ("test_visible.py", "test_hidden.py", workloads.PLAIN):
        text = (exercise.source_dir / file).read_text("utf-8")
        (tmp_path / file).write_text(
            text.replace("test_total", "test_sum") if file == workloads.PLAIN else text, "utf-8"
        )
    with pytest.raises(ValueError, match="test_sum"):
        workloads.plain_checks(exercise.model_copy(update={"source_dir": tmp_path}))


def test_students_hand_in_different_notebooks_that_compute_the_same():
    exercise = WORKLOADS["trivial"].exercise
    kim, lee = (workloads.notebook_of(exercise, student) for student in ("kim", "lee"))
    assert kim != lee
    for a, b in zip(kim["cells"], lee["cells"]):
        assert [line for line in a["source"] if "handed in" not in line] == [
            line for line in b["source"] if "handed in" not in line
        ]


Tree = list["Tree"]


@given(st.recursive(st.just([]), lambda children: st.lists(children, max_size=4), max_leaves=12))
def test_times_of_steps_add_up_to_the_whole(tree: Tree):
    now = 0.0

    def clock() -> float:
        nonlocal now
        now += 1.0
        return now

    watch = phases.Stopwatch(clock)

    def go(children: Tree, depth: int) -> None:
        with watch.step(f"step {depth}"):
            for child in children:
                go(child, depth + 1)

    go(tree, 0)
    assert sum(watch.seconds.values()) == now - 1.0
    assert all(seconds > 0 for seconds in watch.seconds.values())


def test_every_step_that_is_timed_still_exists():
    for _, place, name in phases.STEPS:
        assert callable(getattr(phases._find(place), name)), (place, name)


def test_step_that_is_gone_is_named():
    with pytest.raises(LookupError, match=r"grader\.checking has no run_everything"):
        phases.Stopwatch().wrap("checks", "grader.checking", "run_everything")


def test_coroutines_are_timed_until_they_return(monkeypatch):
    watch = phases.Stopwatch()

    async def answer() -> int:
        await asyncio.sleep(0.01)
        return 42

    monkeypatch.setattr(phases, "answer", answer, raising=False)
    watch.wrap("answers", "benchmarks.phases", "answer")
    assert asyncio.run(phases.answer()) == 42
    assert watch.seconds["answers"] >= 0.01


def spent(command: list[str], **options: str) -> Spent:
    return run(command, env=dict(os.environ), cwd=Path("/"), **options)


def test_what_comes_before_the_first_and_after_the_last_submission_is_counted_apart():
    code = "import array, fcntl, termios, time\nunread = array.array('i', [0])\n"
    code += "def say(line):\n    print(line, flush=True)\n    fcntl.ioctl(1, termios.FIONREAD, unread)\n"
    code += "    while unread[0]: fcntl.ioctl(1, termios.FIONREAD, unread)\n"  # until it is heard, however late
    code += "    time.sleep(.3)\nfor line in ('hello', 'begin', 'graded', 'graded', 'bye'): say(line)"
    found = spent([sys.executable, "-c", code], begins="begin", ends="graded")
    assert found.start >= 0.3
    assert found.end >= 0.5  # two pauses, less what the parent may be held up between hearing and looking at the clock
    each = Round(found, 2)
    assert each.once == pytest.approx(found.start + found.end)
    assert each.seconds_each >= 0.2


def test_cpu_time_of_processes_that_nobody_waits_for_is_counted():
    with counting_group() as group:
        if group is None:
            pytest.skip("this user may not make a control group")
    burn = "import time\nend = time.process_time() + 0.3\nwhile time.process_time() < end: pass"
    code = "import signal, subprocess, sys\nsignal.signal(signal.SIGCHLD, signal.SIG_IGN)\n"
    code += f"p = subprocess.Popen([sys.executable, '-c', {burn!r}])\np.wait()"
    assert (spent([sys.executable, "-c", code]).cpu or 0.0) >= 0.3


def test_nothing_of_a_command_is_left_running():
    code = "import subprocess\nnull = subprocess.DEVNULL\n"
    code += "print(subprocess.Popen(['sleep', '1000'], stdout=null, stderr=null).pid)"
    with counting_group() as group:
        if group is None:
            pytest.skip("this user may not make a control group")
        pid = int(run([sys.executable, "-c", code], env=dict(os.environ), cwd=Path("/"), group=group).said)
        assert pid in group.members()
    assert wait_for_end([pid], 10) == []
    assert not group.folder.exists()


def test_command_that_takes_too_long_is_ended_with_its_children():
    code = "import subprocess; subprocess.run(['sleep', '1000'])"
    began = time.monotonic()
    with pytest.raises(CommandFailedError):
        run([sys.executable, "-c", code], env=dict(os.environ), cwd=Path("/"), seconds=1.0)
    assert time.monotonic() - began < 60


def test_command_that_fails_says_why():
    with pytest.raises(CommandFailedError, match="no such assignment"):
        spent([sys.executable, "-c", "import sys; sys.exit('no such assignment')"])


def test_result_is_found_among_what_libraries_say():
    assert last_json("WARNING: x\n[[1, 2]]\nI0000 late words\n") == [[1, 2]]


@given(st.lists(st.floats(0, 1e6), min_size=1), st.sampled_from([0.5, 0.9, 0.95, 1.0]))
def test_percentile_is_a_value_with_that_share_at_or_below_it(values, share):
    found = compare.percentile(values, share)
    assert found in values
    assert sum(value <= found for value in values) >= share * len(values) - 1e-9
    assert sum(value < found for value in values) <= share * len(values)


def fake(wall: float, start: float = 0.0, end: float = 0.0) -> Round:
    return Round(Spent(wall, start, end, None, None, None, ""), 10)


def test_speedup_leaves_out_what_is_done_once_and_the_class_includes_it():
    ours, theirs = [fake(6.0, start=4.0, end=1.0)], [fake(20.0)]
    assert compare.speedups(ours, theirs) == [20.0]
    assert compare.class_speedups(ours, theirs, size=100) == [pytest.approx(200 / 15)]
    assert ours[0].cpu_each is None


@pytest.mark.parametrize(
    ("pid", "kind"),
    [
        (1, "parent"),
        (2, "worker"),
        (3, "templates"),
        (4, "templates"),
        (5, "sandboxes"),
        (6, "kernels"),
        (7, "sandboxes"),
    ],
)
def test_processes_of_a_batch_are_told_apart(pid, kind):
    lines = {
        1: "python -m benchmarks.batch",
        2: "python -c from multiprocessing.spawn import spawn_main",
        3: "bwrap --args 9 -- python -m grader_template",
        4: "python -m grader_template",
        5: "python -m grader_template",
        6: "python -m grader_template",
        7: "bwrap --args 12 cat",
    }
    assert memory.kind_of(pid, lines, {2: 1, 3: 1, 4: 3, 5: 4, 6: 5, 7: 5}) == kind


def test_slope_is_growth_for_each_submission():
    assert memory.slope([(100, 50.0), (200, 51.0), (300, 52.0)]) == pytest.approx(0.01)
    assert memory.slope([(100, 50.0)]) == 0.0


def test_too_few_students_are_refused_because_they_start_cold(capsys):
    with pytest.raises(SystemExit):
        throughput.parse(["--students", "2"])
    assert "3 or more" in capsys.readouterr().err


def test_unknown_tool_is_named_with_those_there_are(capsys):
    with pytest.raises(SystemExit):
        throughput.parse(["--tools", "grader,okpy"])
    assert "'okpy' is not one of grader, nbgrader" in capsys.readouterr().err


def test_quick_changes_defaults_only():
    assert throughput.parse(["--quick"]).students < throughput.parse([]).students
    assert throughput.parse(["--quick", "--students", "7"]).students == 7
    assert "keras-training" in throughput.parse(["--quick", "--workloads", "keras-training"]).workloads


@pytest.mark.parametrize(
    "script", sorted(path.stem for path in HERE.glob("*.py") if "argparse" in path.read_text("utf-8"))
)
def test_every_script_starts(script):
    done = subprocess.run(
        [sys.executable, "-m", f"benchmarks.{script}", "--help"], check=False, cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0 and "--help" in done.stdout, done.stderr
    assert inspect.cleandoc(importlib.import_module(f"benchmarks.{script}").__doc__ or "")[:40] in done.stdout


def test_what_known_mistakes_cost_is_measured(capsys, monkeypatch):
    arguments = ["--exercises", "pyml/030-tree-entropy", "--students", "3"]
    monkeypatch.setattr(sys, "argv", ["known_mistakes", *arguments])
    monkeypatch.chdir(ROOT)
    known_mistakes.main()
    said = capsys.readouterr().out
    assert re.findall(r"(gathered|remembered): \d+\.\d\d times \(.*, (\d)\)", said) == [
        ("gathered", "1"),
        ("remembered", "2"),
    ], said


def test_known_mistakes_say_where_a_course_must_be(capsys, monkeypatch, tmp_path):
    monkeypatch.setattr(sys, "argv", ["known_mistakes"])
    monkeypatch.chdir(tmp_path)
    with pytest.raises(SystemExit):
        known_mistakes.main()
    assert "course.toml" in capsys.readouterr().err
