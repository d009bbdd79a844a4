"""pandas values by column: dtypes, labels and missing values survive, nothing is pickled."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from .bounds import CodecError, TooLarge

if TYPE_CHECKING:
    from .decoder import Decoder
    from .encoder import Encoder

_NULLABLE = frozenset(
    [f"{sign}Int{bits}" for sign in ("", "U") for bits in (8, 16, 32, 64)] + ["Float32", "Float64", "boolean"]
)
_ZONE = re.compile(r"[A-Za-z0-9_+\-/:]{1,64}")
_UNITS = ("s", "ms", "us", "ns")


def encode_pandas(enc: Encoder, pd: Any, value: Any, depth: int) -> Any:
    """Encode a DataFrame, Series, Index, extension array or pandas scalar; None where `value` is none of them."""
    if value is pd.NA:
        return {"$pd": ["NA"]}
    if value is pd.NaT:
        return {"$pd": ["NaT"]}
    if isinstance(value, pd.DataFrame):
        columns = [_encode_column(enc, pd, value.iloc[:, i], depth + 1) for i in range(value.shape[1])]
        return {
            "$frame": [
                _encode_index(enc, pd, value.columns, depth),
                _encode_index(enc, pd, value.index, depth),
                columns,
            ]
        }
    if isinstance(value, pd.Series):
        index = _encode_index(enc, pd, value.index, depth)
        return {"$series": [_encode_column(enc, pd, value, depth), index, enc.encode(value.name, depth + 1)]}
    if isinstance(value, pd.Index):
        return {"$index": _encode_index(enc, pd, value, depth)}
    if isinstance(value, pd.api.extensions.ExtensionArray):
        return {"$column": _encode_column(enc, pd, pd.Series(value), depth)}
    if isinstance(value, pd.Timestamp):
        return {"$pd": ["Timestamp", value.asm8.astype("i8").item(), value.unit, _zone(value.tz)]}
    if isinstance(value, pd.Timedelta):
        return {"$pd": ["Timedelta", value.asm8.astype("i8").item(), value.unit]}
    return None


def _zone(tz: Any) -> str | None:
    return None if tz is None else str(tz)


def _encode_column(enc: Encoder, pd: Any, column: Any, depth: int) -> list[Any]:
    dtype = column.dtype
    if isinstance(dtype, pd.CategoricalDtype):
        codes = enc.encode(column.cat.codes.to_numpy(), depth + 1)
        return [
            "category",
            codes,
            _encode_column(enc, pd, dtype.categories.to_series(), depth + 1),
            bool(dtype.ordered),
        ]
    if isinstance(dtype, pd.StringDtype):
        missing = column.isna().to_numpy()
        texts = [None if gone else str(text) for text, gone in zip(column.tolist(), missing)]
        return ["text", "str" if str(dtype) == "str" else "string", enc.pack_texts(texts)]
    if str(dtype) in _NULLABLE:
        mask = column.isna().to_numpy()
        values = column.fillna(dtype.type(0)).to_numpy(dtype=dtype.numpy_dtype)
        return ["nullable", str(dtype), enc.encode(values, depth + 1), enc.encode(mask, depth + 1)]
    if isinstance(dtype, pd.DatetimeTZDtype):
        utc = column.dt.tz_convert("UTC").dt.tz_localize(None).to_numpy()
        return ["zoned", enc.encode(utc, depth + 1), _zone(dtype.tz)]
    if isinstance(dtype, pd.SparseDtype):
        return ["numpy", enc.encode(column.sparse.to_dense().to_numpy(), depth + 1)]
    if isinstance(dtype, pd.api.extensions.ExtensionDtype):  # intervals, periods, arrow: as people read them
        missing = column.isna().to_numpy()
        return ["objects", enc.pack_texts([None if gone else str(v) for v, gone in zip(column.tolist(), missing)])]
    return ["numpy", enc.encode(column.to_numpy(), depth + 1)]


def _encode_index(enc: Encoder, pd: Any, index: Any, depth: int) -> list[Any]:
    if isinstance(index, pd.RangeIndex):
        return ["range", index.start, index.stop, index.step, enc.encode(index.name, depth + 1)]
    if isinstance(index, pd.MultiIndex):
        levels = [
            _encode_column(enc, pd, index.get_level_values(i).to_series(), depth + 1) for i in range(index.nlevels)
        ]
        return ["multi", levels, [enc.encode(name, depth + 1) for name in index.names]]
    return ["flat", _encode_column(enc, pd, index.to_series(), depth + 1), enc.encode(index.name, depth + 1)]


def decode_frame(dec: Decoder, node: Any, depth: int) -> Any:
    """``[columns, index, [column, ...]]`` → DataFrame."""
    import pandas as pd

    labels, index, columns = node
    rows = _decode_index(dec, index, depth)
    names = _decode_index(dec, labels, depth)
    if not isinstance(columns, list) or len(columns) != len(names):
        raise CodecError("a frame has another number of columns than of labels")
    data = {i: _decode_column(dec, column, depth) for i, column in enumerate(columns)}
    if any(len(column) != len(rows) for column in data.values()):
        raise CodecError("a frame's columns are not as long as its index")
    frame = pd.DataFrame({i: pd.Series(column, index=rows) for i, column in data.items()}, index=rows)
    frame.columns = names
    return frame


def decode_series(dec: Decoder, node: Any, depth: int) -> Any:
    """``[column, index, name]`` → Series."""
    import pandas as pd

    column, index, name = node
    values, rows = _decode_column(dec, column, depth), _decode_index(dec, index, depth)
    if len(values) != len(rows):
        raise CodecError("a series is not as long as its index")
    return pd.Series(values, index=rows, name=dec.decode(name, depth + 1))


def decode_index(dec: Decoder, node: Any, depth: int) -> Any:
    """Index node → Index, RangeIndex or MultiIndex."""
    return _decode_index(dec, node, depth)


def decode_column(dec: Decoder, node: Any, depth: int) -> Any:
    """Column node → pandas extension array, or the ndarray it is."""
    return _decode_column(dec, node, depth)


def decode_pandas_scalar(dec: Decoder, node: Any) -> Any:
    """``[kind, ...]`` → NA, NaT, Timestamp or Timedelta."""
    import numpy as np
    import pandas as pd

    kind, *rest = node
    if kind == "NA" and not rest:
        return pd.NA
    if kind == "NaT" and not rest:
        return pd.NaT
    ticks, unit = rest[:2]
    if type(ticks) is not int or unit not in _UNITS:
        raise CodecError("a point in time is ticks and a unit")
    if kind == "Timestamp":
        stamp = pd.Timestamp(np.datetime64(ticks, unit))
        return stamp if rest[2] is None else stamp.tz_localize("UTC").tz_convert(_decode_zone(rest[2]))
    if kind == "Timedelta":
        return pd.Timedelta(np.timedelta64(ticks, unit))
    raise CodecError("unknown pandas scalar")


def _decode_zone(zone: object) -> str:
    if not isinstance(zone, str) or not _ZONE.fullmatch(zone):
        raise CodecError("not the name of a time zone")
    return zone


def _decode_column(dec: Decoder, node: Any, depth: int) -> Any:
    import numpy as np
    import pandas as pd

    if not isinstance(node, list) or not node:
        raise CodecError("a column is a list that begins with its kind")
    kind, *rest = node
    if depth > dec.bounds.depth:
        raise TooLarge("the answer is nested too deeply")
    if kind == "numpy":
        array = _vector(dec, rest[0], depth)
        return array.astype(object) if array.dtype.kind in "US" else array
    if kind == "text" and rest[0] in ("str", "string"):
        return pd.array(dec.unpack_texts(rest[1]), dtype=rest[0])
    if kind == "objects":
        return np.array([*dec.unpack_texts(rest[0]), None], dtype=object)[:-1]
    if kind == "nullable" and rest[0] in _NULLABLE:
        values, mask = _vector(dec, rest[1], depth), _vector(dec, rest[2], depth)
        if mask.dtype != bool or mask.shape != values.shape or values.dtype.kind not in "biuf":
            raise CodecError("a nullable column's mask does not fit")
        column = pd.array(values, dtype=rest[0])
        column[mask] = pd.NA
        return column
    if kind == "zoned":
        values = _vector(dec, rest[0], depth)
        if values.dtype.kind != "M":
            raise CodecError("a column with a time zone holds something else")
        return pd.Series(values).dt.tz_localize("UTC").dt.tz_convert(_decode_zone(rest[1])).array
    if kind == "category":
        codes, categories, ordered = _vector(dec, rest[0], depth), _decode_column(dec, rest[1], depth + 1), rest[2]
        if codes.dtype.kind not in "iu" or not isinstance(ordered, bool):
            raise CodecError("a category's codes are not integers")
        return pd.Categorical.from_codes(codes, categories=pd.Index(categories), ordered=ordered)
    raise CodecError("unknown kind of column")


def _vector(dec: Decoder, node: Any, depth: int) -> Any:
    import numpy as np

    array = dec.decode(node, depth + 1)
    if not isinstance(array, np.ndarray) or array.ndim != 1:
        raise CodecError("a column is not a vector")
    return array


def _decode_index(dec: Decoder, node: Any, depth: int) -> Any:
    import pandas as pd

    kind, *rest = node
    if kind == "range":
        *steps, name = rest
        if len(steps) != 3 or not all(type(n) is int and abs(n) < 1 << 53 for n in steps):
            raise CodecError("a range index is three integers")
        start, stop, step = steps
        index: Any = pd.RangeIndex(start, stop, step, name=dec.decode(name, depth + 1))
        if len(index) > dec.bounds.items:
            raise TooLarge("an index is too long")
        return index
    if kind == "multi":
        levels, names = rest
        arrays = [_decode_column(dec, level, depth) for level in levels]
        return pd.MultiIndex.from_arrays(arrays, names=[dec.decode(name, depth + 1) for name in names])
    if kind == "flat":
        return pd.Index(_decode_column(dec, rest[0], depth), name=dec.decode(rest[1], depth + 1))
    raise CodecError("unknown kind of index")
