"""`scripts/bench --ratios`: what one way of computing costs over another, both measured in turns in one run, without PyTorch."""

import os
import statistics
import subprocess
import sys
import tempfile

from programs import HERE, ROOT, RNN, run

BENCHMARKS = os.path.join(ROOT, "tests", "Benchmarks")
PROGRAM = os.path.join(BENCHMARKS, "bin", "Release", "net10.0", "Benchmarks")

# Training steps with a key over the same without it: row, key.
STEPS = [(row, "model.dropout.recurrent_weights=0.5") for row in ("lstm_2x200", "lstm_2x650", "gru_1x512")]

# Only for the length of a measurement.
STEPS_PER_SECOND = {"lstm_2x200": 50, "lstm_2x650": 6, "gru_1x512": 8}


def milliseconds(row, key, options, data):
    config = os.path.join(HERE, "configs", row + ".yaml")
    sets = [f"threads={options.threads}", *([key] if key else [])]
    steps = str(max(3, round(options.seconds * STEPS_PER_SECOND[row])))
    command = RNN + ["bench", config, "--json", "--speed-only", "--data-root", data, "--steps", steps, *[part for item in sets for part in ("--set", item)]]
    return run(command, dict(os.environ))["milliseconds_per_step"]


def main(options, write_texts):
    subprocess.run(RNN + ["--help"], stdout=subprocess.DEVNULL, check=True)  # builds what has changed
    subprocess.run(["dotnet", "build", BENCHMARKS, "-c", "Release", "--nologo", "-v", "quiet", "-nodeReuse:false"], stdout=sys.stderr, check=True)
    subprocess.run([PROGRAM, "ratios", str(options.threads)], check=True)
    print("\n| training step | with | over without | ms a step |\n|---|---|---:|---:|")
    with tempfile.TemporaryDirectory() as data:
        write_texts(data)
        for row, key in STEPS:
            rounds = [(milliseconds(row, key, options, data), milliseconds(row, None, options, data)) for _ in range(options.rounds)]
            found = [with_key / without for with_key, without in rounds]
            print(f"| {row} | {key} | **{statistics.median(found):.2f}** ({min(found):.2f} to {max(found):.2f}) | "
                  f"{statistics.median(without for _, without in rounds):.2f} |", flush=True)
