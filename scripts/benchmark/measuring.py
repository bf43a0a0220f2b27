"""What the PyTorch programs of scripts/bench have in common: options, precision, the clock, the report."""

import contextlib
import json
import time

import torch


def add_options(parser):
    parser.add_argument("--steps", type=int, required=True, help="steps that are measured")
    parser.add_argument("--warm-up", type=int, default=5, help="steps before those that are measured")
    parser.add_argument("--threads", type=int, required=True, help="of libtorch's pool; OPENBLAS_NUM_THREADS is for OpenBLAS's")
    parser.add_argument("--device", default="cpu")
    parser.add_argument("--precision", choices=("fp32", "tf32", "bf16", "fp16"), default="fp32")


def prepare(options):
    torch.set_num_threads(options.threads)
    torch.manual_seed(1)
    torch.backends.cuda.matmul.allow_tf32 = options.precision == "tf32"
    torch.backends.cudnn.allow_tf32 = options.precision == "tf32"
    return torch.device(options.device)


class Precision:
    """bf16 and fp16 by autocast over fp32 weights, as PyTorch's documentation has it; fp16 with a GradScaler."""

    def __init__(self, options, device):
        self.device = device
        self.type = {"bf16": torch.bfloat16, "fp16": torch.float16}.get(options.precision)
        self.scaler = torch.cuda.amp.GradScaler() if self.type == torch.float16 else None

    def forward(self):
        return torch.autocast(self.device.type, dtype=self.type) if self.type else contextlib.nullcontext()

    def backward(self, loss, optimizer):
        if self.scaler is None:
            loss.backward()
            return
        self.scaler.scale(loss).backward()
        self.scaler.unscale_(optimizer)

    def step(self, optimizer):
        if self.scaler is None:
            optimizer.step()
            return
        self.scaler.step(optimizer)
        self.scaler.update()


def measure(options, device, step, tokens_of):
    """Runs the steps, and prints the speed over those behind the warm-up. `tokens_of` gives the tokens of a step by its number."""

    def wait():
        if device.type == "cuda":
            torch.cuda.synchronize()

    for number in range(options.warm_up):
        step(number)
    wait()
    start = time.perf_counter()
    for number in range(options.steps):
        loss = step(number)
    wait()
    seconds = time.perf_counter() - start
    tokens = sum(tokens_of(number) for number in range(options.steps))
    print(json.dumps({
        "tokens_per_second": tokens / seconds,
        "milliseconds_per_step": seconds * 1000 / options.steps,
        "loss": loss.item(),
        "torch": torch.__version__,
    }))
