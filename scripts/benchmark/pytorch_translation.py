#!/usr/bin/env python3
"""Trains an encoder-decoder on random sequences of different lengths in plain PyTorch and prints its speed.

The counterpart of configs/translation_512.yaml: embedding → bidirectional nn.LSTM; its last state → nn.LSTM over the target's embedding → dot
attention → tanh(linear) → linear → cross entropy → backward → clipping → Adam. `--variant packed` packs the sources; `--variant padded` lets
nn.LSTM read their padding; `--variant selected` does so too, but leaves the target's padding out before the last two layers.
"""

import argparse

import torch
from torch import nn

import measuring

BATCHES = 16  # different batches, gone through again and again
PADDING = -100


class Translator(nn.Module):
    def __init__(self, options):
        super().__init__()
        self.variant = options.variant
        hidden, features, symbols = options.hidden_size, options.embedding_size, options.vocabulary + 2
        self.reading = nn.Embedding(options.vocabulary, features)
        self.writing = nn.Embedding(symbols, features)
        self.encoder = nn.LSTM(features, hidden // 2, bidirectional=True)
        self.decoder = nn.LSTM(features, hidden)
        self.readout = nn.Linear(2 * hidden, hidden)
        self.output = nn.Linear(hidden, symbols)

    def forward(self, source, lengths, mask, given, targets):
        embedded = self.reading(source)                                                              # [source time, batch, features]
        if self.variant == "packed":
            sequences = nn.utils.rnn.pack_padded_sequence(embedded, lengths, enforce_sorted=False)
            packed, state = self.encoder(sequences)
            read = nn.utils.rnn.pad_packed_sequence(packed)[0]                                       # [source time, batch, hidden]
        else:
            read, state = self.encoder(embedded)                                                     # [source time, batch, hidden]
        state = tuple(torch.cat([part[0], part[1]], 1).unsqueeze(0) for part in state)               # [1, batch, hidden] twice
        hidden, _ = self.decoder(self.writing(given), state)                                         # [time, batch, hidden]
        memory = read.transpose(0, 1)                                                                # [batch, source time, hidden]
        scores = torch.bmm(hidden.transpose(0, 1), memory.transpose(1, 2))                           # [batch, time, source time]
        weights = scores.masked_fill(mask, float("-inf")).softmax(2)                                 # [batch, time, source time]
        context = torch.bmm(weights, memory).transpose(0, 1)                                         # [time, batch, hidden]
        known = torch.cat([hidden, context], 2)                                                      # [time, batch, 2 · hidden]
        if self.variant == "selected":
            known, targets = known[targets != PADDING], targets[targets != PADDING]                  # [tokens, 2 · hidden], [tokens]
        logits = self.output(self.readout(known).tanh())                                             # [tokens or time × batch, symbols]
        return nn.functional.cross_entropy(logits.flatten(0, -2), targets.flatten(), ignore_index=PADDING)


def draw_batches(options, device):
    """Sequences of --shortest to --longest tokens, each to be written backwards."""
    batches = []
    for _ in range(BATCHES):
        lengths = torch.randint(options.shortest, options.longest + 1, (options.batch_size,))        # [batch]
        longest = int(lengths.max())
        steps = torch.arange(longest + 1).view(-1, 1)                                                # [time + 1, 1]
        source = torch.randint(options.vocabulary, (longest, options.batch_size))                    # [time, batch]
        target = source.gather(0, (lengths - 1 - steps[:-1]).clamp(min=0))                           # [time, batch]
        begin = torch.full((1, options.batch_size), options.vocabulary)                              # [1, batch]
        given = torch.cat([begin, target])                                                           # [time + 1, batch]
        targets = torch.cat([target, begin])                                                         # [time + 1, batch]
        targets = targets.where(steps != lengths, torch.tensor(options.vocabulary + 1))
        targets = targets.where(steps <= lengths, torch.tensor(PADDING))
        mask = (steps[:-1] >= lengths).t().unsqueeze(1)                                              # [batch, 1, time]
        tensors = [part.to(device) for part in (source, mask, given, targets)]
        batches.append((tensors[0], lengths, *tensors[1:], int(lengths.sum()) + options.batch_size))
    return batches


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("vocabulary", "embedding-size", "hidden-size", "batch-size", "shortest", "longest"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--variant", choices=("padded", "packed", "selected"), required=True)
    measuring.add_options(parser)
    return parser.parse_args()


def main():
    options = parse()
    device = measuring.prepare(options)
    precision = measuring.Precision(options, device)
    model = Translator(options).to(device)
    optimizer = torch.optim.Adam(model.parameters(), lr=0.001)
    batches = draw_batches(options, device)

    def step(number):
        *batch, _ = batches[number % BATCHES]
        optimizer.zero_grad()
        with precision.forward():
            loss = model(*batch)
        precision.backward(loss, optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        precision.step(optimizer)
        return loss

    measuring.measure(options, device, step, lambda number: batches[number % BATCHES][-1])


if __name__ == "__main__":
    main()
