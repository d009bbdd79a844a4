"""Objects that stay inside because they are not data, known outside by a number."""

from __future__ import annotations

from .bounds import CodecError
from .records import clip, type_name


class Registry:
    """Holds objects until the trusted side lets go of them."""

    def __init__(self):
        self._objects = {}
        self._next = 0

    def hold(self, value):
        """Keep `value` and return the JSON of a reference to it."""
        self._next += 1
        self._objects[self._next] = value
        kind = type(value)
        return {"$ref": [self._next, type_name(kind), [_qualified(base) for base in kind.__mro__[:64]]]}

    def get(self, identity):
        """The object of a number.

        Raises
        ------
        CodecError
            It was let go of, or never held.
        """
        if identity not in self._objects:
            raise CodecError("this object is no longer held")
        return self._objects[identity]

    def release(self, identity):
        """Let go of an object; an unknown number is no error."""
        self._objects.pop(identity, None)


def _qualified(kind):
    try:
        module = kind.__module__
    except BaseException:
        module = ""
    name = type_name(kind)
    return clip(f"{module}.{name}", 300) if type(module) is str and module != "builtins" else name
