"""Values on their way out: data becomes JSON and raw buffers, everything else is handed to a hook."""

from __future__ import annotations

import datetime
import math
import pathlib
import sys
from array import array as packed_array
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from . import arrays, tables
from .bounds import MAX_INT_BITS, Bounds, CodecError, TooLarge, clean_text

Refer = Callable[[Any], Any]
_PACK_FROM = 32  # a list this long of floats, ints or texts only travels as one buffer


@dataclass(frozen=True)
class Rng:
    """An argument that arrives in the sandbox as ``numpy.random.default_rng(seed)``."""

    seed: int


class Encoder:
    """One message on its way out: collects buffers and counts what it holds."""

    def __init__(self, refer: Refer | None, bounds: Bounds, generators: bool) -> None:
        self.buffers: list[Any] = []
        self.bounds = bounds
        self._refer = refer
        self._generators = generators
        self._bytes = 0
        self._items = 0

    def refer(self, value: Any) -> Any:
        """Hand a value that is not data to the hook."""
        if self._refer is None:
            raise CodecError(f"a value of type {type(value).__name__} is not data and cannot be sent")
        return self._refer(value)

    def reserve(self, size: int) -> None:
        """Count `size` bytes before they are made."""
        self._bytes += size
        if self._bytes > self.bounds.total:
            raise TooLarge(f"the answer holds more than {self.bounds.total >> 20} MiB")

    def count(self, items: int) -> None:
        """Count values."""
        self._items += items
        if self._items > self.bounds.items:
            raise TooLarge(f"the answer holds more than {self.bounds.items} values")

    def add_buffer(self, raw: Any, *, reserved: bool = False) -> int:
        """Keep a buffer and return its position."""
        if not reserved:
            self.reserve(len(raw))
        if len(self.buffers) >= self.bounds.buffers:
            raise TooLarge(f"the answer holds more than {self.bounds.buffers} arrays")
        self.buffers.append(raw)
        return len(self.buffers) - 1

    def pack_texts(self, texts: list[str | None]) -> list[int]:
        """Texts (None allowed) as two buffers: int32 lengths in bytes, -1 for None; and UTF-8."""
        self.count(len(texts))
        raw = [None if t is None else clean_text(t).encode("utf-8") for t in texts]
        lengths = packed_array("i", [-1 if r is None else len(r) for r in raw])
        return [self.add_buffer(lengths.tobytes()), self.add_buffer(b"".join(r for r in raw if r is not None))]

    def encode(self, value: Any, depth: int = 0) -> Any:
        """Encode one value."""
        self.count(1)
        if depth > self.bounds.depth:
            raise TooLarge(f"the answer is nested more than {self.bounds.depth} deep, or holds itself")
        kind = type(value)
        if value is None or kind is bool:
            return value
        if kind is float:
            return value if math.isfinite(value) else {"$float": repr(value)}
        if value is Ellipsis:
            return {"$ellipsis": True}
        if isinstance(value, type):
            return self.refer(value)
        if issubclass(kind, str):
            return self._text(value)
        numpy = sys.modules.get("numpy")
        if numpy is not None:
            if issubclass(kind, numpy.generic):
                return arrays.encode_scalar(self, value, depth)
            if issubclass(kind, numpy.ndarray):
                return arrays.encode_array(self, value, depth)
            if self._generators and kind in (numpy.random.Generator, numpy.random.RandomState):
                return self.encode_generator(value, depth)
        return self._encode_plain(value, kind, depth)

    def _encode_plain(self, value: Any, kind: type, depth: int) -> Any:
        if issubclass(kind, int):
            return self._int(value)
        if issubclass(kind, float):
            return self.encode(float(value), depth)
        if issubclass(kind, complex):
            value = complex(value)
            return {"$complex": [self.encode(value.real, depth), self.encode(value.imag, depth)]}
        if issubclass(kind, (bytes, bytearray, memoryview)):
            return {"$bytes": self.add_buffer(bytes(value))}
        if issubclass(kind, list):
            return self._list(value, depth)
        for base, tag in ((tuple, "$tuple"), (set, "$set"), (frozenset, "$frozenset")):
            if issubclass(kind, base):
                return {tag: self._each(value, depth)}
        if issubclass(kind, dict):
            pairs = list(value.items())
            return {"$dict": [[self.encode(k, depth + 1), self.encode(v, depth + 1)] for k, v in pairs]}
        if issubclass(kind, Rng):
            return {"$rng": ["seed", self._int(value.seed)]}
        if issubclass(kind, range):
            return {"$range": [value.start, value.stop, value.step]}
        if issubclass(kind, slice):
            return {"$slice": self._each((value.start, value.stop, value.step), depth)}
        if issubclass(kind, pathlib.PurePath):
            return self._text(str(value))
        return self._encode_library(value, kind, depth)

    def _encode_library(self, value: Any, kind: type, depth: int) -> Any:
        pandas = sys.modules.get("pandas")
        if pandas is not None and hasattr(pandas, "DataFrame"):
            encoded = tables.encode_pandas(self, pandas, value, depth)
            if encoded is not None:
                return encoded
        if issubclass(kind, datetime.datetime):
            return {"$datetime": value.isoformat()}
        if issubclass(kind, datetime.date):
            return {"$date": value.isoformat()}
        if issubclass(kind, datetime.time):
            return {"$time": value.isoformat()}
        if issubclass(kind, datetime.timedelta):
            return {"$timedelta": [value.days, value.seconds, value.microseconds]}
        if arrays.is_sparse(value):
            return arrays.encode_sparse(self, value, depth)
        tensor = arrays.tensor_to_numpy(value)
        return self.encode(tensor, depth) if tensor is not None else self.refer(value)

    def encode_generator(self, value: Any, depth: int) -> Any:
        """A NumPy generator as its state, so that the sandbox draws the same numbers; the original does not move."""
        bits = value.bit_generator if hasattr(value, "bit_generator") else value._bit_generator
        legacy = type(value).__name__ == "RandomState"
        return {"$rng": ["state", legacy, self.encode(bits.state, depth + 1)]}

    def _text(self, value: str) -> str:
        if len(value) > self.bounds.text:
            raise TooLarge(f"a text of {len(value)} characters is too long to send")
        return clean_text(value)

    def _int(self, value: int) -> int:
        value = int(value)
        if value.bit_length() > MAX_INT_BITS:
            raise TooLarge(f"a whole number of {value.bit_length()} bits is too large to send")
        return value

    def _each(self, values: Iterable[Any], depth: int) -> list[Any]:
        return [self.encode(item, depth + 1) for item in values]

    def _list(self, value: list[Any], depth: int) -> Any:
        if len(value) >= _PACK_FROM:
            kinds = set(map(type, value))
            if kinds == {float}:
                self.count(len(value))
                return {"$floats": self.add_buffer(packed_array("d", value).tobytes())}
            if kinds == {int}:
                try:
                    self.count(len(value))
                    return {"$ints": self.add_buffer(packed_array("q", value).tobytes())}
                except OverflowError:
                    pass
            if kinds == {str}:
                return {"$texts": self.pack_texts(list(value))}
            if len(kinds) == 1 and arrays.is_number_scalar(value[0]):
                self.count(len(value))
                return {"$scalars": arrays.encode_scalars(self, value, depth)}
        return self._each(value, depth)
