#!/usr/bin/python3
"""Writes what PyTorch computes for the tests of TorchSharp.Lite's modules, losses and optimizers.

    /usr/bin/python3 scripts/golden/lite_nn.py

Everything is double precision, and every input and weight is fill(shape, seed, scale), which the tests compute alike, so that no
random generator has to agree. A golden file maps a case to named lists of numbers.
"""
import itertools
import json
import math
import pathlib

import torch
import torch.nn.functional as F

FOLDER = pathlib.Path(__file__).resolve().parents[2] / "tests" / "TorchSharp.Lite.Tests" / "golden"


def fill(shape, seed, scale=1.0):
    count = math.prod(shape)
    values = [((i * 37 + seed * 11) % 101 - 50) / 50 * scale for i in range(count)]
    return torch.tensor(values, dtype=torch.float64).reshape(shape)


def numbers(tensor):
    return [float(f"{value:.13g}") for value in tensor.detach().reshape(-1).tolist()]


def write(name, cases):
    FOLDER.mkdir(parents=True, exist_ok=True)
    lines = ",\n".join(f"  {json.dumps(case)}: {json.dumps(content)}" for case, content in cases.items())
    (FOLDER / name).write_text("{\n" + lines + "\n}\n")
    print(name, len(cases), "cases")


def leaf(shape, seed, scale=1.0):
    return fill(shape, seed, scale).requires_grad_()


def fill_parameters(module, scale=0.5):
    with torch.no_grad():
        for seed, parameter in enumerate(module.parameters(), start=1):
            parameter.copy_(fill(list(parameter.shape), seed, scale))


def checksums(module):
    """One number a parameter: its gradient times a fixed tensor, summed."""
    return [float(f"{(p.grad * fill(list(p.shape), 99)).sum().item():.13g}") for p in module.parameters()]


def weighted(tensor, seed):
    return (tensor * fill(list(tensor.shape), seed)).sum()


# ----------------------------------------------------------------------------------------------------------- recurrent

def recurrent():
    cases = {}
    for kind, layers, bidirectional, batch_first, bias in itertools.product(
            ["lstm", "gru", "tanh", "relu"], [1, 2], [False, True], [False, True], [True, False]):
        if batch_first and not bias:
            continue
        torch.manual_seed(0)
        options = dict(num_layers=layers, bidirectional=bidirectional, batch_first=batch_first, bias=bias, dtype=torch.float64)
        if kind == "lstm":
            module = torch.nn.LSTM(3, 4, **options)
        elif kind == "gru":
            module = torch.nn.GRU(3, 4, **options)
        else:
            module = torch.nn.RNN(3, 4, nonlinearity=kind, **options)
        fill_parameters(module)
        x = leaf([2, 5, 3] if batch_first else [5, 2, 3], 51)
        directions = 2 if bidirectional else 1
        h0 = leaf([layers * directions, 2, 4], 52)
        if kind == "lstm":
            c0 = leaf([layers * directions, 2, 4], 53)
            output, (h, c) = module(x, (h0, c0))
            loss = weighted(output, 61) + weighted(h, 62) + weighted(c, 63)
        else:
            output, h = module(x, h0)
            loss = weighted(output, 61) + weighted(h, 62)
        loss.backward()
        case = dict(output=numbers(output), h=numbers(h), input_grad=numbers(x.grad), h0_grad=numbers(h0.grad),
                    parameters=checksums(module))
        if kind == "lstm":
            case["c"] = numbers(c)
        name = [kind, str(layers)] + ["bidirectional"] * bidirectional + ["batch_first"] * batch_first + ["no_bias"] * (not bias)
        cases[" ".join(name)] = case
    for kind in ["lstm", "gru", "tanh", "relu"]:
        if kind == "lstm":
            cell = torch.nn.LSTMCell(3, 4, dtype=torch.float64)
        elif kind == "gru":
            cell = torch.nn.GRUCell(3, 4, dtype=torch.float64)
        else:
            cell = torch.nn.RNNCell(3, 4, nonlinearity=kind, dtype=torch.float64)
        fill_parameters(cell)
        x, h0, c0 = leaf([2, 3], 51), leaf([2, 4], 52), leaf([2, 4], 53)
        h = cell(x, (h0, c0)) if kind == "lstm" else cell(x, h0)
        loss = weighted(h[0], 61) + weighted(h[1], 62) if kind == "lstm" else weighted(h, 61)
        loss.backward()
        output = torch.stack(h) if kind == "lstm" else h
        cases[f"{kind} cell"] = dict(output=numbers(output), input_grad=numbers(x.grad), parameters=checksums(cell))
    write("recurrent.json", cases)


# -------------------------------------------------------------------------------------------------------------- losses

def losses():
    cases = {}

    def add(name, shape, function, seed=1, scale=1.0):
        x = leaf(shape, seed, scale)
        value = function(x)
        weighted(value, 71).backward()
        cases[name] = dict(loss=numbers(value), grad=numbers(x.grad))

    classes = torch.tensor([1, 0, 4, 2])
    ignoring = torch.tensor([1, -100, 4, 2])
    weight = (fill([5], 9) + 1.5)
    for reduction in ["none", "mean", "sum"]:
        for smoothing in [0.0, 0.1]:
            add(f"cross_entropy {reduction} {smoothing}", [4, 5],
                lambda x: F.cross_entropy(x, classes, reduction=reduction, label_smoothing=smoothing))
            add(f"cross_entropy weight {reduction} {smoothing}", [4, 5],
                lambda x: F.cross_entropy(x, ignoring, weight, reduction=reduction, label_smoothing=smoothing))
    add("cross_entropy ignore_index", [4, 5], lambda x: F.cross_entropy(x, classes, ignore_index=4))
    add("cross_entropy distributions", [4, 5], lambda x: F.cross_entropy(x, torch.softmax(fill([4, 5], 3), 1)))
    add("cross_entropy time", [2, 5, 3], lambda x: F.cross_entropy(x, torch.tensor([[1, 0, 4], [2, 3, 3]])))
    for reduction in ["none", "mean", "sum"]:
        add(f"nll_loss {reduction}", [4, 5], lambda x: F.nll_loss(F.log_softmax(x, 1), classes, weight, reduction=reduction))
        add(f"mse_loss {reduction}", [3, 4], lambda x: F.mse_loss(x, fill([3, 4], 2), reduction=reduction))
        add(f"l1_loss {reduction}", [3, 4], lambda x: F.l1_loss(x, fill([3, 4], 2), reduction=reduction))
        add(f"smooth_l1_loss {reduction}", [3, 4], lambda x: F.smooth_l1_loss(x, fill([3, 4], 2), reduction=reduction, beta=0.5))
        add(f"huber_loss {reduction}", [3, 4], lambda x: F.huber_loss(x, fill([3, 4], 2), reduction=reduction, delta=0.5))
        targets = (fill([3, 4], 2) + 1) / 2
        add(f"bce_with_logits {reduction}", [3, 4], lambda x: F.binary_cross_entropy_with_logits(x, targets, reduction=reduction))
        add(f"bce_with_logits weights {reduction}", [3, 4], lambda x: F.binary_cross_entropy_with_logits(
            x, targets, fill([3, 4], 4) + 1.5, reduction=reduction, pos_weight=fill([4], 5) + 1.5))
        add(f"bce {reduction}", [3, 4], lambda x: F.binary_cross_entropy(torch.sigmoid(x), targets, reduction=reduction))
        distribution = torch.softmax(fill([3, 4], 2), 1)
        add(f"kl_div {reduction}", [3, 4], lambda x: F.kl_div(F.log_softmax(x, 1), distribution, reduction=reduction))
        add(f"kl_div log_target {reduction}", [3, 4], lambda x: F.kl_div(
            F.log_softmax(x, 1), distribution.log(), reduction=reduction, log_target=True))
        add(f"poisson {reduction}", [3, 4], lambda x: F.poisson_nll_loss(x, fill([3, 4], 2) + 2, reduction=reduction, full=True))
        for layout, labels in [("padded", torch.tensor([[1, 2, 2], [3, 1, 0]])), ("row", torch.tensor([1, 2, 2, 3, 1]))]:
            add(f"ctc {layout} {reduction}", [7, 2, 4], lambda x: F.ctc_loss(
                F.log_softmax(x, 2), labels, torch.tensor([7, 5]), torch.tensor([3, 2]), reduction=reduction))
    add("ctc zero_infinity", [3, 1, 4], lambda x: F.ctc_loss(
        F.log_softmax(x, 2), torch.tensor([[1, 1, 1]]), torch.tensor([3]), torch.tensor([3]), zero_infinity=True))
    add("ctc blank", [4, 1, 4], lambda x: F.ctc_loss(
        F.log_softmax(x, 2), torch.tensor([[1, 0]]), torch.tensor([4]), torch.tensor([2]), blank=3))
    write("losses.json", cases)


# -------------------------------------------------------------------------------------------------------------- layers

def layers():
    cases = {}

    def add(name, module, x, train=True):
        if list(module.parameters()):
            fill_parameters(module)
        module.train(train)
        output = module(x)
        weighted(output, 61).backward()
        cases[name] = dict(output=numbers(output), grad=[] if x.grad is None else numbers(x.grad), parameters=checksums(module))

    d = dict(dtype=torch.float64)
    add("linear", torch.nn.Linear(3, 4, **d), leaf([2, 5, 3], 51))
    add("linear no_bias", torch.nn.Linear(3, 4, bias=False, **d), leaf([2, 3], 51))
    symbols = torch.tensor([[1, 2, 0], [4, 1, 1]])
    add("embedding", torch.nn.Embedding(5, 3, **d), symbols)
    add("embedding padding", torch.nn.Embedding(5, 3, padding_idx=1, **d), symbols)
    add("embedding padding from the end", torch.nn.Embedding(5, 3, padding_idx=-1, **d), symbols)
    add("embedding max_norm", torch.nn.Embedding(5, 3, max_norm=0.4, **d), symbols)
    add("embedding scaled", torch.nn.Embedding(5, 3, scale_grad_by_freq=True, **d), symbols)
    add("layer_norm", torch.nn.LayerNorm(4, **d), leaf([2, 3, 4], 51))
    add("layer_norm two axes", torch.nn.LayerNorm([3, 4], eps=0.1, **d), leaf([2, 3, 4], 51))
    add("layer_norm plain", torch.nn.LayerNorm(4, elementwise_affine=False, **d), leaf([2, 3, 4], 51))
    for name, make, shape in [("batch_norm1d", torch.nn.BatchNorm1d, [4, 3]), ("batch_norm1d time", torch.nn.BatchNorm1d, [4, 3, 5]),
                              ("batch_norm2d", torch.nn.BatchNorm2d, [2, 3, 4, 5])]:
        norm = make(3, momentum=0.3, **d)
        add(f"{name} training", norm, leaf(shape, 51))
        cases[f"{name} training"]["mean"] = numbers(norm.running_mean)
        cases[f"{name} training"]["variance"] = numbers(norm.running_var)
        norm.zero_grad()
        add(f"{name} evaluation", norm, leaf(shape, 54), train=False)
    add("conv1d", torch.nn.Conv1d(4, 6, 3, stride=2, padding=1, dilation=2, groups=2, **d), leaf([2, 4, 9], 51))
    add("conv1d same", torch.nn.Conv1d(4, 6, 4, padding="same", **d), leaf([2, 4, 9], 51))
    add("conv1d circular", torch.nn.Conv1d(4, 6, 3, padding=2, padding_mode="circular", **d), leaf([2, 4, 9], 51))
    add("conv1d replicate", torch.nn.Conv1d(4, 6, 3, padding=2, padding_mode="replicate", bias=False, **d), leaf([2, 4, 9], 51))
    add("conv2d", torch.nn.Conv2d(2, 3, (3, 2), stride=(2, 1), padding=(1, 0), **d), leaf([2, 2, 5, 4], 51))
    add("conv2d same", torch.nn.Conv2d(2, 3, 3, padding="same", **d), leaf([1, 2, 4, 4], 51))
    add("conv2d reflect", torch.nn.Conv2d(2, 3, 3, padding=1, padding_mode="reflect", **d), leaf([1, 2, 4, 4], 51))
    add("max_pool1d", torch.nn.MaxPool1d(3, stride=2, padding=1), leaf([2, 3, 8], 51))
    add("max_pool2d", torch.nn.MaxPool2d(2), leaf([2, 3, 4, 6], 51))
    add("avg_pool1d", torch.nn.AvgPool1d(3, stride=2, padding=1, count_include_pad=False), leaf([2, 3, 8], 51))
    add("adaptive_avg_pool1d", torch.nn.AdaptiveAvgPool1d(3), leaf([2, 3, 8], 51))
    add("adaptive_avg_pool2d", torch.nn.AdaptiveAvgPool2d((2, 3)), leaf([1, 2, 5, 7], 51))
    for name, module in [("relu", torch.nn.ReLU()), ("tanh", torch.nn.Tanh()), ("sigmoid", torch.nn.Sigmoid()), ("silu", torch.nn.SiLU()),
                         ("gelu", torch.nn.GELU()), ("gelu tanh", torch.nn.GELU(approximate="tanh")), ("elu", torch.nn.ELU(0.7)),
                         ("leaky_relu", torch.nn.LeakyReLU(0.2)), ("hardtanh", torch.nn.Hardtanh(-0.5, 0.6)),
                         ("softplus", torch.nn.Softplus(2, 1)), ("softmax", torch.nn.Softmax(1)), ("log_softmax", torch.nn.LogSoftmax(0)),
                         ("flatten", torch.nn.Flatten())]:
        add(name, module, leaf([3, 4], 51, 2.0))
    write("layers.json", cases)


def functions():
    x, y = fill([3, 4], 51), fill([3, 4], 52)
    cases = {
        "normalize": F.normalize(x, p=2, dim=1), "normalize p 1": F.normalize(x, p=1, dim=0),
        "cosine_similarity": F.cosine_similarity(x, y, dim=1), "pairwise_distance": F.pairwise_distance(x, y),
        "glu": F.glu(x, 1), "logsigmoid": F.logsigmoid(x),
        "pad": F.pad(x, [1, 2], value=0.5), "pad two": F.pad(x, [1, 0, 0, 2]), "pad reflect": F.pad(x, [1, 2], mode="reflect"),
        "one_hot": F.one_hot(torch.tensor([1, 0, 2]), 4).double(),
        "group_norm": F.group_norm(fill([2, 4, 3], 51), 2, fill([4], 1), fill([4], 2)),
        "bilinear": F.bilinear(x, y, fill([2, 4, 4], 1), fill([2], 2)),
        "cosine_embedding_loss": F.cosine_embedding_loss(x, y, torch.tensor([1, -1, 1]), margin=0.1),
        "margin_ranking_loss": F.margin_ranking_loss(x, y, torch.sign(fill([3, 4], 3)), margin=0.1),
    }
    write("functions.json", {name: dict(output=numbers(value)) for name, value in cases.items()})


# ---------------------------------------------------------------------------------------------------------- optimizers

def optimizers():
    def combine(**options):
        names = list(options)
        return [dict(zip(names, values)) for values in itertools.product(*options.values())]

    table = [
        ("sgd", torch.optim.SGD, combine(lr=[0.1], weight_decay=[0.0, 0.05]) + combine(lr=[0.1], maximize=[True])
         + combine(lr=[0.1], momentum=[0.9], weight_decay=[0.0, 0.05], dampening=[0.0, 0.2])
         + combine(lr=[0.1], momentum=[0.8], nesterov=[True], weight_decay=[0.05])),
        ("adam", torch.optim.Adam, combine(lr=[0.1], weight_decay=[0.0, 0.05], amsgrad=[False, True], maximize=[False, True])
         + combine(lr=[0.05], beta1=[0.7], beta2=[0.8], eps=[0.01])),
        ("adamw", torch.optim.AdamW, combine(lr=[0.1], weight_decay=[0.0, 0.05], amsgrad=[False, True], maximize=[False, True])
         + combine(lr=[0.05], beta1=[0.7], beta2=[0.8], eps=[0.01], weight_decay=[0.1])),
        ("rmsprop", torch.optim.RMSprop, combine(
            lr=[0.1], alpha=[0.9], weight_decay=[0.0, 0.05], momentum=[0.0, 0.8], centered=[False, True])
         + combine(lr=[0.1], maximize=[True])),
        ("adagrad", torch.optim.Adagrad, combine(
            lr=[0.1], lr_decay=[0.0, 0.1], weight_decay=[0.0, 0.05], initial_accumulator_value=[0.0, 0.2])),
        ("adadelta", torch.optim.Adadelta,
         combine(lr=[1.0], rho=[0.9, 0.5], weight_decay=[0.0, 0.05]) + combine(lr=[1.0], maximize=[True])),
        ("asgd", torch.optim.ASGD, combine(lr=[0.1], lambd=[1e-4, 0.1], t0=[1e6, 2.0], weight_decay=[0.0, 0.05])),
    ]
    cases = {}
    for name, make, combinations in table:
        for options in combinations:
            given = dict(options)
            if "beta1" in given or "beta2" in given:
                given["betas"] = (given.pop("beta1", 0.9), given.pop("beta2", 0.999))
            if name == "adamw":
                given.setdefault("weight_decay", 0.0)
            a, b = leaf([3, 2], 1), leaf([4], 2)
            optimizer = make([a, b], **given)
            for _ in range(5):
                optimizer.zero_grad()
                loss = ((a - fill([3, 2], 3)) ** 2 * (fill([3, 2], 4) + 1.5)).sum() + (b ** 4).sum() / 4
                loss.backward()
                optimizer.step()
            case = name + "".join(f" {key}={value}" for key, value in options.items())
            cases[case] = dict(a=numbers(a), b=numbers(b))
    write("optimizers.json", cases)


if __name__ == "__main__":
    torch.set_default_dtype(torch.float64)
    recurrent()
    losses()
    layers()
    functions()
    optimizers()
