"""`scripts/bench --predict`: answers a second of `rnn predict` over 10,000 sentences, batched over one at a time, both in turns, without PyTorch."""

import os
import random
import re
import statistics
import subprocess
import tempfile

from programs import HERE, RNN

SENTENCES = 10_000
WORDS = 5_000


def sentences(generator):
    """5 to 40 words a sentence, as of reviews; frequent words are more frequent."""
    weights = [1 / (place + 3) for place in range(WORDS)]
    return [" ".join(generator.choices([f"w{place}" for place in range(WORDS)], weights, k=generator.randint(5, 40))) for _ in range(SENTENCES)]


def write(path, lines):
    with open(path, "w", encoding="utf-8", newline="\n") as file:
        file.writelines(line + "\n" for line in lines)


def answers_per_second(run, folder, threads, batch):
    out = os.path.join(folder, f"answers.{batch or 'default'}.txt")
    command = RNN + ["predict", run, "--input", os.path.join(folder, "sentences.txt"), "--output", out, "--scores", "--set", f"threads={threads}"]
    told = subprocess.run(command + (["--batch-size", str(batch)] if batch else []), stdout=subprocess.PIPE, text=True, check=True).stdout
    return float(re.search(r"([\d,]+)/s", told).group(1).replace(",", "")), out


def differences(one, other):
    """Answers that differ: the label, or a probability by more than rounding."""
    with open(one, encoding="utf-8") as first, open(other, encoding="utf-8") as second:
        pairs = list(zip(first, second, strict=True))
    number = re.compile(r"=([\d.e-]+)")
    return sum(a.split("\t")[0] != b.split("\t")[0] or any(abs(float(x) - float(y)) > 1e-5 for x, y in zip(sorted(number.findall(a)), sorted(number.findall(b))))
               for a, b in pairs)


def main(options):
    subprocess.run(RNN + ["--help"], stdout=subprocess.DEVNULL, check=True)  # builds what has changed
    generator = random.Random(1)
    with tempfile.TemporaryDirectory() as folder:
        texts = sentences(generator)
        write(os.path.join(folder, "sentences.txt"), texts)
        write(os.path.join(folder, "train.tsv"), ["label\ttext"] + [f"{generator.choice(['no', 'yes'])}\t{text}" for text in texts])
        run = os.path.join(folder, "run")
        config = os.path.join(HERE, "configs", "sentences.yaml")
        subprocess.run(RNN + ["train", config, "--data-root", folder, "--run-dir", run, "--quiet"], check=True)
        print("| batches | answers/s | over one at a time | answers that differ |\n|---|---:|---:|---:|", flush=True)
        rounds = []
        for _ in range(options.rounds):
            (batched, together), (single, alone) = (answers_per_second(run, folder, options.threads, batch) for batch in (None, 1))
            rounds.append((batched, single, batched / single))
        ratios = [ratio for _, _, ratio in rounds]
        print(f"| as they fit | {statistics.median(batched for batched, _, _ in rounds):,.0f} | **{statistics.median(ratios):.1f}** ({min(ratios):.1f} to {max(ratios):.1f}) "
              f"| {differences(together, alone)} of {SENTENCES:,} |")
        print(f"| one at a time | {statistics.median(single for _, single, _ in rounds):,.0f} | | |")
