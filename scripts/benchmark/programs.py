"""The programs that scripts/bench measures, and how one is run."""

import json
import os
import subprocess
import sys
import threading

import rows

HERE = os.path.dirname(os.path.abspath(__file__))
ROOT = os.path.dirname(os.path.dirname(HERE))

# BENCH_RNN names an rnn that is built already, BENCH_CLASSIFIER the same for tests/ClassifierBenchmark; both together for a machine
# without the .NET SDK. On Windows a PowerShell script cannot be started like a program.
if os.environ.get("BENCH_RNN"):
    RNN = [os.environ["BENCH_RNN"]]
elif os.name == "nt":
    RNN = ["pwsh", "-File", os.path.join(ROOT, "scripts", "rnn.ps1")]
else:
    RNN = [os.path.join(ROOT, "scripts", "rnn")]
CLASSIFIER = [os.environ.get("BENCH_CLASSIFIER") or os.path.join(ROOT, "tests", "ClassifierBenchmark", "bin", "Release", "net10.0", "ClassifierBenchmark")]


class GpuMemory:
    """The most memory in use on the GPU while a program runs, above what was in use before; by nvidia-smi, for every program alike."""

    def __init__(self, device):
        self.index = device.partition(":")[2] or "0"
        self.before = self.used()
        self.most = self.before
        self.over = threading.Event()
        self.thread = threading.Thread(target=self.watch, daemon=True)
        self.thread.start()

    def used(self):
        query = ["nvidia-smi", "-i", self.index, "--query-gpu=memory.used", "--format=csv,noheader,nounits"]
        try:
            return int(subprocess.run(query, stdout=subprocess.PIPE, text=True, check=True).stdout)
        except (OSError, ValueError, subprocess.CalledProcessError):
            return 0

    def watch(self):
        while not self.over.wait(0.5):
            self.most = max(self.most, self.used())

    def stop(self):
        self.over.set()
        self.thread.join()
        return self.most - self.before


def run(command, environment, device="cpu"):
    """Runs a program that prints a JSON object; returns it, with `peak_mib` of resident and `gpu_mib` of GPU memory where they are known."""
    gpu = GpuMemory(device) if device.startswith("cuda") else None
    with subprocess.Popen(command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as program:
        errors = []
        reader = threading.Thread(target=lambda: errors.append(program.stderr.read()))
        reader.start()
        output = program.stdout.read()
        reader.join()
        peak = None
        if hasattr(os, "wait4"):
            _, status, usage = os.wait4(program.pid, 0)
            program.returncode = os.waitstatus_to_exitcode(status)
            peak = usage.ru_maxrss / 1024  # Linux counts in KiB
        else:
            program.wait()
    gpu_mib = gpu.stop() if gpu else None
    try:
        if program.returncode == 0:
            result = json.loads(output[output.index("{"):])
            return {**result, "tokens_per_second": result["tokens_per_second"], "peak_mib": peak, "gpu_mib": gpu_mib}
    except (ValueError, KeyError):
        pass
    sys.exit(f"bench: {' '.join(command)}\nended with exit code {program.returncode} and no tokens_per_second:\n{output}{errors[0]}")


def sizes_of(row):
    return [part for name, value in row["sizes"].items() for part in (f"--{name}", str(value))]


class Ours:
    """A program of this project: its setting is a number of threads, which it divides among the libraries itself."""

    def __init__(self, row, options):
        self.row = row
        self.device = options.device
        self.tokens_per_step = rows.tokens_per_step(row)
        self.settings = sorted({1, options.threads}) if options.device == "cpu" else [options.threads]

    def environment(self, setting, environment):
        return {name: value for name, value in environment.items() if name not in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS")}

    def describe(self, setting):
        return f"threads: {setting}"


class RnnBench(Ours):
    """`rnn bench` over a configuration."""

    def __init__(self, row, options, data):
        super().__init__(row, options)
        self.data = data

    def command(self, setting, steps):
        config = os.path.join(HERE, "configs", self.row["config"] + ".yaml")
        sets = (f"threads={setting}", f"device={self.device}", f"precision={self.row['precision']}")
        return RNN + ["bench", config, "--json", "--speed-only", "--data-root", self.data, *[part for key in sets for part in ("--set", key)], "--steps", str(steps)]


class Bidirectional(Ours):
    """tests/ClassifierBenchmark/BidirectionalClassifier.cs."""

    def __init__(self, row, options, _):
        super().__init__(row, options)

    def command(self, setting, steps):
        return CLASSIFIER + [*sizes_of(self.row), "--device", self.device, "--threads", str(setting), "--steps", str(steps)]


class PyTorch:
    """A program of PyTorch: its setting is the threads of libtorch's pool and of OpenBLAS's, and for sequences padded or packed."""

    def __init__(self, row, options):
        self.row = row
        self.device = options.device
        self.tokens_per_step = rows.tokens_per_step(row)
        count = options.threads
        threads = sorted({(1, 1), (1, count), (count, count)}) if options.device == "cpu" else [(count, count)]
        variants = {"language_model": ("",), "bidirectional": ("padded", "packed"), "translation": ("padded", "packed", "selected")}[row["kind"]]
        self.settings = [(*pair, variant) for pair in threads for variant in variants]

    def command(self, setting, steps):
        libtorch, _, variant = setting
        if self.row["kind"] == "language_model":
            program = ["pytorch_language_model.py", "--cell", self.row["cell"]]
        else:
            program = ["pytorch_translation.py" if self.row["kind"] == "translation" else "pytorch_classifier.py", "--variant", variant]
        return [sys.executable, os.path.join(HERE, program[0]), *program[1:], *sizes_of(self.row), "--threads", str(libtorch),
                "--device", self.device, "--precision", self.row["precision"], "--steps", str(steps), "--warm-up", str(min(steps, 5))]

    def environment(self, setting, environment):
        libtorch, blas, _ = setting
        return {**environment, "OMP_NUM_THREADS": str(libtorch), "MKL_NUM_THREADS": str(libtorch), "OPENBLAS_NUM_THREADS": str(blas)}

    def describe(self, setting):
        libtorch, blas, variant = setting
        return f"{libtorch} of libtorch, {blas} of OpenBLAS" + (f", {variant}" if variant else "")
