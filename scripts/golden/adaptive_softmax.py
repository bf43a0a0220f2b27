#!/usr/bin/python3
"""Golden numbers of PyTorch's nn.AdaptiveLogSoftmaxWithLoss.

    /usr/bin/python3 scripts/golden/adaptive_softmax.py

writes tests/RnnTrain.Torch.Tests/golden/adaptive_softmax.json. Weights and inputs come from the formula of cells.py.
"""

import json
import os

import torch
from cells import fill, formula, numbers

ROWS, HIDDEN, VOCABULARY, CUTOFFS, DIV_VALUE = 9, 6, 17, [5, 9], 2.0

layer = torch.nn.AdaptiveLogSoftmaxWithLoss(HIDDEN, VOCABULARY, CUTOFFS, div_value=DIV_VALUE).double()
fill(layer)
hidden = formula([ROWS, HIDDEN], 0.7).requires_grad_()
targets = torch.tensor([7 * row % VOCABULARY for row in range(ROWS)])
_, loss = layer(hidden, targets)
loss.backward()
golden = {
    "names": [name for name, _ in layer.named_parameters()],
    "log_probabilities": numbers(layer.log_prob(hidden)),
    "predictions": layer.predict(hidden).tolist(),
    "loss": float(f"{loss.item():.12g}"),
    "hidden_gradient": numbers(hidden.grad),
    "gradients": [numbers(parameter.grad) for parameter in layer.parameters()],
}
path = os.path.join(os.path.dirname(__file__), "../../tests/RnnTrain.Torch.Tests/golden/adaptive_softmax.json")
with open(path, "w", encoding="utf-8") as file:
    json.dump(golden, file, separators=(",", ":"))
    file.write("\n")
