"""Values as JSON and raw buffers, both ways; decoding only builds data and never runs, imports or unpickles anything.

A JSON scalar or list stands for itself. Everything else is an object with exactly one key, a tag:
``{"$tuple": [...]}``, ``{"$nd": [dtype, shape, buffer]}``. What is not data is handed to a `refer` hook: the sandbox
holds the object and sends ``{"$ref": ...}``; the trusted side may only send back ``{"$held": id}``.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from .bounds import Bounds, CodecError
from .decoder import Decoder
from .encoder import Encoder, Refer, Rng

__all__ = ["Refer", "Rng", "decode", "encode"]


# what Python, NumPy and pandas raise for values that make no sense; a time zone's name can lead to OSError
_BAD_INPUT = (
    ValueError,
    TypeError,
    LookupError,
    AttributeError,
    ArithmeticError,
    AssertionError,
    RuntimeError,
    OSError,
)


def encode(
    value: Any, refer: Refer | None = None, bounds: Bounds | None = None, *, generators: bool = False
) -> tuple[Any, list[Any]]:
    """Encode `value`.

    Parameters
    ----------
    value : object
    refer : callable, optional
        Gets each value that is not data and returns the JSON that stands for it; by default there is none.
    bounds : Bounds, optional
    generators : bool
        Trusted side: NumPy generators cross as copies of their state instead of going to `refer`.

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
    encoder = Encoder(refer, bounds or Bounds(), generators)
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
    except _BAD_INPUT as error:
        raise CodecError(f"malformed value ({type(error).__name__})") from None
