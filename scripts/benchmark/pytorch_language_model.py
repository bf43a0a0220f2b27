#!/usr/bin/env python3
"""Trains a language model on random tokens in plain PyTorch and prints its speed: what scripts/bench measures `rnn bench` against.

A step is what a training step is: gradients to zero, embedding, nn.LSTM, output layer, cross entropy, backward, clip_grad_norm_,
SGD, and the state detached and carried. The tokens lie on the device from the start, and nothing waits for the device before the
last step: this is PyTorch at its best, not a straw man.
"""

import argparse
import json
import time

import torch
from torch import nn


class LanguageModel(nn.Module):
    def __init__(self, vocabulary, features, hidden, layers):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, features)
        self.recurrent = nn.LSTM(features, hidden, layers)
        self.output = nn.Linear(hidden, vocabulary)

    def forward(self, tokens, state):
        hidden, state = self.recurrent(self.embedding(tokens), state)  # [time, batch] → [time, batch, hidden]
        return self.output(hidden), state                              # [time, batch, vocabulary]


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name in ("vocabulary", "embedding-size", "hidden-size", "layers", "batch-size", "steps-per-batch", "steps", "threads"):
        parser.add_argument(f"--{name}", type=int, required=True)
    parser.add_argument("--warm-up", type=int, default=5, help="steps before those that are measured")
    parser.add_argument("--device", default="cpu")
    return parser.parse_args()


def main():
    options = parse()
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    device = torch.device(options.device)
    model = LanguageModel(options.vocabulary, options.embedding_size, options.hidden_size, options.layers).to(device)
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
        logits, state = model(inputs, state)                              # [time, batch, vocabulary]
        state = tuple(part.detach() for part in state)
        loss = nn.functional.cross_entropy(logits.flatten(0, 1), targets.flatten())
        loss.backward()
        nn.utils.clip_grad_norm_(model.parameters(), 5.0)
        optimizer.step()
        return loss

    def wait():
        if device.type == "cuda":
            torch.cuda.synchronize()

    for number in range(options.warm_up):
        step(number)
    wait()
    start = time.perf_counter()
    for number in range(options.steps):
        loss = step(number)
    wait()
    seconds = time.perf_counter() - start
    tokens_done = options.steps * options.steps_per_batch * options.batch_size
    print(json.dumps({"tokens_per_second": tokens_done / seconds, "seconds": seconds, "loss": loss.item(), "torch": torch.__version__}))


if __name__ == "__main__":
    main()
