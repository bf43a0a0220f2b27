"""The rows of scripts/bench: what is trained, and with which sizes."""

import os

HERE = os.path.dirname(os.path.abspath(__file__))

# What a step of one layer costs at least on a Hopper GPU, since each waits for the one before: microseconds forward and backward.
FLOOR_FORWARD_US = 1.8
FLOOR_BACKWARD_US = 2.7


def language_model(config, sizes, cell="lstm", precision="fp32"):
    return {"kind": "language_model", "config": config, "cell": cell, "sizes": sizes, "precision": precision}


def bidirectional(hidden, layers):
    sizes = {"features": hidden, "hidden-size": hidden, "layers": layers, "classes": 2, "batch-size": 64, "shortest": 5, "longest": 60}
    return {"kind": "bidirectional", "sizes": sizes, "precision": "fp32"}


def translation(hidden):
    sizes = {"vocabulary": 7998, "embedding-size": hidden // 2, "hidden-size": hidden, "batch-size": 64, "shortest": 5, "longest": 25}
    return {"kind": "translation", "config": f"translation_{hidden}", "sizes": sizes, "precision": "fp32"}


def words(hidden, steps):
    return {"vocabulary": 10000, "embedding-size": hidden, "hidden-size": hidden, "layers": 2, "batch-size": 20, "steps-per-batch": steps}


CHARACTERS = {"vocabulary": 65, "embedding-size": 128, "hidden-size": 512, "layers": 1, "batch-size": 64, "steps-per-batch": 100}
CHARACTERS_GPU = {"vocabulary": 65, "embedding-size": 1024, "hidden-size": 1024, "layers": 1, "batch-size": 128, "steps-per-batch": 256}

# The sizes of a language model stand in its configuration too.
ROWS = {
    "lstm_2x200": language_model("lstm_2x200", words(200, 20)),
    "lstm_2x650": language_model("lstm_2x650", words(650, 35)),
    "characters_1x512": language_model("characters_1x512", CHARACTERS),
    "gru_1x512": language_model("gru_1x512", CHARACTERS, cell="gru"),
    "bidirectional_2x256": bidirectional(256, layers=2),
    "translation_512": translation(512),
    "lstm_2x1500": language_model("lstm_2x1500", words(1500, 35)),
    **{f"characters_1x1024_{precision}": language_model("characters_1x1024", CHARACTERS_GPU, precision=precision)
       for precision in ("fp32", "tf32", "bf16", "fp16")},
    "bidirectional_2x512": bidirectional(512, layers=2),
}
ON_CPU = ["lstm_2x200", "lstm_2x650", "characters_1x512", "gru_1x512", "bidirectional_2x256", "translation_512"]
ON_GPU = ["lstm_2x650", "lstm_2x1500", *[f"characters_1x1024_{precision}" for precision in ("fp32", "tf32", "bf16", "fp16")], "bidirectional_2x512"]


def floor_seconds(row):
    """What a training step of this row costs at least on a Hopper GPU: its time steps one after the other, layer after layer."""
    sizes = row["sizes"]
    if row["kind"] == "language_model":
        serial = sizes["steps-per-batch"] * sizes["layers"]
    elif row["kind"] == "translation":
        serial = 2 * sizes["longest"] + 1  # encoder, then decoder
    else:
        serial = sizes["longest"] * sizes["layers"]  # the two directions could run side by side
    return serial * (FLOOR_FORWARD_US + FLOOR_BACKWARD_US) * 1e-6


def tokens_per_step(row):
    """Tokens of a training step; of sequences of different lengths, the mean."""
    sizes = row["sizes"]
    if row["kind"] == "language_model":
        return sizes["steps-per-batch"] * sizes["batch-size"]
    ends = 1 if row["kind"] == "translation" else 0  # the end of a sequence that is written is a token too
    return sizes["batch-size"] * ((sizes["shortest"] + sizes["longest"]) / 2 + ends)
