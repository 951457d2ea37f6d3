"""The part of the ONNX file format that a small graph made in memory needs, without ``onnx``.

ONNX is protobuf (https://onnx.ai/onnx/intro/concepts.html): each field is a number that holds the
field's number and its wire type (0 integer, 2 bytes, 5 32-bit float), then the value. The field
numbers below are those of ``onnx.proto``.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray

_DATA_TYPES = {"float32": 1, "uint8": 2, "int8": 3}
_DOMAIN = "com.microsoft"
"""The domain of onnxruntime's own operators: attention and normalisation as one step each."""


def varint(number: int) -> bytes:
    """Return a whole number as protobuf writes it: seven bits a byte, lowest first."""
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


def integer_field(field: int, number: int) -> bytes:
    """Return a field that holds a whole number."""
    return varint(field << 3) + varint(number)


def bytes_field(field: int, value: bytes | str) -> bytes:
    """Return a field that holds bytes, a text or another message."""
    if isinstance(value, str):
        value = value.encode()
    return varint(field << 3 | 2) + varint(len(value)) + value


def float_field(field: int, number: float) -> bytes:
    """Return a field that holds a 32-bit float."""
    return varint(field << 3 | 5) + struct.pack("<f", number)


def tensor(name: str, values: NDArray[Any]) -> bytes:
    """Return a constant of the graph (GraphProto.initializer)."""
    shape = b"".join(integer_field(1, size) for size in values.shape)
    data_type = integer_field(2, _DATA_TYPES[str(values.dtype)])
    content = bytes_field(8, name) + bytes_field(9, values.tobytes())
    return bytes_field(5, shape + data_type + content)


def node(operator: str, inputs: Sequence[str], output: str, **attributes: float) -> bytes:
    """Return one step of the graph (GraphProto.node) with numbers as attributes.

    The output's name is also the name of the node.
    """
    parts = [bytes_field(1, name) for name in inputs]
    parts.append(bytes_field(2, output))
    parts.append(bytes_field(3, output))
    parts.append(bytes_field(4, operator))
    parts += [_attribute(name, value) for name, value in attributes.items()]
    parts.append(bytes_field(7, _DOMAIN))
    return bytes_field(1, b"".join(parts))


def _attribute(name: str, value: float) -> bytes:
    """Return an attribute of a node (AttributeProto): its name, its value and the value's type."""
    if isinstance(value, int):
        content = integer_field(3, value) + integer_field(20, 2)
    else:
        content = float_field(2, value) + integer_field(20, 1)
    return bytes_field(5, bytes_field(1, name) + content)


def model(parts: Sequence[bytes], entry: str, results: Sequence[str], width: int) -> bytes:
    """Return the whole model (ModelProto).

    ``parts`` are nodes and tensors; ``entry`` and ``results`` name the input and the outputs, each
    of the shape (1, length, width).
    """
    sizes = [integer_field(1, 1), bytes_field(2, "length"), integer_field(1, width)]
    shape = b"".join(bytes_field(1, size) for size in sizes)
    value_type = bytes_field(2, bytes_field(1, integer_field(1, 1) + bytes_field(2, shape)))
    graph = [*parts, bytes_field(2, "words")]
    graph.append(bytes_field(11, bytes_field(1, entry) + value_type))
    graph += [bytes_field(12, bytes_field(1, name) + value_type) for name in results]
    standard = bytes_field(8, bytes_field(1, "") + integer_field(2, 17))
    own = bytes_field(8, bytes_field(1, _DOMAIN) + integer_field(2, 1))
    return integer_field(1, 8) + bytes_field(7, b"".join(graph)) + standard + own
