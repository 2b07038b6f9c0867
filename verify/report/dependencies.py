"""The chain of proof: which reading rests on which, what falls with each, and what must be trusted to believe a verdict.

The edges are the lemmas that the proofs of the run name. A refutation by an instance rests on no lemma.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from graphlib import CycleError, TopologicalSorter

from verify.report import wording
from verify.report.references import Found, found_by_name
from verify.results import ReadingResult, RunResult

__all__ = ["Member", "Trust", "chain", "cycle", "dependents", "layers"]

Edges = Mapping[str, tuple[str, ...]]
"""For each reading the readings that its proof uses directly."""


@dataclass(frozen=True)
class Trust:
    """What must be trusted to believe a verdict, the lemmas' own needs included."""

    meaning: str
    """That the statement is the one meant: by its provenance."""
    checker: tuple[str, ...]
    """Certificates that ``reports/check.py`` re-checks without this project."""
    engines: tuple[str, ...]
    """The procedures whose word discharged a step, of this proof or of a lemma's."""
    lemmas: tuple[str, ...]
    """Readings that the proof rests on, directly or through lemmas."""
    cited: tuple[str, ...]
    """Those of them that are cited from the literature, not proved here."""
    by_hand: int
    """Hand-written steps in all; one that is used twice counts once."""
    by_hand_here: int
    """Those in this reading's own proof."""
    not_in_run: tuple[str, ...]
    """Lemmas that were checked while this reading was judged, but whose own needs the run did not record."""


@dataclass(frozen=True)
class Member:
    """A reading in the chain."""

    name: str
    verdict: str
    """Empty if the run did not judge it."""
    level: str
    layer: int
    rests_on: tuple[str, ...]
    falls: tuple[str, ...]
    """Every reading whose proof is lost if this one is refuted."""
    trust: Trust


def chain(result: RunResult) -> tuple[tuple[Member, ...], tuple[str, ...]]:
    """The readings of the run with a proof or used in one, those that rest on nothing first; and a cycle, which is empty unless something is wrong.

    Where there is a cycle no layers exist, and every layer is 0.
    """
    found = found_by_name(result)
    edges = {name: item.reading.evidence.rests_on for name, item in found.items() if item.reading.evidence.source == "proof"}
    edges |= {name: () for lemmas in edges.values() for name in lemmas if name not in edges}
    loop = cycle(edges)
    depth = dict.fromkeys(edges, 0) if loop else layers(edges)
    below = {} if loop else _reachable(edges, sorted(edges, key=lambda name: depth[name]))
    place = {name: index for index, name in enumerate(found)}
    order = sorted(edges, key=lambda name: (depth[name], place.get(name, len(place)), name))
    members = tuple(_member(name, edges, depth[name], below.get(name, frozenset()), found) for name in order)
    return members, loop


def cycle(edges: Edges) -> tuple[str, ...]:
    """A cycle, first element repeated at its end; empty if there is none."""
    try:
        TopologicalSorter(edges).prepare()
    except CycleError as error:
        return tuple(error.args[1])
    return ()


def layers(edges: Edges) -> dict[str, int]:
    """The length of the longest chain below each reading: 0 for one that rests on nothing.

    Raises:
        graphlib.CycleError: if there is a cycle.
    """
    depth: dict[str, int] = {}
    for name in TopologicalSorter(edges).static_order():
        depth[name] = max((depth[lemma] + 1 for lemma in edges.get(name, ())), default=0)
    return depth


def dependents(edges: Edges, name: str) -> frozenset[str]:
    """Every reading whose proof uses ``name``, directly or through others."""
    reached: set[str] = set()
    waiting = [name]
    while waiting:
        current = waiting.pop()
        more = {user for user, lemmas in edges.items() if current in lemmas} - reached
        reached |= more
        waiting += more
    return frozenset(reached)


def _reachable(edges: Edges, bottom_up: Iterable[str]) -> dict[str, frozenset[str]]:
    """All lemmas below each reading."""
    below: dict[str, frozenset[str]] = {}
    for name in bottom_up:
        below[name] = frozenset(edges[name]).union(*(below[lemma] for lemma in edges[name]))
    return below


def _member(name: str, edges: Edges, layer: int, below: frozenset[str], found: Mapping[str, Found]) -> Member:
    item = found.get(name)
    verdict, level = ("", "") if item is None else (item.reading.verdict, item.reading.evidence.level)
    return Member(name, verdict, level, layer, edges[name], tuple(sorted(dependents(edges, name))), _trust(name, below, found))


def _trust(name: str, below: frozenset[str], found: Mapping[str, Found]) -> Trust:
    item = found.get(name)
    if item is None:
        return Trust("", (), (), (), (), 0, 0, (name,))
    reading = item.reading
    proofs = [reading, *(found[lemma].reading for lemma in sorted(below) if lemma in found)]
    here = sum(step.startswith(f"{item.claim.id}({reading.reading}),") for step in reading.evidence.by_hand)
    return Trust(
        meaning=wording.PROVENANCE.get(reading.provenance, ""),
        checker=reading.certificates if reading.verdict == "REFUTED" else (),
        engines=tuple(sorted({engine for proof in proofs for engine in engines(proof)})),
        lemmas=tuple(sorted(below)),
        cited=tuple(sorted({cited for proof in proofs for cited in citations(proof)})),
        by_hand=len(reading.evidence.by_hand),
        by_hand_here=here,
        not_in_run=tuple(sorted(lemma for lemma in below if lemma not in found)),
    )


def engines(reading: ReadingResult) -> set[str]:
    """Who discharged the obligations of a proof, without the counts that follow the name."""
    return {re.split(r" \(|; ", step.by)[0] for step in reading.evidence.steps if step.kind == "obligation" and step.discharged and step.by}


def citations(reading: ReadingResult) -> set[str]:
    """The lemmas that a proof cites from the literature, as ``CLAIM(reading)``."""
    return {step.text.partition(":")[0] for step in reading.evidence.steps if step.kind == "cited"}

