"""Which GPUs are found, how they are divided, and what a sandbox is told about them: on stand-in machines."""

from __future__ import annotations

import os
import pickle
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from grader.course.models import Limits
from grader.sandbox import Box, Gpu, Slot
from grader.sandbox.box import bubblewrap_options, environment, installed_keras_backend
from grader.sandbox.gpu import divide
from grader.sandbox.gpu_survey import survey
from grader.sandbox.privileges import is_root, unprivileged
from tests.gpu.machine import COMMON, add_file, add_node, add_nvidia, bus_of, uuid_of


def test_a_machine_without_gpus_has_none_and_no_problem(tmp_path: Path) -> None:
    (tmp_path / "dev").mkdir()
    found = survey(tmp_path, {})
    assert found.gpus == () and found.problems == ()


def test_each_nvidia_gpu_is_found_with_its_own_node_and_the_common_ones(tmp_path: Path) -> None:
    add_nvidia(tmp_path, 2)
    found = survey(tmp_path, {})
    assert [gpu.name for gpu in found.gpus] == ["Stand-in 0", "Stand-in 1"]
    for number, gpu in enumerate(found.gpus):
        assert [seen for _, seen in gpu.nodes] == [f"/dev/nvidia{number}", *(f"/dev/{name}" for name in COMMON)]
        assert gpu.uuid == uuid_of(number) and gpu.bus == bus_of(number)
        assert gpu.library_folders == (), "every loader looks there by itself"
        seen = {seen for _, seen in gpu.files}
        assert f"/sys/devices/pci0000:00/{bus_of(number)}" in seen and "/sys/module/nvidia" in seen
        assert f"/sys/devices/pci0000:00/{bus_of(1 - number)}" not in seen
    assert not found.problems


def test_a_gpu_without_its_driver_library_is_a_problem_with_a_remedy(tmp_path: Path) -> None:
    add_nvidia(tmp_path, 1, library="")
    found = survey(tmp_path, {})
    assert not found.gpus
    assert "libcuda" in found.problems[0].found and found.problems[0].remedy


def test_a_gpu_whose_unified_memory_was_never_set_up_is_a_problem_with_a_remedy(tmp_path: Path) -> None:
    add_nvidia(tmp_path, 1)
    (tmp_path / "dev/nvidia-uvm").unlink()
    found = survey(tmp_path, {})
    assert not found.gpus
    assert "/dev/nvidia-uvm" in found.problems[0].found and "nvidia-modprobe" in found.problems[0].remedy


def test_a_gpu_that_is_divided_by_mig_is_left_out(tmp_path: Path) -> None:
    add_nvidia(tmp_path, 2)
    (tmp_path / "proc/driver/nvidia/capabilities/gpu0/mig/gi1").mkdir(parents=True)
    found = survey(tmp_path, {})
    assert [gpu.name for gpu in found.gpus] == ["Stand-in 1"]
    assert "MIG" in found.problems[0].found


def test_an_ordinary_file_in_dev_is_no_gpu(tmp_path: Path) -> None:
    add_nvidia(tmp_path, 1)
    add_file(tmp_path, "dev/nvidia1")
    assert len(survey(tmp_path, {}).gpus) == 1


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        (None, [0, 1, 2]),
        ("1", [1]),
        ("2,0", [2, 0]),
        (uuid_of(2), [2]),
        ("", []),
        ("-1", []),
        ("0,7,1", [0]),
        ("1,1", [1]),
    ],
)
def test_the_graders_own_choice_of_devices_is_kept(tmp_path: Path, said: str | None, expected: list[int]) -> None:
    add_nvidia(tmp_path, 3)
    environ = {} if said is None else {"CUDA_VISIBLE_DEVICES": said}
    assert [gpu.uuid for gpu in survey(tmp_path, environ).gpus] == [uuid_of(number) for number in expected]


def test_libraries_elsewhere_are_bound_one_by_one_and_named_to_the_loader(tmp_path: Path) -> None:
    add_nvidia(tmp_path, 1, library="data/driver")
    for name in ("libnvidia-ml.so.580.1", "libmine.so", "secret.txt"):
        add_file(tmp_path, f"data/driver/{name}")
    assert not survey(tmp_path, {}).gpus
    (gpu,) = survey(tmp_path, {"LD_LIBRARY_PATH": "/nowhere:/data/driver"}).gpus
    assert gpu.library_folders == ("/data/driver",)
    seen = [seen for _, seen in gpu.files if seen.startswith("/data")]
    assert seen == ["/data/driver/libcuda.so.1", "/data/driver/libnvidia-ml.so.580.1"]
    values = environment(Box(Limits(), gpu=Slot(gpu)))
    assert values["LD_LIBRARY_PATH"] == "/data/driver"


def test_amd_needs_its_compute_driver_and_a_screen_of_intel_is_no_gpu(tmp_path: Path) -> None:
    for name, vendor in (("renderD128", "0x1002"), ("renderD129", "0x8086"), ("renderD130", "0x1af4")):
        add_node(tmp_path, f"dri/{name}")
        add_file(tmp_path, f"sys/class/drm/{name}/device/vendor", f"{vendor}\n")
    found = survey(tmp_path, {})
    assert not found.gpus and "/dev/kfd" in found.problems[0].found
    add_node(tmp_path, "kfd")
    (gpu,) = survey(tmp_path, {}).gpus
    assert gpu.kind == "amd" and [seen for _, seen in gpu.nodes] == ["/dev/kfd", "/dev/dri/renderD128"]
    values = environment(Box(Limits(), gpu=Slot(gpu)))
    assert values["HIP_VISIBLE_DEVICES"] == "0" and values["CUDA_VISIBLE_DEVICES"] == ""
    add_file(tmp_path, "usr/lib/x86_64-linux-gnu/libze_loader.so.1")
    assert [gpu.kind for gpu in survey(tmp_path, {}).gpus] == ["amd", "intel"]


@pytest.mark.skipif(not is_root(), reason="only root makes device nodes")
def test_who_may_open_the_nodes_is_looked_at_before_a_submission_fails_there(tmp_path: Path) -> None:
    add_nvidia(tmp_path, 2, real=True)
    node = tmp_path / "dev/nvidia0"
    node.chmod(0o660)
    os.chown(node, 0, 4242)
    first, second = survey(tmp_path, {}).gpus
    assert first.groups == (4242,) and second.groups == ()
    assert "--groups=4242" in unprivileged(["bwrap"], {}, first.groups)
    assert "--clear-groups" in unprivileged(["bwrap"], {}, second.groups)
    node.chmod(0o600)
    found = survey(tmp_path, {})
    assert len(found.gpus) == 1
    assert "/dev/nvidia0" in found.problems[0].found and "chmod" in found.problems[0].remedy


@given(gpus=st.integers(0, 4), per_gpu=st.integers(0, 5))
def test_slots_divide_each_gpu_evenly_and_spread_first(gpus: int, per_gpu: int) -> None:
    machine = [Gpu("nvidia", str(number), (), memory_mb=10_000) for number in range(gpus)]
    slots = divide(machine, per_gpu)
    assert len(set(slots)) == len(slots) == gpus * per_gpu
    assert [slot.gpu for slot in slots[:gpus]] == machine[: len(slots)]
    for gpu in machine:
        own = [slot for slot in slots if slot.gpu == gpu]
        assert not own or abs(sum(slot.share for slot in own) - 1) < 1e-9
        assert sum(slot.memory_mb or 0 for slot in own) <= 10_000


def test_a_sandbox_is_told_of_exactly_its_slot(tmp_path: Path) -> None:
    add_nvidia(tmp_path, 2)
    slot = divide(survey(tmp_path, {}).gpus, 2)[1]
    options = bubblewrap_options(Box(Limits(), gpu=slot))
    bound = [options[place + 2] for place, word in enumerate(options) if word == "--dev-bind"]
    assert bound == ["/dev/nvidia1", *(f"/dev/{name}" for name in COMMON)]
    assert options.index("--dev-bind") > options.index("--dev"), "bubblewrap would cover it with its own /dev"
    assert not any("nvidia" in word for word in bubblewrap_options(Box(Limits())))


def test_libraries_are_told_of_exactly_their_slot(tmp_path: Path) -> None:
    add_nvidia(tmp_path, 2)
    slot = divide(survey(tmp_path, {}).gpus, 2)[1]
    values = environment(Box(Limits(), gpu=slot))
    assert values["CUDA_VISIBLE_DEVICES"] == uuid_of(1)
    assert values["TF_FORCE_GPU_ALLOW_GROWTH"] == "true"
    assert values["XLA_PYTHON_CLIENT_PREALLOCATE"] == "false"
    assert 0.4 < float(values["XLA_PYTHON_CLIENT_MEM_FRACTION"]) < 0.5
    without = environment(Box(Limits()))
    assert without["CUDA_VISIBLE_DEVICES"] == "" and "TF_FORCE_GPU_ALLOW_GROWTH" not in without


def test_a_whole_gpu_leaves_frameworks_free_and_a_part_holds_them_to_it() -> None:
    gpu = Gpu("nvidia", "n", (), memory_mb=10_000)
    assert Slot(gpu).for_kernel() == {"share": 1.0, "memory_mb": None}
    assert Slot(gpu, 0, 2).for_kernel() == {"share": 0.45, "memory_mb": 4500}
    assert Slot(Gpu("nvidia", "n", ()), 0, 2).for_kernel() == {"share": 0.45, "memory_mb": None}


def test_a_slot_can_be_sent_to_a_worker(tmp_path: Path) -> None:
    add_nvidia(tmp_path, 1)
    (slot,) = divide(survey(tmp_path, {}).gpus)
    assert pickle.loads(pickle.dumps(slot)) == slot


def test_keras_computes_with_what_is_asked_for_or_installed() -> None:
    assert environment(Box(Limits(), keras_backend="jax"))["KERAS_BACKEND"] == "jax"
    assert environment(Box(Limits())).get("KERAS_BACKEND") == installed_keras_backend()


def test_no_template_serves_what_it_has_not_imported_that_way() -> None:
    other = next(name for name in ("jax", "torch") if name != installed_keras_backend())
    assert Box(Limits()).like_template
    assert not Box(Limits(), keras_backend=other).like_template  # type: ignore[arg-type]
    assert not Box(Limits(), gpu=Slot(Gpu("nvidia", "n", ()))).like_template
