"""Just enough of the ONNX file form to hand onnxruntime a small graph made in memory (no ``onnx`` package needed).

ONNX is protobuf (https://onnx.ai/onnx/intro/concepts.html): each field is a number that says which field and of which
wire form (0 integer, 2 bytes, 5 32-bit float), then the value. The numbers below are those of ``onnx.proto``.
"""

from __future__ import annotations

import struct
from collections.abc import Sequence
from typing import Any

from numpy.typing import NDArray

_KINDS = {"float32": 1, "uint8": 2, "int8": 3}
_DOMAIN = "com.microsoft"
"""onnxruntime's own operators: attention and normalisation as one step each."""


def varint(number: int) -> bytes:
    """A whole number, seven bits a byte, lowest first."""
    out = bytearray()
    while number > 127:
        out.append(number & 127 | 128)
        number >>= 7
    return bytes([*out, number])


def integer(field: int, number: int) -> bytes:
    """A field that holds a whole number."""
    return varint(field << 3) + varint(number)


def data(field: int, value: bytes | str) -> bytes:
    """A field that holds bytes, a text or another message."""
    value = value.encode() if isinstance(value, str) else value
    return varint(field << 3 | 2) + varint(len(value)) + value


def tensor(name: str, values: NDArray[Any]) -> bytes:
    """A constant of the graph (GraphProto.initializer)."""
    shape = b"".join(integer(1, size) for size in values.shape)
    return data(
        5, shape + integer(2, _KINDS[str(values.dtype)]) + data(8, name) + data(9, values.tobytes())
    )


def node(operator: str, inputs: Sequence[str], output: str, **attributes: Any) -> bytes:
    """One step of the graph (GraphProto.node), with whole numbers or floats as attributes."""
    parts = [data(1, name) for name in inputs] + [
        data(2, output),
        data(3, output),
        data(4, operator),
    ]
    for key, value in attributes.items():
        if isinstance(value, float):
            worth = varint(2 << 3 | 5) + struct.pack("<f", value) + integer(20, 1)
        else:
            worth = integer(3, value) + integer(20, 2)
        parts.append(data(5, data(1, key) + worth))
    return data(1, b"".join([*parts, data(7, _DOMAIN)]))


def model(parts: Sequence[bytes], entry: str, results: Sequence[str], width: int) -> bytes:
    """The whole model: ``parts`` are nodes and tensors; ``entry`` and ``results`` have the shape (1, length, width)."""
    sizes = [integer(1, 1), data(2, "length"), integer(1, width)]
    shape = b"".join(data(1, size) for size in sizes)
    kind = data(2, data(1, integer(1, 1) + data(2, shape)))
    graph = [*parts, data(2, "words"), data(11, data(1, entry) + kind)]
    graph += [data(12, data(1, name) + kind) for name in results]
    operators = data(8, data(1, "") + integer(2, 17)) + data(8, data(1, _DOMAIN) + integer(2, 1))
    return integer(1, 8) + data(7, b"".join(graph)) + operators
