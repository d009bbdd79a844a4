"""The sandbox side of GPU access: frameworks are held to a part, and a process knows whether it holds a GPU."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from grader.running.probe import PROBE_DIR
from grader.running.probe.gpu import cuda_initialised

# Stand-ins with the parts of each framework's interface that are used, taking down what they are told.
TENSORFLOW = """
import types
told = []
gpus = [types.SimpleNamespace(name="GPU:0", device_type="GPU")]
def set_memory_growth(device, enable):
    if device.device_type == "GPU":
        raise ValueError("Cannot set memory growth on device when virtual devices configured")
    told.append("grow")
config = types.SimpleNamespace(
    list_physical_devices=lambda kind: gpus if kind == "GPU" else [],
    LogicalDeviceConfiguration=lambda memory_limit: memory_limit,
    set_logical_device_configuration=lambda device, limits: told.append([device.name, limits]),
    experimental=types.SimpleNamespace(set_memory_growth=set_memory_growth),
)
random = types.SimpleNamespace(set_seed=lambda seed: told.append(["seed", seed]))
"""
TORCH = """
import types
told, later = [], []
cuda = types.SimpleNamespace(
    device_count=lambda: 1,
    set_per_process_memory_fraction=lambda share, device: told.append([share, device]),
    _lazy_call=later.append,
)
def manual_seed(seed):
    told.append(["seed", seed])
"""


def run_inside(folder: Path, code: str) -> Any:
    """Run code in a process that imports the probe as kernels do; its last line of output, read as JSON."""
    (folder / "tensorflow.py").write_text(TENSORFLOW)
    (folder / "torch.py").write_text(TORCH)
    (folder / "grader_probe").symlink_to(PROBE_DIR)
    done = subprocess.run(
        [sys.executable, "-c", code],
        env={"PYTHONPATH": str(folder), "PYTHONDONTWRITEBYTECODE": "1"},
        capture_output=True,
        text=True,
        check=True,
    )
    assert not done.stderr, done.stderr
    return json.loads(done.stdout.splitlines()[-1])


BEFORE = """
import json, sys
from grader_probe.seeding import seed_now_and_on_import
from grader_probe.gpu import limit_now_and_on_import
seed_now_and_on_import(3)
"""


def test_tensorflow_gets_a_ceiling_when_it_is_imported_and_is_seeded_all_the_same(tmp_path: Path) -> None:
    code = BEFORE + "limit_now_and_on_import(0.45, 4500)\nimport tensorflow\nprint(json.dumps(tensorflow.told))"
    assert run_inside(tmp_path, code) == [["seed", 3], ["GPU:0", [4500]]]


def test_a_notebook_that_asks_for_growth_is_not_refused(tmp_path: Path) -> None:
    code = BEFORE + (
        "limit_now_and_on_import(0.45, 4500)\n"
        "import tensorflow as tf\n"
        "tf.config.experimental.set_memory_growth(tf.gpus[0], True)\n"
        "print(json.dumps('went on'))"
    )
    assert run_inside(tmp_path, code) == "went on"


def test_torch_is_limited_once_cuda_starts_and_not_started_by_that(tmp_path: Path) -> None:
    code = BEFORE + (
        "limit_now_and_on_import(0.45, 4500)\n"
        "import torch\n"
        "before = list(torch.told)\n"
        "[call() for call in torch.later]\n"
        "print(json.dumps([before, torch.told]))"
    )
    assert run_inside(tmp_path, code) == [[["seed", 3]], [["seed", 3], [0.45, 0]]]


def test_what_was_imported_before_is_limited_too(tmp_path: Path) -> None:
    code = "import json, tensorflow\nfrom grader_probe.gpu import limit_now_and_on_import\n"
    code += "limit_now_and_on_import(0.45, 4500)\nprint(json.dumps(tensorflow.told))"
    assert run_inside(tmp_path, code) == [["GPU:0", [4500]]]


def test_a_whole_gpu_leaves_frameworks_alone(tmp_path: Path) -> None:
    code = BEFORE + "limit_now_and_on_import(1.0, None)\nimport tensorflow, torch\n"
    code += "print(json.dumps([tensorflow.told, torch.told, len(torch.later)]))"
    assert run_inside(tmp_path, code) == [[["seed", 3]], [["seed", 3]], 0]


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/dev/nvidiactl", True),
        ("/dev/nvidia0", True),
        ("/dev/kfd", True),
        ("/dev/dri/renderD128", True),
        ("/dev/null", False),
        ("socket:[17]", False),
    ],
)
def test_a_process_that_holds_a_gpu_open_knows_it(tmp_path: Path, target: str, expected: bool) -> None:
    (tmp_path / "fd").mkdir()
    (tmp_path / "maps").write_text("")
    (tmp_path / "fd/3").symlink_to("pipe:[5]")
    (tmp_path / "fd/4").symlink_to(target)
    assert cuda_initialised(str(tmp_path)) is expected


def test_a_mapped_device_is_seen_when_maps_are_asked_for(tmp_path: Path) -> None:
    (tmp_path / "fd").mkdir()
    (tmp_path / "maps").write_text(
        "7f00-7f01 rw-p 00000000 00:00 0\n"
        "7f02-7f03 r--p 00000000 08:01 9 /usr/lib/libcuda.so.1\n"
        "7f04-7f05 rw-s 00000000 00:06 77 /dev/nvidia0\n"
    )
    assert not cuda_initialised(str(tmp_path))
    assert cuda_initialised(str(tmp_path), maps=True)


@pytest.mark.skipif(not os.path.isdir("/proc/self/fd"), reason="only Linux forks")
def test_this_process_holds_none() -> None:
    assert not cuda_initialised(maps=True)
