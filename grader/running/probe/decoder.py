"""Values on their way in: strict, since an enemy may have written them; builds data and runs nothing."""

from __future__ import annotations

import datetime
from array import array as packed_array
from collections import Counter
from collections.abc import Callable, Iterable
from typing import Any

from . import arrays, tables
from .bounds import MAX_INT_BITS, Bounds, CodecError, TooLarge, clean_text

Refer = Callable[[Any], Any]
_GENERATORS = frozenset({"PCG64", "PCG64DXSM", "MT19937", "Philox", "SFC64"})


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
                start, stop, step = (_integer(n) for n in body)
                # three numbers on the wire, but whoever looks at them may make a list of it
                self.count(max(0, -((start - stop) // step)) if step else 0)
                return range(start, stop, step)
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
            case "$scalars":
                return arrays.decode_scalars(self, body, depth)
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
        self.count(64)  # what stands for an object outside is much larger than its reference
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
