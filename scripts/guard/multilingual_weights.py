"""Reads the lowest layers of multilingual BERT (Devlin et al. 2018, arXiv:1810.04805; Apache-2.0) out of the TensorFlow bundle in
which it is published. TensorFlow itself is not needed: the index of a bundle is a LevelDB table of protocol buffers.
"""
import os
import struct

import torch

LAYERS = 4
PARTS = {
    "attention/self/query": "query", "attention/self/key": "key", "attention/self/value": "value",
    "attention/output/dense": "mix", "attention/output/LayerNorm": "norm_mix",
    "intermediate/dense": "wide", "output/dense": "narrow", "output/LayerNorm": "norm_out",
}
KINDS = {"kernel": "weight", "bias": "bias", "gamma": "weight", "beta": "bias"}


def varint(data, at):
    value = shift = 0
    while True:
        byte = data[at]
        at, value, shift = at + 1, value | (byte & 127) << shift, shift + 7
        if byte < 128:
            return value, at


def block(data, offset, size):
    """Keys and values; each key is written as what it shares with the one before, and the rest."""
    data = data[offset:offset + size]
    end, at, key = len(data) - 4 - 4 * struct.unpack("<I", data[-4:])[0], 0, b""
    while at < end:
        shared, at = varint(data, at)
        fresh, at = varint(data, at)
        length, at = varint(data, at)
        key = key[:shared] + data[at:at + fresh]
        at += fresh + length
        yield key.decode("latin1"), data[at - length:at]


def fields(data):
    """Numbers and bytes of a protocol buffer by the number of their field."""
    at = 0
    while at < len(data):
        tag, at = varint(data, at)
        if tag & 7 == 0:
            value, at = varint(data, at)
        elif tag & 7 == 2:
            length, at = varint(data, at)
            value, at = data[at:at + length], at + length
        else:
            value, at = None, at + 4
        yield tag >> 3, value


def places(index):
    """Shape, offset and size in bytes of each tensor by its name."""
    with open(index, "rb") as file:
        data = file.read()
    footer, at, numbers = data[-48:], 0, []
    for _ in range(4):
        number, at = varint(footer, at)
        numbers.append(number)
    found = {}
    for _, handle in block(data, numbers[2], numbers[3]):
        offset, at = varint(handle, 0)
        for name, value in block(data, offset, varint(handle, at)[0]):
            entry = dict(fields(value))
            if name:
                shape = [dict(fields(size)).get(1, 0) for field, size in fields(entry[2]) if field == 2]
                found[name] = shape, entry.get(4, 0), entry[5]
    return found


def tensor(file, place):
    shape, offset, size = place
    file.seek(offset)
    return torch.frombuffer(bytearray(file.read(size)), dtype=torch.float32).view(shape)


def renamed(name):
    """The name in encoder.py; None for what is not needed."""
    name = name.removeprefix("module/bert/")
    embeddings = {"word_embeddings": "words.weight", "position_embeddings": "places.weight",
                  "token_type_embeddings": "kinds.weight", "LayerNorm/gamma": "norm.weight", "LayerNorm/beta": "norm.bias"}
    if name.startswith("embeddings/"):
        return embeddings[name.removeprefix("embeddings/")]
    if not name.startswith("encoder/layer_"):
        return None
    layer, _, rest = name.removeprefix("encoder/layer_").partition("/")
    part, _, kind = rest.rpartition("/")
    return f"layers.{layer}.{PARTS[part]}.{KINDS[kind]}" if int(layer) < LAYERS else None


def multilingual_weights(folder, pieces):
    """The weights by their names in encoder.py; of the word vectors those of the pieces, in their order."""
    with open(os.path.join(folder, "assets/vocab.txt"), encoding="utf8") as file:
        number = {piece: place for place, piece in enumerate(file.read().split("\n"))}
    variables, found = os.path.join(folder, "variables/variables"), {}
    with open(variables + ".data-00000-of-00001", "rb") as file:
        for name, place in places(variables + ".index").items():
            ours = renamed(name)
            if ours is not None:
                found[ours] = tensor(file, place).T.contiguous() if name.endswith("kernel") else tensor(file, place)
    found["words.weight"] = found["words.weight"][[number[piece] for piece in pieces]]
    return found
