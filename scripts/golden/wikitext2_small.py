#!/usr/bin/env python3
"""Trains the language model of configs/language_modeling/wikitext2_small.yaml in plain PyTorch: what `rnn train` must agree with.

The network and recipe are the small model of Zaremba, Sutskever and Vinyals (2014), "Recurrent Neural Network Regularization":
words, embedding 200, LSTM 2 x 200, no dropout, weights uniform in ±0.1, 20 lanes, windows of 20 steps with carried state, SGD
with learning rate 1, halved in every epoch after the 4th, gradient norm clipped at 5.

The scale of the loss. Zaremba's gradient is that of the loss *summed* over the window's time steps and averaged over the
lanes, and both the learning rate 1 and the norm 5 are meant for it. This is `--loss-reduction sum_over_time`, the default here and
`training.loss_reduction: sum_over_time` in the configuration. With the mean over all tokens of the window instead (`--loss-reduction
mean`), loss and gradient are smaller by the window's 20 steps, and the same steps are taken with `--learning-rate 20 --clip-norm
0.25`: 20 · g/20 = g, and |g/20| > 0.25 where |g| > 5. (The epoch's last window is shorter, so there the two differ slightly.)
The losses that are printed are means in nats a token in either case.

Batches: of the n tokens of the training text, lane b of B holds those from b·L to (b+1)·L with L = floor((n − 1) / B); a window is the
next 20 of every lane and its targets are the tokens one later; the last window of a lane is shorter. The state is zero at
the start of an epoch. Evaluation scores every token but the first, once.

Vocabulary: the words of the training text and <eos> for every end of line, by falling count, equal counts by UTF-16 code units.

With `--weights FILE` the initial weights are read from FILE if it exists (names: embedding.weight, recurrent.weight_ih_l0, …,
output.weight, output.bias), and written to it if not; rows of embedding and output follow the vocabulary's order.

    python3 scripts/golden/wikitext2_small.py --data-root data --weights initial.safetensors --max-steps 20 --print-losses 20
    python3 scripts/golden/wikitext2_small.py --data-root data --weights initial.safetensors --epochs 2
"""

import argparse
import collections
import gzip
import json
import math
import os
import time

import torch
from torch import nn

import safetensors_file

BATCH, STEPS = 20, 20
FEATURES, HIDDEN, LAYERS = 200, 200, 2
RANGE = 0.1
DECAY_AFTER, DECAY_FACTOR = 4, 0.5


class LanguageModel(nn.Module):
    def __init__(self, vocabulary):
        super().__init__()
        self.embedding = nn.Embedding(vocabulary, FEATURES)
        self.recurrent = nn.LSTM(FEATURES, HIDDEN, LAYERS)
        self.output = nn.Linear(HIDDEN, vocabulary)

    def forward(self, tokens, state):
        hidden, state = self.recurrent(self.embedding(tokens), state)  # [time, batch] → [time, batch, hidden]
        return self.output(hidden), state                              # [time, batch, vocabulary]


def read_words(root, split):
    """All words of a split, `<eos>` after each line."""
    path = os.path.join(root, "wikitext-2", f"{split}.txt")
    opener = open
    if not os.path.exists(path):
        path, opener = path + ".gz", gzip.open
    with opener(path, "rb") as file:
        lines = file.read().decode("utf-8").split("\n")
    if lines[-1] == "":
        lines.pop()
    return [word for line in lines for word in line.split() + ["<eos>"]]


def vocabulary_of(words):
    counts = collections.Counter(words)
    ordered = sorted(counts, key=lambda word: (-counts[word], word.encode("utf-16-be", "surrogatepass")))
    return {word: index for index, word in enumerate(ordered)}


def training_lanes(tokens):
    """Inputs and targets, each [time, batch]: contiguous lanes, the remainder left out."""
    length = (len(tokens) - 1) // BATCH
    inputs = tokens[:BATCH * length].view(BATCH, length).t().contiguous()        # [time, batch]
    targets = tokens[1:BATCH * length + 1].view(BATCH, length).t().contiguous()  # [time, batch]
    return inputs, targets


def evaluation_lanes(tokens):
    """As above with nothing left out: the last lane is filled up with targets −100, which the loss ignores."""
    length = -(-(len(tokens) - 1) // BATCH)
    missing = BATCH * length - (len(tokens) - 1)
    inputs = torch.cat([tokens[:-1], tokens.new_zeros(missing)]).view(BATCH, length).t().contiguous()           # [time, batch]
    targets = torch.cat([tokens[1:], tokens.new_full((missing,), -100)]).view(BATCH, length).t().contiguous()   # [time, batch]
    return inputs, targets


def evaluate(model, tokens):
    """Mean loss in nats a token."""
    inputs, targets = evaluation_lanes(tokens)
    total, state = 0.0, None
    with torch.no_grad():
        for start in range(0, len(inputs), STEPS):
            logits, state = model(inputs[start:start + STEPS], state)  # [time, batch, vocabulary]
            losses = nn.functional.cross_entropy(logits.flatten(0, 1), targets[start:start + STEPS].flatten(), reduction="sum")
            total += losses.item()
    return total / (len(tokens) - 1)


def clip(parameters, most):
    """clip_grad_norm_ with the norm in doubles: PyTorch 1.13's float norm of the output matrix's 6.7 million gradients is 0.1 % too small."""
    gradients = [parameter.grad for parameter in parameters]
    norm = sum(gradient.double().square().sum() for gradient in gradients).sqrt().item()
    if norm > most:
        for gradient in gradients:
            gradient.mul_(most / norm)


def train(model, tokens, options, report):
    """Trains for the epochs asked for; calls report(epoch) after each. Returns the mean loss of every step."""
    inputs, targets = training_lanes(tokens)
    losses = []
    for epoch in range(1, options.epochs + 1):
        rate = options.learning_rate * DECAY_FACTOR ** max(0, epoch - DECAY_AFTER)
        optimizer = torch.optim.SGD(model.parameters(), lr=rate)
        state = None
        for start in range(0, len(inputs), STEPS):
            if options.max_steps is not None and len(losses) >= options.max_steps:
                return losses
            window, wanted = inputs[start:start + STEPS], targets[start:start + STEPS]  # [time, batch]
            logits, state = model(window, state)                                        # [time, batch, vocabulary]
            state = tuple(part.detach() for part in state)
            loss = nn.functional.cross_entropy(logits.flatten(0, 1), wanted.flatten())
            scaled = loss * len(window) if options.loss_reduction == "sum_over_time" else loss
            optimizer.zero_grad()
            scaled.backward()
            clip(model.parameters(), options.clip_norm)
            optimizer.step()
            losses.append(loss.item())
        report(epoch)
    return losses


def initialise(model, options):
    if options.weights and os.path.exists(options.weights):
        model.load_state_dict(safetensors_file.read(options.weights))
        return
    with torch.no_grad():
        for parameter in model.parameters():
            parameter.uniform_(-RANGE, RANGE)
    if options.weights:
        safetensors_file.write(options.weights, model.state_dict())


def parse():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--data-root", default=os.environ.get("RNN_DATA", "data"), help="the folder that holds wikitext-2/train.txt or .txt.gz")
    parser.add_argument("--epochs", type=int, default=2)
    parser.add_argument("--max-steps", type=int, help="stop after this many steps, without the evaluation of the last epoch")
    parser.add_argument("--threads", type=int, help="CPU threads")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--weights", help="a safetensors file: the initial weights")
    parser.add_argument("--loss-reduction", choices=["sum_over_time", "mean"], default="sum_over_time")
    parser.add_argument("--learning-rate", type=float, default=1.0)
    parser.add_argument("--clip-norm", type=float, default=5.0)
    parser.add_argument("--print-losses", type=int, default=0, metavar="N", help="print the losses of the first N steps")
    parser.add_argument("--json", action="store_true", help="print one JSON object instead of lines")
    return parser.parse_args()


def main():
    options = parse()
    if options.threads:
        torch.set_num_threads(options.threads)
    torch.manual_seed(options.seed)
    words = {split: read_words(options.data_root, split) for split in ("train", "valid")}
    vocabulary = vocabulary_of(words["train"])
    tokens = {split: torch.tensor([vocabulary[word] for word in words[split]]) for split in words}
    model = LanguageModel(len(vocabulary))
    initialise(model, options)

    perplexities, start = [], time.monotonic()

    def report(epoch):
        perplexities.append(math.exp(evaluate(model, tokens["valid"])))
        if not options.json:
            print(f"epoch {epoch}: validation perplexity {perplexities[-1]:.3f} after {time.monotonic() - start:.0f} s", flush=True)

    losses = train(model, tokens["train"], options, report)
    if options.json:
        print(json.dumps({
            "vocabulary": len(vocabulary), "tokens": {split: len(tokens[split]) for split in tokens}, "steps": len(losses),
            "losses": losses[:options.print_losses], "validation_perplexity": perplexities, "seconds": time.monotonic() - start,
        }))
    else:
        for step, loss in enumerate(losses[:options.print_losses], 1):
            print(f"step {step}: loss {loss:.6f}")


if __name__ == "__main__":
    main()
