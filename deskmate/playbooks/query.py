"""What a typed line asks for: slots, each with the words it may stand for."""

from dataclasses import dataclass
from typing import Final

from deskmate.playbooks.index import Index
from deskmate.playbooks.tokens import STOP, WEAK, cut, fold, stem

_LITTLE: Final = 0.25
_MEANT: Final = 0.85
_INSIDE: Final = 0.3
_PHRASE: Final = 1.0


@dataclass(frozen=True, slots=True)
class Alternative:
    """A word that a slot may stand for."""

    term: str
    trust: float
    label: str


@dataclass(frozen=True, slots=True)
class Slot:
    alternatives: tuple[Alternative, ...]
    weight: float
    mass: float


@dataclass(frozen=True, slots=True)
class Query:
    text: str
    slots: tuple[Slot, ...]
    only_sounds: bool
    repaired: bool


def read_query(line: str, index: Index) -> Query:
    folded = fold(line)
    words = cut(folded)
    typing = bool(words) and folded[-1:].isalnum()
    stems = [stem(w) for w in words]
    meanings = index.lexicon.meanings
    dead: set[int] = set()
    inside: set[int] = set()
    spans = []
    sounds = False
    for start, first in enumerate(stems):
        cands = meanings.get(first, ())
        for m in cands:
            end = m.end(stems, start, typing=bool(m.without) and typing)
            if not end:
                continue
            if m.without:
                sounds = True
                dead.update(i for i in range(start, end) if stems[i] in m.without or (typing and i == len(stems) - 1 and any(w.startswith(stems[i]) for w in m.without)))
            if m.terms and end - start > 1 and m.end(stems, start):
                spans.append((start, end, m))
                inside.update(range(start, end))
    spans = [(a, b, m) for a, b, m in spans if m.without or not dead.intersection(range(a, b))]
    inside = {i for a, b, _ in spans for i in range(a, b)}
    slots: list[Slot] = []
    for start, end, m in spans:
        label = " ".join(words[start:end])
        alts = tuple(Alternative(t, _PHRASE, f"{label} = {w}") for t, w in m.terms)
        slots.append(_slot(alts, 1.0, index))
    repaired = False
    last = len(words) - 1
    telling = [i for i, w in enumerate(words) if w not in STOP]
    for i, word in enumerate(words):
        half = typing and i == last
        if i in dead:
            continue
        if word in STOP and not half and telling:
            continue
        weight = 1.0
        if word in WEAK or stems[i] in index.lexicon.nothing:
            weight = _LITTLE
        if i in inside:
            weight *= _INSIDE
        if word.isdigit() and stems[i] not in index.postings:
            continue
        alts, fixed = _alternatives(word, stems[i], index, half=half, stop=word in STOP and bool(telling))
        if i + 1 < len(words):
            pair = words[i] + words[i + 1]
            ps = stem(pair)
            if ps in index.postings:
                alts = (*alts, Alternative(ps, 1.0, pair))
            for m in meanings.get(ps, ()):
                if len(m.pattern) == 1:
                    alts = (*alts, *(Alternative(t, _MEANT, f"{pair} = {w}") for t, w in m.terms))
        repaired |= fixed
        if word in STOP and telling and not alts:
            continue
        slots.append(_slot(alts, weight, index))
    return Query(" ".join(words), tuple(slots), sounds, repaired)


def _slot(alts: tuple[Alternative, ...], weight: float, index: Index) -> Slot:
    mass = max((a.trust * index.idf[a.term] for a in alts if a.term in index.idf), default=0.0)
    return Slot(alts, weight, weight * (mass or index.usual * 0.6))


def _means(stemmed: str, label: str, index: Index, trust: float) -> list[Alternative]:
    out = []
    for m in index.lexicon.meanings.get(stemmed, ()):
        if len(m.pattern) == 1:
            out.extend(Alternative(t, trust * _MEANT, f"{label} = {w}") for t, w in m.terms)
    return out


def _alternatives(word: str, stemmed: str, index: Index, *, half: bool, stop: bool) -> tuple[tuple[Alternative, ...], bool]:
    alts: list[Alternative] = []
    if not stop:
        if stemmed in index.postings:
            alts.append(Alternative(stemmed, 1.0, word))
        alts.extend(_means(stemmed, word, index, 1.0))
    known = index.knows(stemmed)
    if half and (len(word) > 1 or not known):
        seen = {a.term for a in alts}
        for full in index.completions(word)[:60]:
            if full == word:
                continue
            st = stem(full)
            trust = (0.45 if known else 0.7) + 0.25 * len(word) / len(full)
            if stop:
                trust *= 0.4
            if st in index.postings and st not in seen:
                alts.append(Alternative(st, trust, full))
            alts.extend(a for a in _means(st, full, index, trust) if a.term not in seen)
    if not alts and not known and not stop:
        for near, trust in index.speller.repair(word, half_typed=half):
            st = stem(near)
            if st in index.postings:
                alts.append(Alternative(st, trust, f"{word} ~ {near}"))
            alts.extend(Alternative(a.term, a.trust, f"{word} ~ {a.label}") for a in _means(st, near, index, trust))
        return tuple(alts), bool(alts)
    return tuple(alts), False
