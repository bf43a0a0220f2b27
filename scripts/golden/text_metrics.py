#!/usr/bin/python3
"""Writes what sacreBLEU makes of made-up segments, and ROUGE-L and distinct-n by their formulas, for TextMetricsTests.

    PYTHONPATH=<folder with sacrebleu and what it imports> /usr/bin/python3 scripts/golden/text_metrics.py

The numbers in the repository are those of sacreBLEU 2.6.0.
"""
import json
import pathlib
import random

from sacrebleu.metrics import BLEU, CHRF, TER
from sacrebleu.tokenizers.tokenizer_13a import Tokenizer13a

FILE = pathlib.Path(__file__).resolve().parents[2] / "tests" / "RnnTrain.Core.Tests" / "golden" / "text_metrics.json"

WORDS = ("a the dog Dog dogs runs run over grass, grass . , ! \" ' it's don't 1 2,5 3.14 1,000.50 10- 1990-1991 state-of-the-art e.g. U.S.A. &amp; "
         "&quot;so&quot; &lt;b&gt; (yes) [no] {x} a/b $5 50% #1 @home x=y <skipped> ... Straße Äpfel über İzmir ΟΔΟΣ Σ ΑΣΑ naïve 北京 中文。 😀 👍🏽 "
         "co-\nop two\nlines \u00a0 \u3000 \x1c ~ ^ _ ` | \\ ; : ? *").split(" ")
TOKENIZED = ["", " ", "Hello, world!", "a.b", "a. b", "1.5", ".5", "5.", "1,5 and a,b", "...", "x...y", "--", "3-4", "a-b", "3--4", "-3", "it's 'quoted'",
             "&amp;lt; &lt;tag&gt; &quot;", "end of-\nline", "two\nlines", "<skipped>", "tab\there", "café, naïve.", "😀.😀,1", "1.😀", "北京。上海", "a\u00a0b\u3000c\x1cd",
             "!\"#$%&'()*+,-./:;<=>?@[\\]^_`{|}~", "trailing space ", " .", ",,1,,2,,", "http://a.b/c?d=e&f=1,2", "1.000,00 €", "\u2028x\u0085y"]


def changed(source, words):
    """A segment like another: words replaced, left out, added, runs moved."""
    written = list(words)
    for _ in range(source.randrange(0, 6)):
        kind = source.randrange(5)
        at = source.randrange(len(written) + 1)
        if kind == 0:
            written.insert(at, source.choice(WORDS))
        elif not written:
            continue
        elif kind == 1:
            del written[min(at, len(written) - 1)]
        elif kind == 2:
            written[min(at, len(written) - 1)] = source.choice(WORDS)
        else:
            length = source.randrange(1, 5)
            run = written[at:at + length]
            del written[at:at + length]
            goal = source.randrange(len(written) + 1)
            written[goal:goal] = run
    return written


def corpus(seed, segments, longest, vocabulary):
    source = random.Random(seed)
    hypotheses, references = [], []
    for _ in range(segments):
        words = [source.choice(vocabulary) for _ in range(source.randrange(0, longest))]
        references.append(" ".join(words))
        hypotheses.append(" ".join(changed(source, words)))
    return hypotheses, references


def rouge_l(hypotheses, references):
    cut = Tokenizer13a()
    total = 0.0
    for hypothesis, reference in zip(hypotheses, references):
        ours, theirs = cut(hypothesis.lower().rstrip()).split(), cut(reference.lower().rstrip()).split()
        table = [[0] * (len(theirs) + 1) for _ in range(len(ours) + 1)]
        for i, left in enumerate(ours):
            for j, right in enumerate(theirs):
                table[i + 1][j + 1] = table[i][j] + 1 if left == right else max(table[i][j + 1], table[i + 1][j])
        common = table[-1][-1]
        if common:
            precision, recall = common / len(ours), common / len(theirs)
            total += 2 * precision * recall / (precision + recall)
    return 100 * total / len(hypotheses)


def distinct(hypotheses, order):
    cut = Tokenizer13a()
    words, different = 0, set()
    for hypothesis in hypotheses:
        written = cut(hypothesis.rstrip()).split()
        words += len(written)
        different |= {tuple(written[i:i + order]) for i in range(len(written) - order + 1)}
    return len(different) / words if words else 0.0


def scored(name, hypotheses, references):
    cased, lower, chrf, ter = BLEU(), BLEU(lowercase=True), CHRF(), TER()
    values = {metric: measure.corpus_score(hypotheses, [references]).score
              for metric, measure in (("bleu", cased), ("bleu_lower_case", lower), ("chrf", chrf), ("ter", ter))}
    values |= {"rouge_l": rouge_l(hypotheses, references), "distinct_1": distinct(hypotheses, 1), "distinct_2": distinct(hypotheses, 2)}
    signatures = {metric: str(measure.get_signature()).split("|version")[0]
                  for metric, measure in (("bleu", cased), ("bleu_lower_case", lower), ("chrf", chrf), ("ter", ter))}
    return {"name": name, "hypotheses": hypotheses, "references": references, "values": values, "signatures": signatures}


def main():
    few = "a b c d e f g h .".split(" ")
    cases = [
        scored("equal", ["The cat sat on the mat ."], ["The cat sat on the mat ."]),
        scored("nothing in common", ["a b c d e"], ["v w x y z"]),
        scored("no four words anywhere", ["a b", "c d e"], ["a b", "c d f"]),
        scored("no match of orders three and four", ["a b x c d y e f"], ["a b c d e f g h"]),
        scored("too short", ["the cat sat on"], ["the cat sat on the mat today in the sun"]),
        scored("empty hypothesis", [""], ["something was here"]),
        scored("empty reference", ["something is here"], [""]),
        scored("both empty", [""], [""]),
        scored("mixed case", ["THE Cat SAT on the MAT"], ["the cat sat on the mat"]),
        scored("lengths far apart", ["x"], [" ".join(f"w{i}" for i in range(120)) + " x"]),
        scored("long hypothesis", [" ".join(f"w{i}" for i in range(150))], ["w3 w100 w50"]),
        scored("all kinds of words", *corpus(1, 60, 24, WORDS)),
        scored("few different words", *corpus(2, 60, 20, few)),
        scored("long segments of few words, so that not every move is tried", *corpus(3, 6, 120, few[:4])),
        scored("long segments", *corpus(4, 6, 90, [f"word{i}" for i in range(60)])),
    ]
    cut = Tokenizer13a()
    cased = ["ΟΔΟΣ", "Σ", "ΑΣ.", "ΑΣ1", "ΑΣΑ", "A'Σ", "İI", "ẞ ÄÖÜ", "Ǆ", "ΑΣ\u0301", "𐐀"]
    result = {"segments": TOKENIZED, "words": [cut(segment.rstrip()).split() for segment in TOKENIZED],
              "cased": cased, "lowered": [word.lower() for word in cased], "corpora": cases}
    FILE.write_text(json.dumps(result, ensure_ascii=True, indent=1) + "\n")


main()
