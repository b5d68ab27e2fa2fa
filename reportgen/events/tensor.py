"""Convert a TensorProto to a numpy array.

Numbers are either in `tensor_content` (little-endian, row-major) or in the repeated field of their
type, of which the last value fills the rest of the shape (tensorflow's tensor.proto).
"""

from __future__ import annotations

import math
from typing import Any

import numpy as np

from reportgen.arrays import AnyArray
from reportgen.budget import Budget

# Number in tensorflow/core/framework/types.proto: dtype of the content, field of the values.
_NUMERIC = {
    1: ("<f4", "float_val"),
    2: ("<f8", "double_val"),
    3: ("<i4", "int_val"),
    4: ("<u1", "int_val"),
    5: ("<i2", "int_val"),
    6: ("<i1", "int_val"),
    9: ("<i8", "int64_val"),
    10: ("<?", "bool_val"),
    17: ("<u2", "int_val"),
    22: ("<u4", "uint32_val"),
    23: ("<u8", "uint64_val"),
}
_COMPLEX = {8: ("<c8", "scomplex_val", "<f4"), 18: ("<c16", "dcomplex_val", "<f8")}
_STRING, _BFLOAT16, _HALF = 7, 14, 19
# Elements. The shape in a damaged file may be anything, and a single value can fill it.
_MAX_SIZE, _MAX_FILLED_SIZE = 1 << 28, 1 << 22
# Bytes that an element takes at least: numbers become float64 later, strings become rows.
_NUMBER_SIZE, _STRING_SIZE = 8, 256


def array(tensor: Any, budget: Budget) -> AnyArray:  # noqa: ANN401
    """Return the array of a TensorProto; bfloat16 becomes float32, strings become bytes objects.

    Args:
        tensor: the message.
        budget: is charged for elements that are not in the file.

    Raises:
        BudgetError: the elements that are not in the file take too much memory.
        ValueError: the dtype is unknown, or the values do not fit the shape.
    """
    shape = tuple(dim.size for dim in tensor.tensor_shape.dim)
    size = math.prod(shape)
    if min(shape, default=0) < 0 or size > _MAX_SIZE:
        raise ValueError(f"tensor of shape {shape}")
    if tensor.dtype == _STRING:
        values = np.empty(len(tensor.string_val), dtype=object)
        values[:] = list(tensor.string_val)
    elif tensor.dtype in (_BFLOAT16, _HALF):
        values = _half(tensor)
    elif tensor.dtype in _COMPLEX:
        values = _complex(tensor)
    elif tensor.dtype in _NUMERIC:
        dtype, field = _NUMERIC[tensor.dtype]
        content = tensor.tensor_content
        values = (
            np.frombuffer(content, dtype) if content else np.array(getattr(tensor, field), dtype)
        )
    else:
        raise ValueError(f"tensor of dtype {tensor.dtype}")
    if 0 < len(values) < size:
        if size > _MAX_FILLED_SIZE:
            raise ValueError(f"tensor of shape {shape} with {len(values)} values")
        budget.charge((size - len(values)) * _element_size(values))
        values = np.concatenate([values, np.repeat(values[-1:], size - len(values))])
    return values.reshape(shape)


def _element_size(values: AnyArray) -> int:
    """Return about how many bytes a copy of the last value takes."""
    if values.dtype == object:
        return _STRING_SIZE + len(values[-1])
    return max(values.itemsize, _NUMBER_SIZE)


def _complex(tensor: Any) -> AnyArray:  # noqa: ANN401
    """Return complex numbers, whose real and imaginary parts alternate."""
    dtype, field, component = _COMPLEX[tensor.dtype]
    if tensor.tensor_content:
        return np.frombuffer(tensor.tensor_content, dtype)
    return np.array(getattr(tensor, field), component).view(dtype)


def _half(tensor: Any) -> AnyArray:  # noqa: ANN401
    """Return two-byte floats: IEEE half, or bfloat16, which is the upper half of a float32.

    torch's add_tensor writes a whole float32 into each half_val, which then exceeds two bytes.
    """
    if tensor.tensor_content:
        bits = np.frombuffer(tensor.tensor_content, "<u2")
    else:
        integers = np.array(tensor.half_val, "<i4")
        if np.any(integers >> 16):
            single = integers.view("<f4")
            with np.errstate(over="ignore"):
                return single.astype("<f2") if tensor.dtype == _HALF else single
        bits = integers.astype("<u2")
    if tensor.dtype == _HALF:
        return bits.view("<f2")
    return (bits.astype("<u4") << 16).view("<f4")
