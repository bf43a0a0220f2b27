#!/usr/bin/python3
"""Golden numbers of PyTorch for the tests of cells, layers and the language model.

    /usr/bin/python3 scripts/golden/cells.py

writes tests/RnnTrain.Torch.Tests/golden/cells.json. Every weight and input comes from a formula, in double precision, so that the
C# tests make the same ones without a random number generator.
"""

import json
import math
import os

import torch
from torch import nn
from torch.nn.utils.rnn import pack_padded_sequence, pad_packed_sequence

TIME, BATCH, INPUT, HIDDEN = 4, 3, 2, 3
LENGTHS = [4, 1, 2]
CELLS = {
    "lstm": lambda **sizes: nn.LSTM(**sizes),
    "gru": lambda **sizes: nn.GRU(**sizes),
    "elman_tanh": lambda **sizes: nn.RNN(nonlinearity="tanh", **sizes),
    "elman_relu": lambda **sizes: nn.RNN(nonlinearity="relu", **sizes),
}


def formula(shape, phase):
    """Values between -0.6 and 0.6: 0.6 sin(phase + 1.7 k), k counted through the tensor. Tests hold the same formula."""
    count = math.prod(shape)
    values = [0.6 * math.sin(phase + 1.7 * k) for k in range(count)]
    return torch.tensor(values, dtype=torch.float64).reshape(shape)


def fill(module):
    """The i-th parameter has phase i + 1."""
    with torch.no_grad():
        for i, parameter in enumerate(module.parameters()):
            parameter.copy_(formula(parameter.shape, i + 1))


def numbers(tensor):
    return [float(f"{value:.12g}") for value in tensor.detach().flatten().tolist()]


def initial_state(name, rows):
    h = formula([rows, BATCH, HIDDEN], 0.3).requires_grad_()
    c = formula([rows, BATCH, HIDDEN], 0.4).requires_grad_()
    return [h, c] if name == "lstm" else [h]


def case(name, layers, bidirectional, padded):
    network = CELLS[name](input_size=INPUT, hidden_size=HIDDEN, num_layers=layers, bidirectional=bidirectional).double()
    fill(network)
    data = formula([TIME, BATCH, INPUT], 0.2).requires_grad_()
    state = initial_state(name, layers * (2 if bidirectional else 1))
    start = tuple(state) if name == "lstm" else state[0]
    if padded:
        packed = pack_padded_sequence(data, LENGTHS, enforce_sorted=False)
        packed, end = network(packed, start)
        output, _ = pad_packed_sequence(packed, total_length=TIME)
    else:
        output, end = network(data, start)
    ends = list(end) if name == "lstm" else [end]
    loss = (output * formula(output.shape, 0.5)).sum()
    loss = loss + sum((e * formula(e.shape, 0.6)).sum() for e in ends)
    loss.backward()
    return {
        "cell": name,
        "layers": layers,
        "bidirectional": bidirectional,
        "lengths": LENGTHS if padded else None,
        "output": numbers(output),
        "final": [numbers(e) for e in ends],
        "input_gradient": numbers(data.grad),
        "state_gradients": [numbers(s.grad) for s in state],
        "gradients": {n: numbers(p.grad) for n, p in network.named_parameters()},
    }


class LanguageModel(nn.Module):
    def __init__(self, vocabulary, features, hidden, layers):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, features)
        self.recurrent = nn.LSTM(features, hidden, layers)
        self.output = nn.Linear(hidden, vocabulary)

    def forward(self, tokens, state):
        hidden, state = self.recurrent(self.embedding(tokens), state)
        return self.output(hidden.flatten(0, 1)), state


def language_model():
    """Five windows of a formula's text: state carried over, plain SGD."""
    vocabulary, time, batch = 5, 6, 2
    model = LanguageModel(vocabulary, 4, 3, 2).double()
    fill(model)
    state, losses = None, []
    for step in range(5):
        text = torch.tensor([[(7 * (step * time + t) + 3 * b + t * t) % vocabulary for b in range(batch)] for t in range(time + 1)])
        logits, state = model(text[:-1], state)
        state = tuple(s.detach() for s in state)
        loss = nn.functional.cross_entropy(logits, text[1:].flatten())
        model.zero_grad()
        loss.backward()
        with torch.no_grad():
            for parameter in model.parameters():
                parameter -= 0.5 * parameter.grad
        losses.append(float(f"{loss.item():.12g}"))
    return {"names": [n for n, _ in model.named_parameters()], "losses": losses, "state": [numbers(s) for s in state]}


def main():
    golden = {
        "torch": torch.__version__,
        "cases": [case(name, *rest) for name in CELLS for rest in ((1, False, False), (1, False, True), (2, True, True))],
        "language_model": language_model(),
    }
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
    path = os.path.join(root, "tests", "RnnTrain.Torch.Tests", "golden", "cells.json")
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        json.dump(golden, file, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    main()
