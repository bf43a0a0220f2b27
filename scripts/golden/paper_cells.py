#!/usr/bin/python3
"""Golden numbers of the cells that PyTorch lacks, for the tests of cells.

    /usr/bin/python3 scripts/golden/paper_cells.py

writes tests/RnnTrain.Torch.Tests/golden/paper_cells.json. Each cell is written down here a second time, from the equations of its
paper and without any trick: one example at a time, each gate by itself, no stabiliser where the paper's plain equations have none.
Weights and inputs come from the formula of cells.py, in double precision.
"""

import json
import os

import torch
from torch import sigmoid, tanh

from cells import formula, numbers

TIME, BATCH, INPUT, HIDDEN = 4, 3, 2, 4
FUNCTIONS = {"tanh": tanh, "relu": torch.relu, "sigmoid": sigmoid}


def gates(weights, names, matrix):
    """The blocks of a matrix or vector, one a gate."""
    return dict(zip(names, weights[matrix].chunk(len(names), 0)))


def elman(w, o, x, state):
    (h,) = state
    h = FUNCTIONS[o["activation"]](w["weight_ih"] @ x + w["bias_ih"] + w["weight_hh"] @ h + w["bias_hh"])
    return h, [h]


def jordan(w, o, x, state):
    f = FUNCTIONS[o["activation"]]
    (y,) = state
    h = f(w["weight_ih"] @ x + w["weight_hh"] @ y + w["bias_ih"])
    y = f(w["weight_hy"] @ h + w["bias_hy"])
    return y, [y]


def ind_rnn(w, o, x, state):
    (h,) = state
    h = FUNCTIONS[o["activation"]](w["weight_ih"] @ x + w["weight_hh"] * h + w["bias_ih"])
    return h, [h]


def layer_norm(v, gain, bias):
    return gain * (v - v.mean()) / torch.sqrt(((v - v.mean()) ** 2).mean() + 1e-5) + bias


def lstm(w, o, x, state):
    h, c = state
    names = "fgo" if o["coupled_gates"] else "ifgo"
    a, b = w["weight_ih"] @ x, w["weight_hh"] @ h
    if o["layer_normalization"]:
        total = layer_norm(a, w["gain_ih"], w["bias_ih"]) + layer_norm(b, w["gain_hh"], w["bias_hh"])
    else:
        total = a + w["bias_ih"] + b + w["bias_hh"]
    s = dict(zip(names, total.chunk(len(names))))
    peep = gates(w, names.replace("g", ""), "weight_ch") if o["peepholes"] else {}
    f = sigmoid(s["f"] + (peep["f"] * c if peep else 0))
    if o["coupled_gates"]:
        i = 1 - f
    else:
        i = sigmoid(s["i"] + (peep["i"] * c if peep else 0))
    c = f * c + i * tanh(s["g"])
    out = sigmoid(s["o"] + (peep["o"] * c if peep else 0))
    h = out * tanh(layer_norm(c, w["gain_c"], w["bias_c"]) if o["layer_normalization"] else c)
    if o["projection"]:
        h = w["weight_hr"] @ h
    return h, [h, c]


def gru_before(w, o, x, state):
    (h,) = state
    wi, wh, bi, bh = (gates(w, "rzn", name) for name in ("weight_ih", "weight_hh", "bias_ih", "bias_hh"))
    r = sigmoid(wi["r"] @ x + bi["r"] + wh["r"] @ h + bh["r"])
    z = sigmoid(wi["z"] @ x + bi["z"] + wh["z"] @ h + bh["z"])
    n = tanh(wi["n"] @ x + bi["n"] + wh["n"] @ (r * h) + bh["n"])
    h = (1 - z) * n + z * h
    return h, [h]


def multiplicative_lstm(w, o, x, state):
    h, c = state
    m = (w["weight_im"] @ x) * (w["weight_hm"] @ h)
    wi, wm, b = (gates(w, "ifgo", name) for name in ("weight_ih", "weight_mh", "bias_ih"))
    s = {gate: wi[gate] @ x + wm[gate] @ m + b[gate] for gate in "ifgo"}
    c = sigmoid(s["f"]) * c + sigmoid(s["i"]) * tanh(s["g"])
    h = sigmoid(s["o"]) * tanh(c)
    return h, [h, c]


def forget(o, total):
    return torch.exp(total) if o.get("forget_gate") == "exponential" else sigmoid(total)


def slstm(w, o, x, state):
    """The state is divided by exp(m). Here the plain equations 8 to 14 hold, of what is multiplied back; m itself is equation 15."""
    h, c, n, m = state
    heads = o["heads"]
    size = HIDDEN // heads
    a = gates(w, "ifzo", "weight_ih")
    b = gates(w, "ifzo", "bias_ih")
    recurrent = {gate: [] for gate in "ifzo"}
    for head, block in enumerate(w["weight_hh"].chunk(heads, 0)):
        own = h[head * size : (head + 1) * size]
        for gate, matrix in zip("ifzo", block.chunk(4, 0)):
            recurrent[gate].append(matrix @ own)
    s = {gate: a[gate] @ x + b[gate] + torch.cat(recurrent[gate]) for gate in "ifzo"}
    i, f = torch.exp(s["i"]), forget(o, s["f"])
    true_c = f * c * torch.exp(m) + i * tanh(s["z"])
    true_n = f * n * torch.exp(m) + i
    h = sigmoid(s["o"]) * true_c / true_n
    m = torch.maximum(torch.log(f) + m, s["i"])
    return h, [h, true_c / torch.exp(m), true_n / torch.exp(m), m]


def mlstm(w, o, x, state):
    """As slstm: equations 19 to 27 without the stabiliser, of the state multiplied back."""
    memory, n, m = state
    heads = o["heads"]
    size = HIDDEN // heads
    q, k, v, out = (w["weight_ih"].chunk(4, 0)[block] @ x for block in range(4))
    bq, bk, bv, bo = w["bias_ih"].chunk(4, 0)
    q, k, v, out = q + bq, k / size**0.5 + bk, v + bv, sigmoid(out + bo)
    sums = w["weight_gates"] @ x + w["bias_gates"]
    h, parts = [], ([], [], [])
    for head in range(heads):
        part = slice(head * size, (head + 1) * size)
        i, f, scale = torch.exp(sums[head]), forget(o, sums[heads + head]), torch.exp(m[head])
        true_c = f * memory[head] * scale + i * torch.outer(v[part], k[part])
        true_n = f * n[head] * scale + i * k[part]
        h.append(out[part] * (true_c @ q[part]) / torch.clamp((true_n @ q[part]).abs(), min=1))
        new_m = torch.maximum(torch.log(f) + m[head], sums[head])
        for values, value in zip(parts, (true_c / torch.exp(new_m), true_n / torch.exp(new_m), new_m)):
            values.append(value)
    return torch.cat(h), [torch.stack(values) for values in parts]


def lstm_shapes(o):
    rows = (3 if o["coupled_gates"] else 4) * HIDDEN
    out = o["projection"] or HIDDEN
    shapes = {"weight_ih": [rows, INPUT], "weight_hh": [rows, out], "bias_ih": [rows], "bias_hh": [rows]}
    if o["projection"]:
        shapes["weight_hr"] = [out, HIDDEN]
    if o["peepholes"]:
        shapes["weight_ch"] = [rows - HIDDEN]
    if o["layer_normalization"]:
        shapes.update(gain_ih=[rows], gain_hh=[rows], gain_c=[HIDDEN], bias_c=[HIDDEN])
    return shapes, {"h": [out], "c": [HIDDEN]}


def rnn_shapes(o):
    return {"weight_ih": [HIDDEN, INPUT], "weight_hh": [HIDDEN, HIDDEN], "bias_ih": [HIDDEN], "bias_hh": [HIDDEN]}, {"h": [HIDDEN]}


def jordan_shapes(o):
    square = [HIDDEN, HIDDEN]
    return {"weight_ih": [HIDDEN, INPUT], "weight_hh": square, "weight_hy": square, "bias_ih": [HIDDEN], "bias_hy": [HIDDEN]}, {"y": [HIDDEN]}


def ind_rnn_shapes(o):
    return {"weight_ih": [HIDDEN, INPUT], "weight_hh": [HIDDEN], "bias_ih": [HIDDEN]}, {"h": [HIDDEN]}


def gru_shapes(o):
    rows = 3 * HIDDEN
    return {"weight_ih": [rows, INPUT], "weight_hh": [rows, HIDDEN], "bias_ih": [rows], "bias_hh": [rows]}, {"h": [HIDDEN]}


def multiplicative_lstm_shapes(o):
    rows = 4 * HIDDEN
    shapes = {"weight_ih": [rows, INPUT], "weight_im": [HIDDEN, INPUT], "weight_hm": [HIDDEN, HIDDEN], "weight_mh": [rows, HIDDEN], "bias_ih": [rows]}
    return shapes, {"h": [HIDDEN], "c": [HIDDEN]}


def slstm_shapes(o):
    rows = 4 * HIDDEN
    shapes = {"weight_ih": [rows, INPUT], "weight_hh": [rows, HIDDEN // o["heads"]], "bias_ih": [rows]}
    return shapes, {name: [HIDDEN] for name in "hcnm"}


def mlstm_shapes(o):
    heads, size = o["heads"], HIDDEN // o["heads"]
    shapes = {"weight_ih": [4 * HIDDEN, INPUT], "weight_gates": [2 * heads, INPUT], "bias_ih": [4 * HIDDEN], "bias_gates": [2 * heads]}
    return shapes, {"c": [heads, size, size], "n": [heads, size], "m": [heads]}


LSTM = {"peepholes": False, "projection": None, "layer_normalization": False, "coupled_gates": False}
CELLS = {
    "elman": (elman, rnn_shapes, [{"activation": "sigmoid"}]),
    "jordan": (jordan, jordan_shapes, [{"activation": name} for name in FUNCTIONS]),
    "ind_rnn": (ind_rnn, ind_rnn_shapes, [{"activation": name} for name in FUNCTIONS]),
    "lstm": (
        lstm,
        lstm_shapes,
        [
            {**LSTM, "peepholes": bool(k & 1), "projection": 2 if k & 2 else None, "layer_normalization": bool(k & 4), "coupled_gates": bool(k & 8)}
            for k in range(1, 16)
        ],
    ),
    "gru": (gru_before, gru_shapes, [{"reset_after": False}]),
    "multiplicative_lstm": (multiplicative_lstm, multiplicative_lstm_shapes, [{}]),
    "slstm": (slstm, slstm_shapes, [{"heads": heads, "forget_gate": name} for heads in (1, 2) for name in ("sigmoid", "exponential")]),
    "mlstm": (mlstm, mlstm_shapes, [{"heads": heads} for heads in (1, 2, 4)]),
}
PHASES = {"h": 0.3, "y": 0.3, "c": 0.4, "n": 0.5, "m": 0.6}


def case(name, options):
    step, shapes, _ = CELLS[name]
    weight_shapes, state_shapes = shapes(options)
    weights = {key: formula(shape, i + 1).requires_grad_() for i, (key, shape) in enumerate(weight_shapes.items())}
    data = formula([TIME, BATCH, INPUT], 0.2).requires_grad_()
    start = {part: formula([BATCH] + shape, PHASES[part]) + (1 if part == "n" else 0) for part, shape in state_shapes.items()}
    start = {part: value.requires_grad_() for part, value in start.items()}
    outputs, ends = [], []
    for example in range(BATCH):
        state, steps = [value[example] for value in start.values()], []
        for t in range(TIME):
            out, state = step(weights, options, data[t, example], state)
            steps.append(out)
        outputs.append(torch.stack(steps))
        ends.append(state)
    output = torch.stack(outputs, 1)  # [time, batch, output]
    final = [torch.stack(parts) for parts in zip(*ends)]  # [batch, ...] each
    loss = (output * formula(output.shape, 0.5)).sum() + sum((end * formula(end.shape, 0.6)).sum() for end in final)
    loss.backward()
    return {
        "cell": name,
        "options": {key: str(value).lower() for key, value in options.items() if value is not None},
        "output": numbers(output),
        "final": [numbers(end) for end in final],
        "input_gradient": numbers(data.grad),
        "state_gradients": [numbers(value.grad) for value in start.values()],
        "gradients": {key: numbers(value.grad) for key, value in weights.items()},
    }


def main():
    cases = [case(name, options) for name, (_, _, every) in CELLS.items() for options in every]
    root = os.path.join(os.path.dirname(os.path.abspath(__file__)), "..", "..")
    path = os.path.join(root, "tests", "RnnTrain.Torch.Tests", "golden", "paper_cells.json")
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        json.dump({"torch": torch.__version__, "cases": cases}, file, separators=(",", ":"))
        file.write("\n")


if __name__ == "__main__":
    main()
