"""TensorProto of every dtype, as content and as repeated values."""

import numpy as np
import pytest

from reportgen.budget import Budget
from reportgen.events import tensor as tensors
from reportgen.events.messages import message

# dtype's number, numpy's name of what it becomes, the repeated field.
NUMERIC = [
    (1, "f4", "float_val"),
    (2, "f8", "double_val"),
    (3, "i4", "int_val"),
    (4, "u1", "int_val"),
    (5, "i2", "int_val"),
    (6, "i1", "int_val"),
    (9, "i8", "int64_val"),
    (10, "?", "bool_val"),
    (17, "u2", "int_val"),
    (22, "u4", "uint32_val"),
    (23, "u8", "uint64_val"),
]


def array(tensor):
    return tensors.array(tensor, Budget(0))


def proto(dtype, shape, **values):
    tensor = message("TensorProto")(dtype=dtype, **values)
    for size in shape:
        tensor.tensor_shape.dim.add(size=size)
    return tensor


@pytest.mark.parametrize(("number", "dtype", "field"), NUMERIC)
def test_content_and_repeated_values_are_the_same(number, dtype, field):
    numbers = np.array([[0, 1, 1], [1, 0, 1]], dtype)
    content = proto(number, (2, 3), tensor_content=numbers.tobytes())
    repeated = proto(number, (2, 3), **{field: numbers.reshape(-1).tolist()})
    for tensor in (content, repeated):
        np.testing.assert_array_equal(array(tensor), numbers, strict=True)


def test_the_last_value_fills_the_rest():
    assert array(proto(1, (2, 2), float_val=[1, 2])).tolist() == [[1, 2], [2, 2]]


@pytest.mark.parametrize(("number", "dtype", "bits"), [(19, "f2", 0x3E00), (14, "f4", 0x3FC0)])
def test_halves_are_read_from_content_and_values(number, dtype, bits):
    content = np.array([bits], "<u2").tobytes()
    for tensor in (proto(number, (), half_val=[bits]), proto(number, (), tensor_content=content)):
        assert array(tensor).item() == 1.5
        assert array(tensor).dtype == dtype


def test_halves_as_torch_writes_them():
    wide = np.array([0, 1.5, -2], "<f4").view("<i4").tolist()
    for number in (14, 19):
        assert array(proto(number, (3,), half_val=wide)).tolist() == [0, 1.5, -2]


@pytest.mark.parametrize(("number", "dtype"), [(8, "c8"), (18, "c16")])
def test_complex_numbers(number, dtype):
    numbers = np.array([1 + 2j, -3j], dtype)
    field = {8: "scomplex_val", 18: "dcomplex_val"}[number]
    repeated = proto(number, (2,), **{field: [1, 2, 0, -3]})
    for tensor in (repeated, proto(number, (2,), tensor_content=numbers.tobytes())):
        np.testing.assert_array_equal(array(tensor), numbers, strict=True)


def test_strings_are_bytes():
    tensor = array(proto(7, (2, 1), string_val=[b"a", b"\xff"]))
    assert tensor.tolist() == [[b"a"], [b"\xff"]]


@pytest.mark.parametrize(
    "tensor",
    [
        proto(1, (3,)),
        proto(1, (-1,), float_val=[1]),
        proto(1, (1 << 40,), float_val=[1]),
        proto(1, (1 << 25,), float_val=[1]),
        proto(1, (2,), tensor_content=b"abc"),
        proto(20, (), int_val=[1]),
        proto(8, (2,), scomplex_val=[1, 2, 3]),
    ],
)
def test_values_that_do_not_fit_the_shape_are_an_error(tensor):
    with pytest.raises(ValueError, match=r"."):
        array(tensor)
