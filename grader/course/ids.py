"""Ids of exercises as people write them: with underscores, as folders, or of the unit or track that holds them."""

from __future__ import annotations


def clean_id(text: str) -> str:
    """An id as the course writes it, from an id with underscores or a folder under exercises/ or solutions/."""
    parts = [part for part in text.replace("\\", "/").split("/") if part not in ("", ".")]
    if parts and parts[0] in ("exercises", "solutions"):
        parts = parts[1:]
    return "/".join(parts).replace("_", "-")


def stands_for(asked: str, exercise_id: str) -> bool:
    """Whether an id, or that of a unit or track, as a user wrote it, means this exercise."""
    wanted = clean_id(asked)
    return exercise_id == wanted or exercise_id.startswith(wanted + "/")
