#!/usr/bin/env python3
"""Writes the small data sets of configs/smoke beside itself: sentences of small grammars made up for this project, the same ones every time."""
import itertools
import json
import random
from pathlib import Path

HERE = Path(__file__).resolve().parent


def write(name, lines):
    (HERE / name).write_text("".join(line + "\n" for line in lines), encoding="utf-8", newline="\n")


def reviews(rng):
    """One class a text: what is said of a thing, turned round by `not` and `hardly`."""
    good, bad = ["good", "great", "lovely", "moving", "bright"], ["bad", "dull", "awful", "empty", "slow"]
    lines = []
    for _ in range(400):
        is_good, is_turned = rng.random() < 0.5, rng.random() < 0.3
        word = rng.choice(good if is_good != is_turned else bad)
        said = f"{rng.choice(['not', 'hardly'])} {word}" if is_turned else rng.choice(["", "really ", "so "]) + word
        thing = rng.choice(["film", "book", "song", "play", "show"])
        text = rng.choice([f"the {thing} was {said}", f"this is a {said} {thing}", f"I found the {thing} {said} , and so did she"])
        lines.append(("positive" if is_good else "negative") + "\t" + text)
    return ["label\ttext"] + lines


def topics(rng):
    """A set of classes a text, an empty one among them."""
    words = {"sport": ["match", "goal", "race"], "music": ["song", "choir", "tune"], "food": ["soup", "bread", "cake"]}
    lines = []
    for _ in range(400):
        chosen = [topic for topic in words if rng.random() < 0.4]
        said = [rng.choice(words[topic]) for topic in chosen] + rng.choices(["yesterday", "they", "liked", "the", "a", "best"], k=3)
        rng.shuffle(said)
        lines.append(" ".join(said) + "," + ";".join(chosen))
    return ["text,topics"] + lines


def names(rng, number):
    """A tag a word: people and places in IOB2, many of them seen once, so that only their letters tell them apart."""
    first, syllables = ["Anna", "Otto", "Maria", "Ivan"], ["bel", "kor", "man", "tis", "ro", "len", "dar"]

    def made(ending):
        return "".join(rng.choices(syllables, k=2)).capitalize() + ending

    lines = []
    for _ in range(number):
        person = [(rng.choice(first), "B-PER"), (made("son"), "I-PER")] if rng.random() < 0.6 else [(made("son"), "B-PER")]
        place = [("New", "B-LOC"), (made("burg"), "I-LOC")] if rng.random() < 0.3 else [(made("burg"), "B-LOC")]
        verb = rng.choice([["lives", "in"], ["came", "from"], ["never", "saw"]])
        lines += [f"{word}\t{tag}" for word, tag in [*person, *((word, "O") for word in verb), *place, (".", "O")]] + [""]
    return lines


def translation(rng):
    """English and a language made up here: the adjective behind its noun, the verb at the end, plurals in -oj."""
    nouns = {"dog": "hundo", "cat": "kato", "bird": "birdo", "child": "infano"}
    adjectives = {"small": "eta", "red": "ruga", "old": "olda", "quick": "rapida"}
    verbs = {"sees": "vidas", "follows": "sekvas", "loves": "amas"}

    def phrase(noun, adjective, many):
        english = "children" if noun == "child" and many else noun + "s" * many
        return f"{'two' if many else 'the'} {adjective} {english}", f"{nouns[noun]}{'j' * many} {adjectives[adjective]}{'j' * many}"

    parts = list(itertools.product(nouns, adjectives, [False, True]))
    pairs = []
    for _ in range(500):
        (subject, subject_there), (thing, thing_there) = phrase(*rng.choice(parts)), phrase(*rng.choice(parts))
        verb = rng.choice(list(verbs))
        many = subject.startswith("two")
        english = verb[:-1] if many else verb
        pairs.append((f"{subject} {english} {thing} .", f"{subject_there} {thing_there} {verbs[verb]} ."))
    return [english for english, _ in pairs], [there for _, there in pairs]


def dialogues(rng):
    """Talk in which a later answer needs an earlier line."""
    lines = []
    for _ in range(200):
        name, colour = rng.choice(["Anna", "Otto", "Maria", "Ivan"]), rng.choice(["red", "green", "blue"])
        turns = [f"hello , I am {name}", f"hello {name}"]
        turns += rng.choice([
            ["what is my name ?", f"you are {name}"],
            [f"I like {colour}", f"{colour} is nice", "what do I like ?", f"you like {colour}"],
        ])
        lines.append(json.dumps({"turns": turns}))
    return lines


def main():
    rng = random.Random(20)
    write("reviews.tsv", reviews(rng))
    write("topics.csv", topics(rng))
    write("names.conll", names(rng, 300))
    write("names.test.conll", names(rng, 60))
    english, there = translation(rng)
    write("pairs.en", english)
    write("pairs.xx", there)
    write("dialogues.jsonl", dialogues(rng))


if __name__ == "__main__":
    main()
