"""The structure of pipelines and column transformers as nested dicts of names, and attributes by name."""

from __future__ import annotations

from .records import clip, safe_text, type_name

_DEEPEST = 12  # pipelines in pipelines


def describe(target, frame=None):
    """A node: ``types`` (class names, the class itself first), ``function`` and ``parts``.

    A part is ``[name, columns or None, node]``. Columns that a callable chooses are resolved on `frame`, where there is
    one, or are those that the last fit chose.
    """
    return _node(target, frame, 0)


def _node(target, frame, depth):
    if isinstance(target, str):
        return {"types": [clip(target, 100)], "function": "", "parts": []}
    if depth > _DEEPEST:
        raise ValueError("the pipeline is nested too deeply")
    function = getattr(target, "func", None) if hasattr(target, "inverse_func") else None
    return {
        "types": [type_name(base) for base in type(target).__mro__[:32]],
        "function": clip(safe_text(getattr(function, "__name__", "")), 100) if function is not None else "",
        "parts": [
            [safe_text(name), columns, _node(part, frame, depth + 1)] for name, columns, part in _parts(target, frame)
        ],
    }


def _parts(target, frame):
    for attribute in ("steps", "transformer_list"):
        if hasattr(target, attribute):
            return [(part[0], None, part[1]) for part in getattr(target, attribute)]
    if not hasattr(target, "transformers"):
        return []
    chosen = {part[0]: part[2] for part in getattr(target, "transformers_", ())}
    parts = [(part[0], _columns(part[2], chosen.get(part[0]), frame), part[1]) for part in target.transformers]
    rest = getattr(target, "remainder", "drop")
    return parts if isinstance(rest, str) and rest == "drop" else [*parts, ("remainder", None, rest)]


def _columns(columns, chosen, frame):
    if callable(columns):
        columns = columns(frame) if frame is not None else chosen
    if columns is None:
        return None
    if isinstance(columns, slice):
        return ["slice"]
    if isinstance(columns, str | int):
        return [columns]
    listed = list(columns)
    if listed and all(isinstance(value, bool) for value in listed):
        return [i for i, value in enumerate(listed) if value]
    return [value if isinstance(value, str) else int(value) for value in listed]
