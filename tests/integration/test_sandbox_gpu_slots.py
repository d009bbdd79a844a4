"""GPU slots in the real sandbox and through real batches, on a stand-in for a machine with GPUs."""

from __future__ import annotations

import json
import os
from collections.abc import Iterator
from dataclasses import replace
from itertools import pairwise
from pathlib import Path

import pytest

from grader.course import load_course
from grader.course.models import Course, Limits
from grader.grading import MemoryStore, grade, grade_batch
from grader.grading.grade import Grade
from grader.intake.submission import Submission
from grader.running.session import open_session
from grader.sandbox import Backend, BubblewrapBackend, Slot, WarmBackend
from grader.sandbox import gpu_use as use_module
from grader.sandbox.gpu import divide
from grader.sandbox.gpu_survey import survey
from grader.sandbox.privileges import is_root
from grader.vocabulary import Outcome
from tests.gpu.machine import add_nvidia, add_smi, reachable_folder, uuid_of
from tests.robustness.classroom import descendants
from tests.support import make_exercise, make_notebook, outputs_text

pytestmark = [
    pytest.mark.sandbox,
    pytest.mark.skipif(not is_root(), reason="only root makes device nodes"),
]

LOOK_AROUND = """
import glob, json, os, stat
nodes = sorted(p for p in glob.glob('/dev/**', recursive=True) if 'nvidia' in p)
kinds = {}
for path in nodes:
    fd = os.open(path, os.O_RDWR)
    kinds[path] = [stat.S_ISCHR(os.fstat(fd).st_mode), os.major(os.fstat(fd).st_rdev), os.minor(os.fstat(fd).st_rdev)]
print(json.dumps({"kinds": kinds, "env": dict(os.environ), "sys": sorted(glob.glob('/sys/devices/pci*/*'))}))
"""


@pytest.fixture
def machine() -> Iterator[Path]:
    with reachable_folder() as root:
        add_nvidia(root, 2, real=True)
        yield root


@pytest.fixture
def cold(cold_backend: Backend) -> BubblewrapBackend:
    """A backend of this test's own: it is given a slot."""
    return BubblewrapBackend()


def look_around(backend: Backend, *, gpu: bool = True) -> dict[str, dict[str, object]]:
    with open_session(make_exercise(gpu=gpu), make_notebook(LOOK_AROUND), backend=backend) as session:
        assert session.run.outcome is Outcome.PASSED, outputs_text(session.run.notebook)
        found: dict[str, dict[str, object]] = json.loads(outputs_text(session.run.notebook).strip())
        return found


def test_a_sandbox_has_the_nodes_of_exactly_its_slot(machine: Path, cold: BubblewrapBackend) -> None:
    for number, slot in enumerate(divide(survey(machine, {}).gpus)):
        cold.gpu = slot
        found = look_around(cold)
        wanted = [f"/dev/nvidia{number}", "/dev/nvidia-uvm", "/dev/nvidia-uvm-tools", "/dev/nvidiactl"]
        assert sorted(found["kinds"]) == sorted(wanted)
        about = os.stat(machine / "dev" / f"nvidia{number}")
        assert found["kinds"][f"/dev/nvidia{number}"] == [True, os.major(about.st_rdev), os.minor(about.st_rdev)]
        assert found["env"]["CUDA_VISIBLE_DEVICES"] == uuid_of(number)
        assert len(found["sys"]) == 1, "the other GPU's place on the bus is not to be seen"


def test_an_exercise_that_asks_for_none_gets_none_though_its_worker_owns_a_slot(
    machine: Path, cold: BubblewrapBackend
) -> None:
    cold.gpu = divide(survey(machine, {}).gpus)[0]
    found = look_around(cold, gpu=False)
    assert found["kinds"] == {} and found["env"]["CUDA_VISIBLE_DEVICES"] == ""


def test_a_node_for_members_of_a_group_can_be_opened(machine: Path, cold: BubblewrapBackend) -> None:
    node = machine / "dev/nvidia0"
    node.chmod(0o660)
    os.chown(node, 0, 4242)
    cold.gpu = divide(survey(machine, {}).gpus)[0]
    assert "/dev/nvidia0" in look_around(cold)["kinds"]
    cold.gpu = replace(cold.gpu, gpu=replace(cold.gpu.gpu, groups=()))
    with open_session(make_exercise(gpu=True), make_notebook(LOOK_AROUND), backend=cold) as session:
        assert "PermissionError" in outputs_text(session.run.notebook)


def test_a_warm_backend_starts_such_submissions_in_an_interpreter_of_their_own(machine: Path, cold: Backend) -> None:
    backend = WarmBackend("nested")  # without a template: none is started for these
    backend.gpu = divide(survey(machine, {}).gpus)[0]
    try:
        assert "/dev/nvidia0" in look_around(backend)["kinds"]
        assert not backend._templates and not backend.refused
    finally:
        backend.close()


def test_own_memory_is_unlimited_only_with_a_gpu(machine: Path, cold: BubblewrapBackend) -> None:
    ask = make_notebook("import resource; print('limit', resource.getrlimit(resource.RLIMIT_DATA)[0])")
    said = []
    for slot in (None, divide(survey(machine, {}).gpus)[0]):
        cold.gpu = slot
        with open_session(make_exercise(gpu=True), ask, backend=cold) as session:
            said.append(int(outputs_text(session.run.notebook).split("limit")[1].split()[0]))
    assert said[0] > 0 and said[1] == -1


def test_without_that_limit_memory_is_still_bounded_from_outside(machine: Path, cold: BubblewrapBackend) -> None:
    cold.gpu = divide(survey(machine, {}).gpus)[0]
    greedy = make_notebook("kept = []\nwhile True:\n    kept.append(bytearray(b'x' * (64 << 20)))")
    limits = Limits(memory_mb=512, cell_seconds=60, total_seconds=120)
    with open_session(make_exercise(gpu=True, limits=limits), greedy, backend=cold) as session:
        assert session.run.outcome is Outcome.MEMORY


# --- what is used -----------------------------------------------------------------------------------------------------


@pytest.fixture
def driver(machine: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A folder in whose files a stand-in for ``nvidia-smi`` finds its answers."""
    add_smi(machine)
    monkeypatch.setenv("PATH", f"{machine}:{os.environ['PATH']}")
    monkeypatch.setattr(use_module.Smi, "interval", 0.1)
    use_module.find_reader.cache_clear()
    assert isinstance(use_module.find_reader(), use_module.Smi)
    (machine / "used").write_text(f"{uuid_of(0)}, 100\n{uuid_of(1)}, 100\n")
    (machine / "gpus").write_text(f"{uuid_of(0)}, 40000\n")
    yield machine
    use_module.find_reader.cache_clear()


def slot_of(machine: Path, parts: int) -> Slot:
    gpu = replace(survey(machine, {}).gpus[0], memory_mb=40_000)
    return Slot(gpu, 0, parts)


WAIT = "import time\nwhile True:\n    time.sleep(0.05)"


def members() -> list[int]:
    """Processes in namespaces of their own that sandboxes of this process have brought forth, by their numbers here."""
    return sorted(each.pid for each in descendants(os.getpid()) if each.depth > 1 and "grader_probe" in each.command)


def test_memory_on_the_gpu_is_taken_down_by_process(driver: Path, cold: BubblewrapBackend) -> None:
    cold.gpu = slot_of(driver, 2)
    assert use_module.total_memory_mb(uuid_of(0)) == 40_000
    before = set(members())

    def tell(cell: int, cells: int) -> None:
        if cell == 2:
            own = sorted(set(members()) - before)
            rows = [
                f"{uuid_of(0)}, {own[-1]}, 1500",
                f"{uuid_of(0)}, {os.getpid()}, 9000",
                f"{uuid_of(1)}, {own[-1]}, 77",
            ]
            (driver / "apps").write_text("\n".join(rows) + "\n")

    cells = make_notebook("1", "import time; time.sleep(1.5)")
    with open_session(make_exercise(gpu=True), cells, backend=cold, on_cell=tell) as session:
        assert session.run.outcome is Outcome.PASSED
        used = session.gpu_use()
    assert used is not None and used.name == "Stand-in 0" and used.share == 0.5
    assert used.memory_mb == 1500, "neither the grader's own nor what was held on another GPU"
    assert used.seconds > 1


def test_who_takes_the_neighbours_part_is_ended_for_memory(driver: Path, cold: BubblewrapBackend) -> None:
    cold.gpu = slot_of(driver, 2)
    before = set(members())

    def tell(cell: int, cells: int) -> None:
        own = sorted(set(members()) - before)
        (driver / "apps").write_text("".join(f"{uuid_of(0)}, {pid}, 30000\n" for pid in own[-1:]))

    limits = Limits(cell_seconds=60, total_seconds=60)
    with open_session(
        make_exercise(gpu=True, limits=limits), make_notebook(WAIT), backend=cold, on_cell=tell
    ) as session:
        assert session.run.outcome is Outcome.MEMORY
    (driver / "apps").write_text("")
    with open_session(make_exercise(gpu=True), make_notebook("1 + 1"), backend=cold) as session:
        assert session.run.outcome is Outcome.PASSED, "the next is not affected"


def test_a_driver_that_knows_no_process_numbers_is_asked_for_the_whole(driver: Path, cold: BubblewrapBackend) -> None:
    cold.gpu = slot_of(driver, 1)

    def tell(cell: int, cells: int) -> None:
        (driver / "used").write_text(f"{uuid_of(0)}, 2600\n")

    with open_session(
        make_exercise(gpu=True), make_notebook("import time; time.sleep(1)"), backend=cold, on_cell=tell
    ) as session:
        used = session.gpu_use()
    assert used is not None and used.memory_mb == 2500


# --- whole grades -----------------------------------------------------------------------------------------------------

COURSE = 'name = "c"\ntitle = { en = "C", ko = "씨" }\nprofile = "full"\ngpu = true\n'
EXERCISE = """
id = "t/{name}"
title = {{ en = "Deep", ko = "심층" }}
form = "notebook"
kind = ["function"]
points = 1
defines = ["answer"]
{more}
"""
CHECK = """
def test_answer(submission, expect, profile):
    expect.same(submission['answer'], profile)
"""
TELL = """
import glob, os, time
began = time.time()
time.sleep(1)
mine = os.environ['CUDA_VISIBLE_DEVICES']
answer = 'full' if glob.glob('/dev/nvidia[0-9]') else 'small'
print('|', mine, began, time.time(), '|')
"""


@pytest.fixture(scope="module")
def course(tmp_path_factory: pytest.TempPathFactory) -> Course:
    root = tmp_path_factory.mktemp("course")
    (root / "course.toml").write_text(COURSE, "utf-8")
    for name, more in (("deep", ""), ("flat", "gpu = false")):
        folder = root / "solutions/t" / name
        folder.mkdir(parents=True)
        (folder / "exercise.toml").write_text(EXERCISE.format(name=name, more=more), "utf-8")
        (folder / "solution.py").write_text("# %%\n# SOLUTION\nanswer = 'full'\n# END SOLUTION\n")
        (folder / "test_visible.py").write_text(CHECK)
        (folder / "test_hidden.py").write_text("")
    return load_course(root)


def handed_in(course: Course, student: str, name: str = "deep") -> Submission:
    return Submission(student, f"t/{name}", make_notebook(TELL, f"# {student}"), student * 32)


def told(result: Grade) -> list[str]:
    assert result.run is not None
    return outputs_text(result.run.notebook).split("|")[1].split()


def test_an_exercise_takes_the_requirement_from_its_course_unless_it_says_otherwise(course: Course) -> None:
    assert course.exercise("t/deep").gpu and not course.exercise("t/flat").gpu


def test_without_a_gpu_the_small_profile_runs_and_the_student_is_told(course: Course, cold: Backend) -> None:
    result = grade(course, course.exercise("t/deep"), handed_in(course, "a"), backend=cold)
    assert result.outcome is Outcome.PASSED, result
    assert result.run is not None and result.run.gpu is None
    assert "no" in result.notes[0].en and "GPU" in result.notes[0].ko


def test_with_a_gpu_the_profile_of_the_course_runs_and_its_use_is_kept(
    course: Course, cold: BubblewrapBackend, machine: Path
) -> None:
    without = grade(course, course.exercise("t/deep"), handed_in(course, "a"), backend=cold)
    cold.gpu = Slot(survey(machine, {}).gpus[1], 0, 2)
    result = grade(course, course.exercise("t/deep"), handed_in(course, "a"), backend=cold)
    assert result.outcome is Outcome.PASSED, result
    assert result.notes == () and result.task != without.task
    assert result.run is not None and result.run.gpu is not None
    assert result.run.gpu.name == "Stand-in 1" and result.run.gpu.share == 0.5 and result.run.gpu.seconds >= 1


def test_in_a_batch_each_submission_has_a_slot_to_itself(course: Course, cold: Backend, machine: Path) -> None:
    slots = divide(survey(machine, {}).gpus)
    work = [handed_in(course, student) for student in "abcd"] + [handed_in(course, "e", "flat")]
    store = MemoryStore()
    grades = [store.get(each.task) or each for each in grade_batch(course, work, store, workers=3, gpu_slots=slots)]
    assert all(result.run is not None and result.run.outcome is Outcome.PASSED for result in grades), grades
    by_gpu: dict[str, list[tuple[float, float]]] = {}
    for result in grades[:4]:
        mine, began, ended = told(result)
        by_gpu.setdefault(mine, []).append((float(began), float(ended)))
        assert result.outcome is Outcome.PASSED and result.notes == ()
    assert set(by_gpu) <= {uuid_of(0), uuid_of(1)}
    for spans in by_gpu.values():
        spans.sort()
        assert all(before[1] <= after[0] for before, after in pairwise(spans)), "one at a time on each"
    assert len(told(grades[4])) == 2, "no GPU is named to an exercise that asks for none"
    assert grades[4].run is not None and grades[4].run.gpu is None
