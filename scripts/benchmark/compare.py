#!/usr/bin/env python3
"""Measures training with rnn against the same training in PyTorch, one after the other and again, and prints Markdown tables.

What else happens on the machine changes a speed from one minute to the next, but hardly the ratio of two measurements made one
right after the other. So each round measures every program once and gives one ratio, rnn over PyTorch; the table gives the median
of these ratios, with the least and the greatest. Every program runs at its own best number of threads, which is found out first.

PyTorch is measured
  as found      in this shell's environment, where that sets something of what follows;
  as installed  without any setting;
  tuned         with OPENBLAS_CORETYPE=SkylakeX ATEN_CPU_CAPABILITY=avx512 (on a CPU with AVX-512 only).
rnn runs without any setting: it sets what it wants itself.
"""

import argparse
import os
import platform
import random
import statistics
import subprocess
import sys
import tempfile

import prediction
import ratios
import rows
from programs import ROOT, RNN, Bidirectional, PyTorch, RnnBench, run

# What decides over the kernels of the libraries under PyTorch.
SETTINGS = ("OPENBLAS_CORETYPE", "OPENBLAS_L2_SIZE", "ATEN_CPU_CAPABILITY")
TUNED = {"OPENBLAS_CORETYPE": "SkylakeX", "ATEN_CPU_CAPABILITY": "avx512"}
PROBE_STEPS = 3
PROBE_SECONDS = 2
CLOSE = 0.75  # settings of this part of the best speed are worth a longer look


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


def environments(options):
    """The environments that PyTorch is measured in, by name."""
    plain = {name: value for name, value in os.environ.items() if name not in SETTINGS}
    found = {name: os.environ[name] for name in SETTINGS if name in os.environ}
    result = {}
    if options.device == "cpu" and found:
        result["as found"] = dict(os.environ)
    result["as installed"] = plain
    if options.device == "cpu" and "avx512f" in processor_flags():
        result["tuned"] = {**plain, **TUNED}
    return plain, {name: value for name, value in result.items() if options.peers is None or name in options.peers}


class Contestant:
    """One program in one environment: finds its best setting, then is measured with it."""

    def __init__(self, program, environment):
        self.program = program
        self.environment = environment
        self.setting = None
        self.measurements = []

    def choose(self, seconds):
        """Tries every setting briefly and the good ones longer; keeps the best and how many steps last so many seconds."""
        speeds = {setting: self.speed(setting, PROBE_STEPS) for setting in self.program.settings}
        best = max(speeds.values())
        close = [setting for setting, speed in speeds.items() if speed >= CLOSE * best]
        if len(close) > 1:
            speeds = {setting: self.speed(setting, self.steps_for(PROBE_SECONDS, speeds[setting])) for setting in close}
        self.setting = max(speeds, key=speeds.get)
        self.steps = self.steps_for(seconds, speeds[self.setting])

    def steps_for(self, seconds, speed):
        return max(PROBE_STEPS, round(seconds * speed / self.program.tokens_per_step))

    def speed(self, setting, steps):
        return run(self.program.command(setting, steps), self.program.environment(setting, self.environment))["tokens_per_second"]

    def measure(self):
        command = self.program.command(self.setting, self.steps)
        self.measurements.append(run(command, self.program.environment(self.setting, self.environment), self.program.device))
        return self.measurements[-1]["tokens_per_second"]

    def median(self, what):
        values = [measurement[what] for measurement in self.measurements if measurement.get(what) is not None]
        return statistics.median(values) if values else None


def contest(name, options, data, rnn_environment, peer_environments):
    row = rows.ROWS[name]
    ours = Contestant((Bidirectional if row["kind"] == "bidirectional" else RnnBench)(row, options, data), rnn_environment)
    peers = {peer: Contestant(PyTorch(row, options), environment) for peer, environment in peer_environments.items()}
    everyone = [ours, *peers.values()]
    for contestant in everyone:
        contestant.choose(options.seconds)
    for _ in range(options.rounds):
        for contestant in everyone:
            contestant.measure()
    return ours, peers


def ratios_of(ours, peer):
    """rnn over PyTorch of each round."""
    return [mine["tokens_per_second"] / other["tokens_per_second"] for mine, other in zip(ours.measurements, peer.measurements)]


def show(number, form=",.0f"):
    return "–" if number is None else format(number, form)


def print_heading(peer_names):
    titles = ["", "rnn, tokens/s", *[f"PyTorch {peer}, tokens/s" for peer in peer_names], *[f"rnn / PyTorch {peer}" for peer in peer_names]]
    print("| " + " | ".join(titles) + " |\n|---|" + "---:|" * (len(titles) - 1), flush=True)


def print_row(name, ours, peers):
    cells = [name, show(ours.median("tokens_per_second"))]
    cells += [show(peer.median("tokens_per_second")) for peer in peers.values()]
    for peer in peers.values():
        found = ratios_of(ours, peer)
        cells.append(f"**{statistics.median(found):.2f}** ({min(found):.2f} to {max(found):.2f})")
    print("| " + " | ".join(cells) + " |", flush=True)


def print_details(results, on_gpu):
    """Setting, step and memory of each program; on a GPU also which part of the step the serial floor is."""
    titles = ["", "program", "best setting", "ms a step", "resident MiB, most"] + (["GPU MiB, most", "serial floor, share of the step"] if on_gpu else [])
    print("\n| " + " | ".join(titles) + " |\n|---|---|---|" + "---:|" * (len(titles) - 3))
    for name, (ours, peers) in results.items():
        for program, contestant in {"rnn": ours, **{f"PyTorch {peer}": peer_contestant for peer, peer_contestant in peers.items()}}.items():
            milliseconds = contestant.median("milliseconds_per_step")
            cells = [name, program, contestant.program.describe(contestant.setting), show(milliseconds, ".2f"), show(contestant.median("peak_mib"))]
            if on_gpu:
                cells += [show(contestant.median("gpu_mib")), show(rows.floor_seconds(rows.ROWS[name]) * 1000 / milliseconds, ".1%")]
            print("| " + " | ".join(cells) + " |")


def processor_flags():
    try:
        with open("/proc/cpuinfo", encoding="utf-8") as file:
            return next(line.split(":", 1)[1].split() for line in file if line.startswith("flags"))
    except (OSError, StopIteration):
        return []


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
    return (f"{device}, {options.threads} cores, {options.rounds} rounds of about {options.seconds:g} s a program, "
            f"PyTorch {torch.__version__} in {os.path.dirname(torch.__file__)}")


def parse():
    parser = argparse.ArgumentParser(prog="scripts/bench", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--device", default="cpu", help="cpu, cuda or cuda:N (default: cpu)")
    parser.add_argument("--threads", type=int, default=len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count(),
                        help="the most CPU threads of a program; one is tried too (default: all)")
    parser.add_argument("--rounds", type=int, default=5, help="measurements of each program (default: 5)")
    parser.add_argument("--seconds", type=float, default=10, help="about how long each measurement takes (default: 10)")
    parser.add_argument("--rows", nargs="+", choices=rows.ROWS, help=f"which rows (default on the CPU: {' '.join(rows.ON_CPU)}; on a GPU: {' '.join(rows.ON_GPU)})")
    parser.add_argument("--peers", nargs="+", choices=("as found", "as installed", "tuned"), help="which PyTorch (default: all that apply)")
    parser.add_argument("--ratios", action="store_true", help="instead of all this: unrolled over fused layers, fused over parallel ones, steps with weight drop over those without")
    parser.add_argument("--predict", action="store_true", help="instead of all this: answers a second of `rnn predict`, batched over one at a time")
    options = parser.parse_args()
    options.rows = options.rows or (rows.ON_GPU if options.device.startswith("cuda") else rows.ON_CPU)
    return options


def build(options):
    """Builds what has changed, so that no measurement does."""
    subprocess.run(RNN + ["--help"], stdout=subprocess.DEVNULL, check=True)
    if any(rows.ROWS[name]["kind"] == "bidirectional" for name in options.rows) and not os.environ.get("BENCH_CLASSIFIER"):
        subprocess.run(["dotnet", "build", os.path.join(ROOT, "tests", "ClassifierBenchmark"), "-c", "Release", "--nologo", "-v", "quiet", "-nodeReuse:false"],
                       stdout=sys.stderr, check=True)


def main():
    options = parse()
    if options.predict:
        prediction.main(options)
        return
    if options.ratios:
        ratios.main(options, write_texts)
        return
    rnn_environment, peer_environments = environments(options)
    print(describe(options))
    found = " ".join(f"{name}={os.environ[name]}" for name in SETTINGS if name in os.environ)
    print(f"environment as found: {found or 'sets none of ' + ', '.join(SETTINGS)}\n", flush=True)
    build(options)
    print_heading(peer_environments)
    results = {}
    with tempfile.TemporaryDirectory() as data:
        write_texts(data)
        for name in options.rows:
            results[name] = contest(name, options, data, rnn_environment, peer_environments)
            print_row(name, *results[name])
    print_details(results, options.device.startswith("cuda"))


if __name__ == "__main__":
    main()
