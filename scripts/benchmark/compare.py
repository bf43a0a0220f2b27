#!/usr/bin/env python3
"""Measures `rnn bench` against the same training in PyTorch, one after the other and again, and prints a Markdown table.

What else happens on the machine changes a speed from one minute to the next, but hardly the ratio of two measurements made
one right after the other. So each round gives one ratio, rnn over PyTorch, and the table gives their median, least and greatest.
"""

import argparse
import json
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))

# The rows, and the sizes that each one's configuration gives too.
ROWS = {
    "lstm_2x200": {"vocabulary": 10000, "embedding-size": 200, "hidden-size": 200, "layers": 2, "batch-size": 20, "steps-per-batch": 20},
    "lstm_2x650": {"vocabulary": 10000, "embedding-size": 650, "hidden-size": 650, "layers": 2, "batch-size": 20, "steps-per-batch": 35},
    "characters_1x512": {"vocabulary": 65, "embedding-size": 128, "hidden-size": 512, "layers": 1, "batch-size": 64, "steps-per-batch": 100},
}
CALIBRATION_STEPS = 5

# On Windows a PowerShell script cannot be started like a program.
RNN = ["pwsh", "-File", os.path.join(ROOT, "scripts", "rnn.ps1")] if os.name == "nt" else [os.path.join(ROOT, "scripts", "rnn")]


def write_texts(folder):
    """Random text: 10,000 words with the <unk> that the vocabulary always holds, and 65 characters. Each occurs at least once."""
    generator = random.Random(1)
    words = [f"w{number}" for number in range(9999)]
    text = words + generator.choices(words, k=400_000)
    with open(os.path.join(folder, "words.txt"), "w", encoding="utf-8", newline="\n") as file:
        file.write(" ".join(text))
    characters = "".join(chr(code) for code in range(ord("0"), ord("0") + 65))
    with open(os.path.join(folder, "characters.txt"), "w", encoding="utf-8", newline="\n") as file:
        file.write(characters + "".join(generator.choices(characters, k=1_000_000)))


def run(command, environment):
    """Runs a program that prints a JSON object; returns its tokens a second."""
    done = subprocess.run(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, check=False)
    try:
        if done.returncode == 0:
            return json.loads(done.stdout[done.stdout.index("{"):])["tokens_per_second"]
    except (ValueError, KeyError):
        pass
    sys.exit(f"bench: {' '.join(command)}\nended with exit code {done.returncode} and no tokens_per_second:\n{done.stdout}{done.stderr}")


class Row:
    def __init__(self, name, options, data, environment):
        self.environment = environment
        sizes = ROWS[name]
        self.tokens = sizes["batch-size"] * sizes["steps-per-batch"]
        self.rnn = RNN + [
            "bench", os.path.join(HERE, "configs", name + ".yaml"), "--json", "--data-root", data,
            "--set", f"threads={options.threads}", "--set", f"device={options.device}", "--steps",
        ]
        self.pytorch = [sys.executable, os.path.join(HERE, "pytorch_language_model.py"), "--threads", str(options.threads), "--device", options.device]
        for size, value in sizes.items():
            self.pytorch += [f"--{size}", str(value)]
        self.pytorch.append("--steps")

    def measure(self, seconds, rounds):
        """Speeds in tokens a second, one pair a round."""
        programs = (self.rnn, self.pytorch)
        speeds = [run(program + [str(CALIBRATION_STEPS)], self.environment) for program in programs]
        steps = [max(CALIBRATION_STEPS, round(seconds * speed / self.tokens)) for speed in speeds]
        return [tuple(run(program + [str(count)], self.environment) for program, count in zip(programs, steps)) for _ in range(rounds)]


def processor():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            return next(line.split(":", 1)[1].strip() for line in file if line.startswith("model name"))
    except (OSError, StopIteration):
        return platform.processor()


def describe(options):
    import torch  # here, since it takes seconds, and mistakes in the arguments should not wait for it

    if options.device.startswith("cuda") and not torch.cuda.is_available():
        print("bench: this PyTorch finds no CUDA device; --device cpu measures without", file=sys.stderr)
        sys.exit(3)
    device = torch.cuda.get_device_name() if options.device.startswith("cuda") else processor()
    return (f"{device}, {options.threads} threads, {options.rounds} rounds of {options.seconds:g} s, "
            f"PyTorch {torch.__version__} in {os.path.dirname(torch.__file__)}")


def parse():
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--device", default="cpu", help="cpu, cuda or cuda:N (default: cpu)")
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
                        help="CPU threads of both programs (default: all)")
    parser.add_argument("--rounds", type=int, default=5, help="measurements of each program (default: 5)")
    parser.add_argument("--seconds", type=float, default=10, help="about how long each measurement takes (default: 10)")
    parser.add_argument("--rows", nargs="+", choices=ROWS, default=list(ROWS), help="which rows (default: all)")
    return parser.parse_args()


def main():
    options = parse()
    subprocess.run(RNN + ["--help"], stdout=subprocess.DEVNULL, check=True)  # builds what has changed, so that no measurement does
    environment = dict(os.environ)
    for variable in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
        environment[variable] = str(options.threads)
    print(describe(options) + "\n")
    print("| | rnn, tokens/s | PyTorch, tokens/s | rnn / PyTorch, median | least | greatest |")
    print("|---|---:|---:|---:|---:|---:|", flush=True)
    with tempfile.TemporaryDirectory() as data:
        write_texts(data)
        for name in options.rows:
            pairs = Row(name, options, data, environment).measure(options.seconds, options.rounds)
            ratios = [ours / theirs for ours, theirs in pairs]
            speeds = [statistics.median(speed) for speed in zip(*pairs)]
            print(f"| {name} | {speeds[0]:,.0f} | {speeds[1]:,.0f} | {statistics.median(ratios):.2f} | {min(ratios):.2f} | {max(ratios):.2f} |", flush=True)


if __name__ == "__main__":
    main()
