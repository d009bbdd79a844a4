"""NumPy arrays and scalars, sparse matrices and tensors as whitelisted dtypes, shapes and raw buffers.

Decoding checks dtype, shape and size before it makes an array; no ``.npy`` header and no pickle is ever read.
"""

from __future__ import annotations

import math
import re
import sys
from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from .bounds import CodecError, TooLarge

if TYPE_CHECKING:
    from .decoder import Decoder
    from .encoder import Encoder

_DTYPE = re.compile(
    r"\|b1|[<|][iu]1|<[iu][248]|<f[248]|<c(8|16)|\|S[1-9]\d{0,5}"
    r"|<[mM]8(\[\d{0,4}(Y|M|W|D|h|m|s|ms|us|ns|ps|fs|as)\])?"
)
_TENSOR_PACKAGES = frozenset({"tensorflow", "keras", "jax", "jaxlib", "torch"})
_MAX_DIMENSIONS = 32


def parse_dtype(text: object) -> Any:
    """Return the ``numpy.dtype`` that `text` names, if it is one that may cross.

    Raises
    ------
    CodecError
        For anything but booleans, integers, floats, complex numbers, byte strings, dates and durations.
    """
    import numpy as np

    if not isinstance(text, str) or not _DTYPE.fullmatch(text):
        raise CodecError(f"dtype {str(text)[:40]!r} may not cross")
    return np.dtype(text)


def parse_shape(shape: object, itemsize: int, limit: int) -> tuple[int, ...]:
    """Return `shape` as a tuple; an empty array may not hide a dimension that could never be allocated."""
    if not isinstance(shape, list) or len(shape) > _MAX_DIMENSIONS:
        raise CodecError("shape is not a list of at most 32 dimensions")
    if not all(type(n) is int and n >= 0 for n in shape):
        raise CodecError("shape holds something that is not a non-negative int")
    if math.prod(n for n in shape if n) * itemsize > max(limit, itemsize):
        raise TooLarge("the shape stands for more bytes than a message may hold")
    return tuple(shape)


def encode_array(enc: Encoder, array: Any, depth: int) -> Any:
    """Encode an ndarray of any dtype that may cross; other dtypes become arrays of objects or a reference."""
    import numpy as np

    if isinstance(array, np.ma.MaskedArray):
        if np.any(np.ma.getmaskarray(array)):
            objects: Any = np.array(array.data, dtype=object)
            objects[np.ma.getmaskarray(array)] = None
            return encode_array(enc, objects, depth)
        array = array.data
    array = np.asarray(array)
    kind = array.dtype.kind
    if kind in "fc" and array.dtype.itemsize > (8 if kind == "f" else 16):
        array = array.astype(np.float64 if kind == "f" else np.complex128)
    if kind in "US" and array.dtype.itemsize == 0:
        array = array.astype(f"{kind}1")
    if kind in "biufcmMS":
        array = np.asarray(array, dtype=array.dtype.newbyteorder("<"), order="C")
        enc.reserve(array.nbytes)
        raw = memoryview(array.reshape(-1).view(np.uint8)) if array.size else b""
        return {"$nd": [array.dtype.str, list(array.shape), enc.add_buffer(raw, reserved=True)]}
    if kind in "UT":
        return {"$ndtext": [list(array.shape), enc.pack_texts([str(s) for s in array.reshape(-1).tolist()])]}
    if kind == "O":
        enc.count(array.size)
        flat = [enc.encode(item, depth + 1) for item in array.reshape(-1).tolist()]
        return {"$ndobject": [list(array.shape), flat]}
    if array.dtype.names is None and re.match(r"b?float|u?int", array.dtype.name):  # bfloat16 and its small kin
        return encode_array(enc, array.astype(np.float32), depth)
    return enc.refer(array)


def encode_scalar(enc: Encoder, value: Any, depth: int) -> Any:
    """Encode a numpy scalar with its dtype."""
    kind = value.dtype.kind
    if kind in "US":
        return enc.encode(value.item(), depth)
    if kind == "b":
        return {"$np": ["|b1", bool(value)]}
    if kind in "iu":
        return {"$np": [value.dtype.newbyteorder("<").str, int(value)]}
    if kind == "f" and value.dtype.itemsize <= 8:
        return {"$np": [value.dtype.newbyteorder("<").str, enc.encode(float(value), depth)]}
    if kind in "fcmM" or kind == "V":
        encoded = encode_array(enc, value, depth)
        return {"$np0": encoded} if "$nd" in encoded else encoded
    return enc.refer(value)


def decode_array(dec: Decoder, node: Any) -> Any:
    """``[dtype, shape, buffer]`` → ndarray, writable, sharing the buffer's memory."""
    import numpy as np

    text, shape, index = node
    dtype = parse_dtype(text)
    raw = dec.buffer(index)
    size = parse_shape(shape, dtype.itemsize, dec.bounds.total)
    if math.prod(size) * dtype.itemsize != len(raw):
        raise CodecError(f"an array of shape {size} and dtype {dtype} does not have {len(raw)} bytes")
    array = np.frombuffer(raw, dtype=dtype).reshape(size)
    if dtype.kind == "b":  # a byte of 2 would count as two in a sum
        array = array.view(np.uint8) != 0
    return array


def decode_scalar(dec: Decoder, node: Any, depth: int) -> Any:
    """``[dtype, number]`` → numpy scalar."""
    import numpy as np

    text, number = node
    dtype = parse_dtype(text)
    wanted = {"b": bool, "i": int, "u": int, "f": float}.get(dtype.kind)
    number = dec.decode(number, depth)
    if wanted is None or type(number) is not wanted:
        raise CodecError(f"a scalar of dtype {dtype} cannot be {type(number).__name__}")
    with np.errstate(over="ignore"):
        return dtype.type(number)


def is_number_scalar(value: Any) -> bool:
    """Whether `value` is a numpy scalar that a vector of its dtype holds without loss; imports nothing."""
    numpy = sys.modules.get("numpy")
    return numpy is not None and isinstance(value, numpy.generic) and value.dtype.kind in "biuf"


def encode_scalars(enc: Encoder, values: list[Any], depth: int) -> Any:
    """A long list of numpy scalars of one type as a vector."""
    import numpy as np

    return encode_array(enc, np.array(values), depth)


def decode_scalars(dec: Decoder, node: Any, depth: int) -> list[Any]:
    """The inverse of `encode_scalars`."""
    import numpy as np

    vector = dec.decode(node, depth + 1)
    if not isinstance(vector, np.ndarray) or vector.ndim != 1:
        raise CodecError("a list of scalars is not a vector")
    dec.count(len(vector))
    return list(vector)


def decode_zero_dimensional(dec: Decoder, node: Any) -> Any:
    """A 0-d array node → numpy scalar (complex numbers, dates, durations)."""
    if not isinstance(node, dict) or set(node) != {"$nd"} or node["$nd"][1] != []:
        raise CodecError("a scalar must be an array without dimensions")
    return decode_array(dec, node["$nd"])[()]


def decode_text_array(dec: Decoder, node: Any) -> Any:
    """``[shape, packed texts]`` → array of text; of objects where fixed width would waste memory."""
    import numpy as np

    shape, packed = node
    texts = dec.unpack_texts(packed)
    size = parse_shape(shape, 1, dec.bounds.total)
    if math.prod(size) != len(texts) or any(t is None for t in texts):
        raise CodecError("an array of text does not fill its shape")
    width = max((len(text or "") for text in texts), default=1) or 1
    fixed = 4 * width * len(texts) <= dec.bounds.total
    return np.array(texts, dtype=f"<U{width}" if fixed else object).reshape(size)


def decode_object_array(dec: Decoder, node: Any, depth: int) -> Any:
    """``[shape, [values]]`` → array of objects."""
    import numpy as np

    shape, values = node
    size = parse_shape(shape, 8, dec.bounds.total)
    if not isinstance(values, list) or math.prod(size) != len(values):
        raise CodecError("an array of objects does not fill its shape")
    array = np.empty(len(values), dtype=object)
    for i, item in enumerate(values):
        array[i] = dec.decode(item, depth + 1)
    return array.reshape(size)


def is_sparse(value: Any) -> bool:
    """Whether `value` is a scipy sparse matrix or array; imports nothing."""
    sparse = sys.modules.get("scipy.sparse")
    return sparse is not None and bool(sparse.issparse(value))


def encode_sparse(enc: Encoder, value: Any, depth: int) -> Any:
    """Encode a sparse matrix of any format as its CSR triple."""
    fmt = value.format
    if math.prod(value.shape) > enc.bounds.sparse or len(value.shape) != 2:
        raise TooLarge(f"a sparse matrix of shape {value.shape} is too large to send")
    csr = value.tocsr()
    csr.sum_duplicates()
    parts = [encode_array(enc, part, depth + 1) for part in (csr.data, csr.indices, csr.indptr)]
    return {"$sparse": [fmt, not hasattr(value, "getformat"), [int(n) for n in value.shape], *parts]}


def decode_sparse(dec: Decoder, node: Any, depth: int) -> Any:
    """``[format, is_array, shape, data, indices, indptr]`` → scipy sparse, every index proven to be in range."""
    import numpy as np
    from scipy import sparse

    fmt, is_array, shape, *parts = node
    rows, columns = parse_shape(shape, 1, dec.bounds.sparse)
    data, indices, indptr = (dec.decode(part, depth + 1) for part in parts)
    for name, part, kinds in (("data", data, "biufc"), ("indices", indices, "iu"), ("indptr", indptr, "iu")):
        if not isinstance(part, np.ndarray) or part.ndim != 1 or part.dtype.kind not in kinds:
            raise CodecError(f"sparse {name} is not a vector of numbers")
    indptr, indices = indptr.astype(np.int64), indices.astype(np.int64)
    starts_and_ends = len(indptr) == rows + 1 and indptr[0] == 0 and indptr[-1] == len(indices) == len(data)
    if not starts_and_ends or (np.diff(indptr) < 0).any():
        raise CodecError("sparse row pointers do not fit the matrix")
    if len(indices) and not (indices.min() >= 0 and indices.max() < columns):
        raise CodecError("sparse column indices are outside the matrix")
    if fmt not in ("csr", "csc", "coo", "lil", "dok", "dia", "bsr") or not isinstance(is_array, bool):
        raise CodecError("unknown sparse format")
    make = sparse.csr_array if is_array else sparse.csr_matrix
    matrix = make((data, indices, indptr), shape=(rows, columns))
    return matrix.asformat(fmt if fmt in ("csr", "csc", "coo") else "csr")


def tensor_to_numpy(value: Any) -> Any:
    """The numpy form of a TensorFlow, Keras, JAX or PyTorch tensor or variable; None for anything else."""
    kind = type(value)
    if kind.__module__.partition(".")[0] not in _TENSOR_PACKAGES or not hasattr(value, "shape"):
        return None
    if isinstance(value, type):
        return None
    try:
        if hasattr(value, "detach"):
            value = value.detach().cpu()
        to_numpy: Callable[[], Any] | None = getattr(value, "numpy", None)
        if callable(to_numpy) and hasattr(value, "dtype"):
            return to_numpy()
        if kind.__module__.startswith("jax"):
            import numpy as np

            return np.asarray(value)
    except Exception:
        return None  # a symbolic tensor has no values: it is held, not sent
    return None
