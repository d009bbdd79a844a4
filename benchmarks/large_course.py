"""Makes a repository like this one with many more exercises, copies under other ids, to see what grows with their number.

    python benchmarks/large_course.py build/large --exercises 160
    cd build/large && time .ci/run

Cards and proof records are copied as well, so that everything holds there which holds here. With ``--time`` it prints how
long the commands of CI take that look at every exercise, in the copy and here, side by side.
"""

from __future__ import annotations

import argparse
import json
import re
import shutil
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from grader.course import load_course
from grader.course.answers import ANSWERS_FILE
from grader.course.models import Exercise
from grader.course.proof_record import load_record, record_path, save_record
from grader.course.release import release
from grader.datasets.public import provide_data
from grader.proving.records import proof_files_digest
from grader.references.card import load_card, save_card, source_digest

ROOT = Path(__file__).resolve().parents[1]
COMMANDS = (("validate", "--check-records"), ("release", "--check"))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("folder", type=Path, help="where the repository goes; it must not exist")
    parser.add_argument("--exercises", type=int, default=160, help="how many there are then")
    parser.add_argument("--time", action="store_true", help="also time the commands that look at every exercise")
    options = parser.parse_args()
    subprocess.run(["git", "clone", "-q", str(ROOT), str(options.folder)], check=True)
    folder = options.folder.resolve()
    exercises = load_course(folder).exercises
    of_unit = Counter(exercise.unit for exercise in exercises.values())
    originals = [each for each in exercises.values() if of_unit[each.unit] > 1]  # README says which chapters have one
    for number in range(options.exercises - len(exercises)):
        copy(folder, originals[number % len(originals)], 2 + number // len(originals))
    course = load_course(folder)
    release(course, provide_data=provide_data, provide_answers=answers_of_the_original)
    for exercise in course.exercises.values():
        card = load_card(exercise, "small")
        if card is not None:  # names of modules stand in sources
            save_card(card.model_copy(update={"source_digest": source_digest(exercise)}), exercise.card_path)
        record = load_record(exercise, "small")
        if record is not None:
            belongs = {"exercise": exercise.id, "files": proof_files_digest(exercise, "small")}
            save_record(exercise, "small", record.model_copy(update=belongs))
    release(course, provide_data=provide_data)  # its pages show the records
    subprocess.run([sys.executable, "-m", "docs.tools.pages"], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    identity = ["-c", "user.name=benchmark", "-c", "user.email=benchmark@example.org"]
    for command in (["add", "-A"], [*identity, "commit", "-q", "-m", "More exercises"]):
        subprocess.run(["git", "-C", str(folder), *command], check=True)
    print(f"{folder}: {len(course.exercises)} exercises")
    if options.time:
        for arguments in COMMANDS:
            here, there = timed(ROOT, *arguments), timed(folder, *arguments)
            print(f"grader {' '.join(arguments):<28} {here:6.1f} s here, {there:6.1f} s there: {there / here:.1f}x")


def copy(root: Path, original: Exercise, number: int) -> None:
    """Sources, card and record of one exercise under the id with ``-number`` behind it."""
    new_id = f"{original.id}-{number}"
    folder = original.source_dir.with_name(f"{original.source_dir.name}_{number}")
    shutil.copytree(original.source_dir, folder, ignore=shutil.ignore_patterns("__pycache__"))
    for path in folder.rglob("*"):
        if path.suffix == ".py" and original.name not in original.defines:
            # a module is imported by its name, which is that of the exercise; a function of that name stays what it is
            text = re.sub(rf"\b{re.escape(original.name)}\b", f"{original.name}_{number}", path.read_text("utf-8"))
            path.write_text(text, "utf-8")
        elif path.suffix == ".toml":
            path.write_text(path.read_text("utf-8").replace(f'"{original.id}"', f'"{new_id}"'), "utf-8")
    card = original.card_path.with_name(f"{original.card_path.stem}_{number}.json")
    card.write_text(original.card_path.read_text("utf-8").replace(f'"{original.id}"', f'"{new_id}"'), "utf-8")
    record = record_path(original)
    if record.is_file():
        shutil.copyfile(record, card.with_name(f"{card.stem}.proof.json"))


def answers_of_the_original(exercise: Exercise) -> Mapping[str, Any]:
    """What visible checks are answered with, which is the same for a copy; nothing is run."""
    folder = re.sub(r"_\d+$", "", exercise.release_dir.name)
    document = json.loads((exercise.release_dir.with_name(folder) / ANSWERS_FILE).read_text("utf-8"))
    return {key: value for key, value in document.items() if key != "made_of"}


def timed(folder: Path, *arguments: str) -> float:
    """Seconds of a command of the grader in a folder."""
    began = time.perf_counter()
    subprocess.run([sys.executable, "-m", "grader.cli", *arguments], cwd=folder, check=True, stdout=subprocess.DEVNULL)
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
