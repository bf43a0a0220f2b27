#!/usr/bin/env python3
"""Trains a language model on random tokens in plain PyTorch and prints its speed: what scripts/bench measures `rnn bench` against.

A step is what a training step is: gradients to zero, embedding, nn.LSTM or nn.GRU, output layer, cross entropy, backward,
clip_grad_norm_, SGD, and the state detached and carried. The tokens lie on the device from the start, and nothing waits for the
device before the last step: this is PyTorch at its best, not a straw man.
"""

import argparse

import torch
from torch import nn

import measuring


class LanguageModel(nn.Module):
    def __init__(self, cell, vocabulary, features, hidden, layers):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, features)
        self.recurrent = {"lstm": nn.LSTM, "gru": nn.GRU}[cell](features, hidden, layers)
        self.output = nn.Linear(hidden, vocabulary)

    def forward(self, tokens, state):
        hidden, state = self.recurrent(self.embedding(tokens), state)  # [time, batch] → [time, batch, hidden]
        return self.output(hidden), state                              # [time, batch, vocabulary]


def detached(state):
    return tuple(part.detach() for part in state) if isinstance(state, tuple) else state.detach()


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("vocabulary", "embedding-size", "hidden-size", "layers", "batch-size", "steps-per-batch"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--cell", choices=("lstm", "gru"), default="lstm")
    measuring.add_options(parser)
    return parser.parse_args()


def main():
    options = parse()
    device = measuring.prepare(options)
    precision = measuring.Precision(options, device)
    model = LanguageModel(options.cell, options.vocabulary, options.embedding_size, options.hidden_size, options.layers).to(device)
    optimizer = torch.optim.SGD(model.parameters(), lr=1.0)
    windows = 50  # windows of different tokens, gone through again and again
    tokens = torch.randint(options.vocabulary, (windows * options.steps_per_batch + 1, options.batch_size), device=device)
    state = None

    def step(number):
        nonlocal state
        start = number % windows * options.steps_per_batch
        inputs = tokens[start:start + options.steps_per_batch]            # [time, batch]
        targets = tokens[start + 1:start + 1 + options.steps_per_batch]   # [time, batch]
        optimizer.zero_grad()
        with precision.forward():
            logits, state = model(inputs, state)                          # [time, batch, vocabulary]
            loss = nn.functional.cross_entropy(logits.flatten(0, 1), targets.flatten())
        state = detached(state)
        precision.backward(loss, optimizer)
        nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        precision.step(optimizer)
        return loss

    measuring.measure(options, device, step, lambda _: options.steps_per_batch * options.batch_size)


if __name__ == "__main__":
    main()
