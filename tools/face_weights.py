"""Write the face detector's numbers for the visitor's device: static/faces/yunet.bin.

They are those of the server's ONNX file in half precision (16 bits), in the order in which
static/js/faces/network.js reads them. First come the high bytes of all, then the low ones: alike
beside alike, they compress better. Run it again after a change of the model:

    .venv/bin/python tools/face_weights.py
"""

from __future__ import annotations

import struct
from collections.abc import Iterator
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

ROOT = Path(__file__).resolve().parent.parent
MODEL = ROOT / "calculator" / "model" / "face_detection_yunet_2023mar.onnx"
WEIGHTS = ROOT / "static" / "faces" / "yunet.bin"

# Numbers of fields in the messages of ONNX (its onnx.proto).
_GRAPH, _NODE, _INITIALIZER = 7, 1, 5
_INPUT, _OPERATOR = 1, 4
_DIMS, _NAME, _RAW = 1, 8, 9
_LEVELS = 3  # faces are looked for at three sizes, each with four convolutions of its own
_HEADS = ("cls", "obj", "bbox", "kps")

Array = NDArray[np.float32]


def read_fields(message: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield the number and content of each field of a Protocol Buffers message."""
    at = 0

    def varint() -> int:
        nonlocal at
        number = shift = 0
        while True:
            byte = message[at]
            at += 1
            number |= (byte & 0x7F) << shift
            shift += 7
            if byte < 0x80:
                return number

    while at < len(message):
        key = varint()
        kind = key & 7
        if kind == 0:
            yield key >> 3, struct.pack("<q", varint())
            continue
        length = {1: 8, 5: 4}.get(kind) or varint()
        yield key >> 3, message[at : at + length]
        at += length


def read_convolutions(model: Path) -> list[tuple[str, Array, Array]]:
    """Return name, weights and biases of each convolution, in the order of the graph."""
    graph = next(content for number, content in read_fields(model.read_bytes()) if number == _GRAPH)
    tensors: dict[str, Array] = {}
    nodes = []
    for number, content in read_fields(graph):
        fields = list(read_fields(content))
        if number == _INITIALIZER:
            tensor = dict(fields)
            dims = [struct.unpack("<q", field)[0] for key, field in fields if key == _DIMS]
            if tensor.get(_RAW) and np.prod(dims) * 4 == len(tensor[_RAW]):
                tensors[tensor[_NAME].decode()] = np.frombuffer(tensor[_RAW], "<f4").reshape(dims)
        elif number == _NODE and dict(fields)[_OPERATOR] == b"Conv":
            nodes.append([field.decode() for key, field in fields if key == _INPUT])
    return [(weights, tensors[weights], tensors[biases]) for _, weights, biases in nodes]


def in_order(convolutions: list[tuple[str, Array, Array]]) -> list[Array]:
    """Return all numbers as the device reads them: of each level, four heads in one."""
    heads = [each for each in convolutions if "head" in each[0]]
    # The two parts of a head come one after the other, the second without a name of its own.
    body = convolutions[: len(convolutions) - 2 * _LEVELS * len(_HEADS)]
    found = [part for _, weights, biases in body for part in (weights, biases)]
    for level in range(_LEVELS):
        for step in ("conv1", "conv2"):
            parts = [
                next(
                    each
                    for each in heads
                    if each[0] == f"bbox_head.multi_level_{head}.{level}.{step}.weight"
                )
                for head in _HEADS
            ]
            found += [np.concatenate([weights for _, weights, _ in parts])]
            found += [np.concatenate([biases for _, _, biases in parts])]
    return found


def make_weights(model: Path) -> bytes:
    """Return the file for the device."""
    numbers = np.concatenate([part.ravel() for part in in_order(read_convolutions(model))])
    halves = numbers.astype("<f2").view(np.uint8).reshape(-1, 2)
    return halves[:, 1].tobytes() + halves[:, 0].tobytes()


if __name__ == "__main__":
    WEIGHTS.parent.mkdir(exist_ok=True)
    WEIGHTS.write_bytes(make_weights(MODEL))
