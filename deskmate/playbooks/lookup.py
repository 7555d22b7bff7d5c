"""From a few typed words to the playbook, card, fact or entry that is meant, best first, while the words are typed."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from deskmate.playbooks.index import Candidate, Index
from deskmate.playbooks.lexicon import Lexicon
from deskmate.playbooks.query import Slot, read_query

__all__ = ["Candidate", "Hit", "Lookup"]

LAST_RESORT: Final = "i-can-find-out"


@dataclass(frozen=True, slots=True)
class Hit:
    """One answer of the look-up."""

    id: str
    kind: str
    title: str
    score: float
    matched: tuple[str, ...]
    confident: bool


@dataclass(frozen=True, slots=True)
class Scale:
    coordination: float = 1.0
    phrase: float = 0.8
    exact: float = 0.6
    begins: float = 0.35
    more: float = 0.15
    emergency: float = 1.12
    urgent: float = 1.05
    habit: float = 0.6
    fact: float = 1.0
    pfact: float = 0.9
    pdir: float = 0.8
    gap: float = 1.35
    sure: float = 0.6


class Lookup:
    def __init__(self, candidates: Iterable[Candidate], lexicon: Lexicon, scale: Scale = Scale()) -> None:
        self._all = tuple(candidates)
        self._index = Index(self._all, lexicon)
        self._s = scale
        s = scale
        self._priors = [
            {"emergency": s.emergency, "urgent": s.urgent}.get(c.urgency, 1.0) * (s.habit if c.form == "habit" else 1.0) * {'fact': s.pfact, 'directory': s.pdir}.get(c.kind, 1.0)
            for c in self._all
        ]

    def search(self, query: str, limit: int = 8) -> tuple[Hit, ...]:
        q = read_query(query, self._index)
        if not q.text:
            return ()
        s = self._s
        index = self._index
        n = len(self._all)
        sums: dict[int, float] = {}
        cover: dict[int, float] = {}
        why: dict[int, dict[str, float]] = {}
        pm: dict[int, float] = {}
        total = 0.0
        for slot in q.slots:
            total += slot.mass
            best: dict[int, tuple[float, float, str]] = {}
            hit_phr: dict[int, float] = {}
            for alt in slot.alternatives:
                cap = alt.trust * slot.weight * index.idf.get(alt.term, 0.0)
                for cand, w in index.postings.get(alt.term, ()):
                    v = cap * w
                    old = best.get(cand)
                    if old is None:
                        best[cand] = (v, min(cap, slot.mass), alt.label)
                    elif v > old[0]:
                        best[cand] = (v + s.more * old[0], min(cap, slot.mass), alt.label)
                    else:
                        best[cand] = (old[0] + s.more * v, old[1], old[2])
                for p in index.phrases.get(alt.term, ()):
                    if cap > hit_phr.get(p, 0.0):
                        hit_phr[p] = cap
            for cand, (v, c, label) in best.items():
                sums[cand] = sums.get(cand, 0.0) + v
                cover[cand] = cover.get(cand, 0.0) + c
                if v > 0.12 * slot.mass and slot.weight > 0.3:
                    why.setdefault(cand, {})[label] = v
            for p, v in hit_phr.items():
                pm[p] = pm.get(p, 0.0) + v
        total = total or 1.0
        bestp: dict[int, float] = {}
        for p, v in pm.items():
            m = index.masses[p]
            v = min(v, m, total)
            sim = v / (m + total - v)
            o = index.owners[p]
            if sim > bestp.get(o, 0.0):
                bestp[o] = sim
        scores = {
            c: (v / total) * (1 - s.coordination + s.coordination * min(1.0, cover[c] / total)) + s.phrase * bestp.get(c, 0.0)
            for c, v in sums.items()
        }
        for c in index.exact.get(q.text, ()):
            scores[c] = scores.get(c, 0.0) + s.exact + (s.fact if self._all[c].kind == "fact" else 0.0)
        if len(q.text) > 3:
            for ph in index.phrases_from(q.text)[:30]:
                for c in index.exact[ph]:
                    scores[c] = scores.get(c, 0.0) + 0.0
                    bestp.setdefault(c, 0.0)
            seen = {c for ph in index.phrases_from(q.text)[:30] for c in index.exact[ph]}
            for c in seen:
                scores[c] += s.begins
        if q.only_sounds:
            scores = {c: v * (0.7 if self._all[c].urgency == 'emergency' else 1) for c, v in scores.items()}
        ranked = sorted(((v * self._priors[c], c) for c, v in scores.items()), key=lambda x: (-x[0], x[1]))[:limit]
        out = []
        for i, (v, c) in enumerate(ranked):
            cand = self._all[c]
            conf = False
            if i == 0:
                nxt = ranked[1][0] if len(ranked) > 1 else 0.0
                conf = v >= s.gap * nxt and min(1.0, cover.get(c, 0) / total) >= s.sure and not (
                    q.only_sounds and cand.urgency != "routine")
            labels = why.get(c, {})
            out.append(Hit(cand.id, cand.kind, cand.title, round(v, 4), tuple(sorted(labels, key=lambda x: -labels[x]))[:4], conf))
        if not out:
            out = self._fallback(q.text, limit)
        return tuple(out)

    def _fallback(self, text: str, limit: int) -> list[Hit]:
        return []
