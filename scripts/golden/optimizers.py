#!/usr/bin/python3
"""Writes where PyTorch's optimizers that TorchSharp lacks or has otherwise take the weights of OptimizerTests in ten steps.

    /usr/bin/python3 scripts/golden/optimizers.py
"""
import json
import pathlib

import torch

FILE = pathlib.Path(__file__).resolve().parents[2] / "tests" / "RnnTrain.Torch.Tests" / "golden" / "optimizers.json"
RATE = 0.05


class NAdam:
    """torch.optim.NAdam as it is from PyTorch 2.0 on; 1.13 has one factor mu too many in the product of the next step."""

    def __init__(self, parameters, betas, eps, weight_decay, momentum_decay):
        self.parameters, (self.beta1, self.beta2), self.eps = parameters, betas, eps
        self.weight_decay, self.momentum_decay = weight_decay, momentum_decay
        self.memory = [[torch.zeros_like(p), torch.zeros_like(p)] for p in parameters]
        self.t, self.product = 0, 1.0

    def momentum(self, t):
        return self.beta1 * (1 - 0.5 * 0.96 ** (t * self.momentum_decay))

    @torch.no_grad()
    def step(self):
        self.t += 1
        mu, following = self.momentum(self.t), self.momentum(self.t + 1)
        self.product *= mu
        for p, (mean, square) in zip(self.parameters, self.memory):
            gradient = p.grad + self.weight_decay * p
            mean.mul_(self.beta1).add_(gradient, alpha=1 - self.beta1)
            square.mul_(self.beta2).addcmul_(gradient, gradient, value=1 - self.beta2)
            denominator = (square / (1 - self.beta2**self.t)).sqrt() + self.eps
            p -= RATE * (1 - mu) / (1 - self.product) * gradient / denominator
            p -= RATE * following / (1 - self.product * following) * mean / denominator


CASES = {
    "nadam": lambda p: NAdam(p, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.1, momentum_decay=0.01),
    "radam": lambda p: torch.optim.RAdam(p, RATE, betas=(0.8, 0.95), eps=1e-6, weight_decay=0.1),
    "radam that never relies on its squares": lambda p: torch.optim.RAdam(p, RATE, betas=(0.8, 0.5)),
}


def weights():
    matrix = (torch.arange(12, dtype=torch.float32) * 0.1 - 0.5).reshape(3, 4)
    bias = torch.arange(4, dtype=torch.float32) * 0.3
    return [matrix.requires_grad_(), bias.requires_grad_()]


def ten_steps(make):
    parameters = weights()
    optimizer = make(parameters)
    for step in range(10):
        for parameter in parameters:
            parameter.grad = (torch.arange(parameter.numel(), dtype=torch.float32) + step).sin().reshape(parameter.shape)
        optimizer.step()
    return [float(f"{value:.9g}") for parameter in parameters for value in parameter.detach().flatten().tolist()]


def averaged():
    parameters = weights()
    optimizer = torch.optim.ASGD(parameters, RATE, lambd=0, t0=3, weight_decay=0.1)
    for step in range(10):
        for parameter in parameters:
            parameter.grad = (torch.arange(parameter.numel(), dtype=torch.float32) + step).sin().reshape(parameter.shape)
        optimizer.step()
    return [float(f"{value:.9g}") for parameter in parameters for value in optimizer.state[parameter]["ax"].flatten().tolist()]


FILE.write_text("{\n" + ",\n".join(f"  {json.dumps(name)}: {json.dumps(ten_steps(make))}" for name, make in CASES.items()) + f',\n  "asgd, averaged": {json.dumps(averaged())}' + "\n}\n")
print(FILE.name, len(CASES), "cases")
