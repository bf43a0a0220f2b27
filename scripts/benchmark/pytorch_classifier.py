#!/usr/bin/env python3
"""Trains a bidirectional encoder on random sequences of different lengths in plain PyTorch and prints its speed.

The counterpart of tests/ClassifierBenchmark/BidirectionalClassifier.cs: features → bidirectional nn.LSTM → mean over each sequence's own
steps → linear → cross entropy → backward → SGD. `--variant packed` packs the sequences; `--variant padded` lets nn.LSTM read the
padding too, which is often faster but lets the backward direction begin in it.
"""

import argparse

import torch
from torch import nn

import measuring

BATCHES = 16  # different batches, gone through again and again


class Classifier(nn.Module):
    def __init__(self, options):
        super().__init__()
        self.packed = options.variant == "packed"
        self.encoder = nn.LSTM(options.features, options.hidden_size, options.layers, bidirectional=True)
        self.head = nn.Linear(2 * options.hidden_size, options.classes)

    def forward(self, features, lengths, mask):
        if self.packed:
            sequences = nn.utils.rnn.pack_padded_sequence(features, lengths, enforce_sorted=False)
            hidden, _ = nn.utils.rnn.pad_packed_sequence(self.encoder(sequences)[0])  # [time, batch, 2 · hidden], zero beyond a length
        else:
            hidden = self.encoder(features)[0] * mask                                 # [time, batch, 2 · hidden]
        return self.head(hidden.sum(0) / mask.sum(0))                                 # [batch, classes]


def draw_lengths(options):
    """Lengths from --shortest to --longest for each batch, from the generator that the C# program has too."""
    number = 1
    batches = []
    for _ in range(BATCHES):
        lengths = []
        for _ in range(options.batch_size):
            number = (number * 1103515245 + 12345) % 2**31
            lengths.append(options.shortest + (number >> 16) % (options.longest - options.shortest + 1))
        batches.append(lengths)
    return batches


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("features", "hidden-size", "layers", "classes", "batch-size", "shortest", "longest"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--variant", choices=("padded", "packed"), required=True)
    measuring.add_options(parser)
    return parser.parse_args()


def main():
    options = parse()
    device = measuring.prepare(options)
    precision = measuring.Precision(options, device)
    model = Classifier(options).to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=0.1)
    batches = []
    for lengths in draw_lengths(options):
        features = torch.randn(max(lengths), options.batch_size, options.features, device=device)                 # [time, batch, features]
        mask = torch.arange(max(lengths)).view(-1, 1, 1) < torch.tensor(lengths).view(1, -1, 1)                   # [time, batch, 1]
        classes = torch.randint(options.classes, (options.batch_size,), device=device)                            # [batch]
        batches.append((features, torch.tensor(lengths), mask.to(device, torch.float32), classes, sum(lengths)))

    def step(number):
        features, lengths, mask, classes, _ = batches[number % BATCHES]
        optimizer.zero_grad()
        with precision.forward():
            loss = nn.functional.cross_entropy(model(features, lengths, mask), classes)
        precision.backward(loss, optimizer)
        precision.step(optimizer)
        return loss

    measuring.measure(options, device, step, lambda number: batches[number % BATCHES][4])


if __name__ == "__main__":
    main()
