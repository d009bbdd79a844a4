"""What a sandbox is told, before any is built."""

from __future__ import annotations

from pathlib import Path

import pytest

from grader.course.models import Limits
from grader.sandbox import WORK, Box, choose_backend, describe
from grader.sandbox.box import bubblewrap_options, environment
from grader.sandbox.privileges import is_root, staged, unprivileged


def test_environment_is_made_and_not_inherited(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", "s3cret")
    values = environment(Box(Limits(threads=3)))
    assert "s3cret" not in values.values()
    assert values["PYTHONHASHSEED"] == "0", "warm kernels are copies of one process"
    assert values["OMP_NUM_THREADS"] == "3"


def test_only_scratch_is_writable(tmp_path: Path) -> None:
    (tmp_path / "data").mkdir()
    options = bubblewrap_options(
        Box(Limits(scratch_mb=7), {"a.py": tmp_path / "file"}, tmp_path / "data"),
    )
    assert "--bind" not in options and "--dev-bind" not in options
    writable = {options[i + 1] for i, word in enumerate(options) if word == "--tmpfs"}
    remounted = {options[i + 1] for i, word in enumerate(options) if word == "--remount-ro"}
    assert writable - remounted == {"/dev/shm", "/tmp", WORK}
    sizes = [options[i + 1] for i, word in enumerate(options) if word == "--size"]
    assert sizes.count(str(7 << 20)) == 2
    assert "--unshare-all" in options and "--clearenv" in options


@pytest.mark.skipif(not is_root(), reason="only root gives its rights away")
def test_root_gives_its_rights_away_and_stages_what_others_cannot_reach(tmp_path: Path) -> None:
    hidden = tmp_path / "hidden"
    hidden.mkdir(mode=0o700)
    (hidden / "python").mkdir()
    stage = staged([hidden / "python", Path("/usr")])
    assert list(stage) == [hidden / "python"]
    command = unprivileged(["bwrap"], stage)
    assert command[:2] == ["unshare", "--mount"] and "setpriv" in command
    assert unprivileged(["bwrap"], {})[0] == "setpriv"


def test_without_isolation_only_an_explicit_word_goes_on(monkeypatch: pytest.MonkeyPatch) -> None:
    from grader.errors import IsolationUnavailable

    monkeypatch.setenv("PATH", "/nowhere")
    with pytest.raises(IsolationUnavailable, match="apt-get install bubblewrap"):
        choose_backend()
    assert choose_backend(trust=True).isolated is False
    sandbox = describe()[0]
    assert sandbox.state == "missing" and sandbox.remedy
