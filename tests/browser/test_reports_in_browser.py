"""The pages in a real browser: they are drawn in both languages, run nothing and ask nobody for anything."""

from __future__ import annotations

import http.server
import shutil
import struct
import subprocess
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from grader.checking.verdict import Charge
from grader.reporting import student_filename, write_class_report, write_student_report
from grader.running.run import CellResult, Run
from grader.vocabulary import LANGS, Lang, Outcome, Text
from tests import samples

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed (Debian and Ubuntu: apt install chromium)"),
]
COURSE = samples.course()


def chromium(profile: Path, *arguments: str) -> str:
    """Run headless Chromium once and return what it prints."""
    command = [
        str(CHROMIUM),
        "--headless",
        "--no-sandbox",
        "--disable-gpu",
        "--disable-dev-shm-usage",
        "--disable-quic",
        "--no-first-run",
        "--disable-background-networking",
        "--disable-component-update",
        "--disable-sync",
        "--hide-scrollbars",
        f"--user-data-dir={profile}",
        *arguments,
    ]
    done = subprocess.run(command, capture_output=True, text=True, timeout=120, check=False)
    assert done.returncode == 0, done.stderr[-2000:]
    return done.stdout


@pytest.fixture
def requests() -> Iterator[tuple[str, list[str]]]:
    """A local server's address, and the list of paths that anybody asked it for."""
    asked: list[str] = []

    class Recorder(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            asked.append(self.path)
            self.send_response(204)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            return

    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Recorder)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield f"http://127.0.0.1:{server.server_address[1]}", asked
    server.shutdown()
    thread.join()
    server.server_close()


def attack(address: str) -> str:
    """Markup that, if it ever came alive, would rename the page and call the server in four ways."""
    return (
        f'</pre></style><script>document.title="owned"</script><img src="{address}/image" onerror="document.title=\'owned\'">'
        f'<link rel="stylesheet" href="{address}/style"><iframe src="{address}/frame"></iframe>'
        f"<svg onload=\"document.title='owned'\"></svg>"
    )


def hostile_page(folder: Path, word: str, lang: Lang) -> Path:
    text = Text(word, word)
    run = Run(
        Outcome.ERROR,
        text,
        True,
        (CellResult(0, 1, Outcome.ERROR, 0.1, word, word),),
        samples.notebook(samples.code_cell(word, samples.stream(word), samples.display(text_html=word))),
        seconds=1.0,
    )
    verdict = samples.verdict(Outcome.ERROR, check=word, title=text, feedback=(text,), student_details=word, asks=text)
    charges = (Charge(word, text, 1.0, (word,)),)
    grade = samples.grade(word, run=run, message=text, verdicts=(verdict,), charges=charges)
    grades = [grade, *samples.student_grades(word)[1:]]
    return write_student_report(COURSE, word, grades, folder / "hostile.html", lang)


@pytest.mark.parametrize("lang", LANGS)
def test_nothing_runs_and_nothing_is_requested(lang: Lang, tmp_path: Path, requests: tuple[str, list[str]]) -> None:
    address, asked = requests
    page = hostile_page(tmp_path, attack(address), lang)
    dom = chromium(tmp_path / "profile", "--dump-dom", page.as_uri())
    assert "<title>owned" not in dom
    assert "<script" not in dom
    assert "<iframe" not in dom
    assert "&lt;script&gt;" in dom
    assert '-cell-1"' in dom
    assert asked == []


def test_the_policy_alone_stops_what_escaping_would_miss(tmp_path: Path, requests: tuple[str, list[str]]) -> None:
    address, asked = requests
    page = hostile_page(tmp_path, "haneul", "en")
    source = page.read_text(encoding="utf-8")
    broken = tmp_path / "broken.html"
    broken.write_text(source.replace("<main>", f"<main>{attack(address)}", 1), encoding="utf-8")
    assert "<title>owned" not in chromium(tmp_path / "profile", "--dump-dom", broken.as_uri())
    assert asked == []

    # The same page without its policy shows that this attack works where nothing stops it.
    policy = source[source.index("<meta http-equiv") : source.index("<meta name=")]
    broken.write_text(broken.read_text(encoding="utf-8").replace(policy, "", 1), encoding="utf-8")
    assert "<title>owned" in chromium(tmp_path / "profile", "--dump-dom", broken.as_uri())
    assert asked


def size_of(png: Path) -> tuple[int, int]:
    width, height = struct.unpack(">II", png.read_bytes()[16:24])
    return width, height


@pytest.mark.parametrize("lang", LANGS)
@pytest.mark.parametrize("width", [500, 1200])
def test_pages_are_drawn(lang: Lang, width: int, tmp_path: Path) -> None:
    student = write_student_report(
        COURSE, "haneul", samples.student_grades(), tmp_path / student_filename("haneul"), lang
    )
    classroom = write_class_report(COURSE, samples.class_grades(), tmp_path / "class.html", lang, student_folder=".")
    for page in (student, classroom):
        picture = tmp_path / f"{page.stem}.png"
        chromium(tmp_path / "profile", f"--window-size={width},1600", f"--screenshot={picture}", page.as_uri())
        assert size_of(picture) == (width, 1600)
        # A blank page compresses to a few kilobytes; a drawn one does not.
        assert picture.stat().st_size > 30_000
