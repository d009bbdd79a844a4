"""Values as JSON and raw buffers, both ways; decoding only builds data and never runs, imports or unpickles anything.

A JSON scalar or list stands for itself. Everything else is an object with exactly one key, a tag: ``{"$tuple": [...]}``,
``{"$nd": [dtype, shape, buffer]}``. What is not data is handed to a `refer` hook: the sandbox holds the object and sends
``{"$ref": ...}``; the trusted side may only send back ``{"$held": id}``.
"""

from __future__ import annotations

import datetime
import math
import pathlib
import sys
from array import array as packed_array
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

from . import arrays, tables
from .bounds import MAX_INT_BITS, Bounds, CodecError, TooLarge

Refer = Callable[[Any], Any]
_PACK_FROM = 32  # a list this long of floats, ints or texts only travels as one buffer
_GENERATORS = frozenset({"PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64"})


@dataclass(frozen=True)
class Rng:
    """An argument that arrives in the sandbox as ``numpy.random.default_rng(seed)``."""

    seed: int


def encode(value: Any, refer: Refer | None = None, bounds: Bounds | None = None) -> tuple[Any, list[Any]]:
    """Encode `value`.

    Parameters
    ----------
    value : object
    refer : callable, optional
        Gets each value that is not data and returns the JSON that stands for it; by default there is none.
    bounds : Bounds, optional

    Returns
    -------
    (json, buffers)
        What ``json.dumps`` accepts, and the raw buffers that it refers to by position.

    Raises
    ------
    TooLarge
        When the value is larger, longer or deeper than `bounds`.
    CodecError
        When it is not data and there is no `refer`.
    """
    encoder = Encoder(refer, bounds or Bounds())
    return encoder.encode(value), encoder.buffers


def decode(
    node: Any,
    buffers: list[bytearray],
    *,
    bounds: Bounds | None = None,
    refer: Refer | None = None,
    held: Callable[[int], Any] | None = None,
) -> Any:
    """Decode what `encode` made; strict, for bytes that an enemy may have written.

    Parameters
    ----------
    node : object
        Parsed JSON.
    buffers : list of bytearray
        Arrays share their memory.
    refer : callable, optional
        Gets ``[id, type name, class names]`` of an object held in the sandbox. Without it references are refused.
    held : callable, optional
        Sandbox side: the object of an id. Without it ``$held`` and ``$rng`` are refused.

    Raises
    ------
    CodecError
        For whatever is not well formed; nothing else is raised for bad input.
    """
    decoder = Decoder(buffers, bounds or Bounds(), refer, held)
    try:
        return decoder.decode(node)
    except CodecError:
        raise
    except (ValueError, TypeError, KeyError, IndexError, AttributeError, ArithmeticError, RecursionError) as error:
        raise CodecError(f"malformed value ({type(error).__name__})") from None


def clean_text(text: str) -> str:
    """Replace lone surrogates, which no file and no terminal accepts."""
    if text.isascii():
        return str(text)
    return text.encode("utf-8", "replace").decode("utf-8")


class Encoder:
    """One message on its way out: collects buffers and counts what it holds."""

    def __init__(self, refer: Refer | None, bounds: Bounds) -> None:
        self.buffers: list[Any] = []
        self.bounds = bounds
        self._refer = refer
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
            if kind in (numpy.random.Generator, numpy.random.RandomState) and self._refer is None:
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
        return self._each(value, depth)


class Decoder:
    """One message on its way in. Every size is checked before anything of that size is made."""

    def __init__(
        self, buffers: list[bytearray], bounds: Bounds, refer: Refer | None, held: Callable[[int], Any] | None
    ) -> None:
        self.bounds = bounds
        self._buffers = buffers
        self._refer = refer
        self._held = held
        self._items = 0

    def buffer(self, index: object) -> bytearray:
        """The buffer at `index`."""
        if type(index) is not int or not 0 <= index < len(self._buffers):
            raise CodecError("a value refers to a buffer that is not there")
        return self._buffers[index]

    def count(self, items: int) -> None:
        """Count values."""
        self._items += items
        if self._items > self.bounds.items:
            raise TooLarge("the message holds too many values")

    def decode(self, node: Any, depth: int = 0) -> Any:
        """Decode one value."""
        self.count(1)
        if depth > self.bounds.depth:
            raise TooLarge("the message is nested too deeply")
        if node is None or isinstance(node, bool):
            return node
        if isinstance(node, int):
            if node.bit_length() > MAX_INT_BITS:
                raise CodecError("a whole number is too large")
            return node
        if isinstance(node, float):
            return node
        if isinstance(node, str):
            if len(node) > self.bounds.text:
                raise TooLarge("a text is too long")
            return clean_text(node)
        if isinstance(node, list):
            return [self.decode(item, depth + 1) for item in node]
        if isinstance(node, dict) and len(node) == 1:
            ((tag, body),) = node.items()
            return self._tagged(tag, body, depth)
        raise CodecError("an object must have exactly one tag")

    def _tagged(self, tag: str, body: Any, depth: int) -> Any:
        match tag:
            case "$ellipsis":
                return Ellipsis
            case "$float" if body in ("nan", "inf", "-inf"):
                return float(body)
            case "$complex":
                real, imag = (float(self.decode(part, depth)) for part in body)
                return complex(real, imag)
            case "$bytes":
                return bytes(self.buffer(body))
            case "$tuple":
                return tuple(self._many(body, depth))
            case "$set":
                return set(self._hashable(self._many(body, depth)))
            case "$frozenset":
                return frozenset(self._hashable(self._many(body, depth)))
            case "$dict":
                keys = self._hashable(self.decode(k, depth + 1) for k, _ in body)
                return dict(zip(keys, [self.decode(v, depth + 1) for _, v in body]))
            case "$floats":
                return self._packed("d", body)
            case "$ints":
                return self._packed("q", body)
            case "$texts":
                return self.unpack_texts(body)
            case "$range":
                return range(*(_integer(n) for n in body))
            case "$slice":
                return slice(*self._many(body, depth))
            case "$ref" if self._refer is not None:
                return self._reference(body)
            case "$held" if self._held is not None:
                return self._held(_integer(body))
            case "$rng" if self._held is not None:
                return self._generator(body, depth)
            case _:
                return self._library(tag, body, depth)

    def _library(self, tag: str, body: Any, depth: int) -> Any:
        match tag:
            case "$nd":
                return arrays.decode_array(self, body)
            case "$np":
                return arrays.decode_scalar(self, body, depth)
            case "$np0":
                return arrays.decode_zero_dimensional(self, body)
            case "$ndtext":
                return arrays.decode_text_array(self, body)
            case "$ndobject":
                return arrays.decode_object_array(self, body, depth)
            case "$sparse":
                return arrays.decode_sparse(self, body, depth)
            case "$frame":
                return tables.decode_frame(self, body, depth)
            case "$series":
                return tables.decode_series(self, body, depth)
            case "$index":
                return tables.decode_index(self, body, depth)
            case "$column":
                return tables.decode_column(self, body, depth)
            case "$pd":
                return tables.decode_pandas_scalar(self, body)
            case "$datetime":
                return datetime.datetime.fromisoformat(body)
            case "$date":
                return datetime.date.fromisoformat(body)
            case "$time":
                return datetime.time.fromisoformat(body)
            case "$timedelta":
                return datetime.timedelta(*(_integer(n) for n in body))
            case _:
                raise CodecError("unknown tag")

    def unpack_texts(self, body: Any) -> list[str | None]:
        """The inverse of `Encoder.pack_texts`."""
        first, second = body
        lengths, raw = self._packed("i", first), self.buffer(second)
        if any(n < -1 for n in lengths) or sum(n for n in lengths if n > 0) != len(raw):
            raise CodecError("packed texts do not fill their buffer")
        texts: list[str | None] = []
        start = 0
        for n in lengths:
            texts.append(None if n < 0 else raw[start : start + n].decode("utf-8"))
            start += max(n, 0)
        return texts

    def _packed(self, code: str, index: object) -> list[Any]:
        raw = self.buffer(index)
        numbers = packed_array(code)
        if len(raw) % numbers.itemsize:
            raise CodecError("packed numbers do not fill their buffer")
        self.count(len(raw) // numbers.itemsize)
        numbers.frombytes(raw)
        return numbers.tolist()

    def _many(self, body: Any, depth: int) -> list[Any]:
        if not isinstance(body, list):
            raise CodecError("a container's body is not a list")
        return [self.decode(item, depth + 1) for item in body]

    def _hashable(self, keys: Iterable[Any]) -> list[Any]:
        """Refuse keys whose hashes collide on purpose: a table of them takes quadratic time."""
        found = list(keys)
        collisions = Counter(map(hash, found))
        if collisions and max(collisions.values()) > 64:
            raise CodecError("too many keys share one hash")
        return found

    def _reference(self, body: Any) -> Any:
        number, type_name, names = body
        texts = [type_name, *names]
        if len(texts) > 66 or not all(isinstance(t, str) and len(t) <= 300 for t in texts):
            raise CodecError("a reference is an id, a type name and the names of its classes")
        assert self._refer is not None
        return self._refer([_integer(number), clean_text(type_name), tuple(map(clean_text, names))])

    def _generator(self, body: Any, depth: int) -> Any:
        import numpy as np

        if body[0] == "seed":
            return np.random.default_rng(_integer(body[1]))
        legacy, state = body[1], self.decode(body[2], depth + 1)
        if state["bit_generator"] not in _GENERATORS:
            raise CodecError("unknown bit generator")
        bits = getattr(np.random, state["bit_generator"])()
        bits.state = state
        return np.random.RandomState(bits) if legacy else np.random.Generator(bits)


def _integer(value: object) -> int:
    if type(value) is not int or value.bit_length() > MAX_INT_BITS:
        raise CodecError("not a whole number")
    return value
