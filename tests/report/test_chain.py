"""The chain of proof: edges as the proofs name them, no cycle overlooked, and nothing trusted that is not said."""

from __future__ import annotations

import dataclasses
import itertools
import re
from graphlib import CycleError
from random import Random

import pytest

from verify.report import SCHEMA_VERSION
from verify.report.dependencies import chain, cycle, dependents, layers
from verify.report.layout import Box, columns, drawing
from verify.results import ClaimResult, Evidence, ReadingResult, RunResult, Step, Tightness

DIAMOND = {"a(i)": (), "b(i)": ("a(i)",), "c(i)": ("a(i)",), "d(i)": ("b(i)", "c(i)"), "e(i)": ()}
"""``d`` rests on ``b`` and ``c``, and both on ``a``."""


def proved(name: str, *lemmas: str, by_hand: tuple[str, ...] = (), steps: tuple[Step, ...] = ()) -> ClaimResult:
    """A claim with the single reading ``i``, proved from the lemmas."""
    evidence = Evidence("P1", "", steps, source="proof", rests_on=lemmas, by_hand=by_hand)
    reading = ReadingResult(
        "i", "", "", "own", "", "", "PROVED_MODULO" if by_hand else "PROVED", "", "", "", evidence, Tightness("UNKNOWN", ""),
    )
    return ClaimResult(name, name, "", "sharp", reading.verdict, (reading,))


def run_of(*claims: ClaimResult) -> RunResult:
    return RunResult(SCHEMA_VERSION, "title", "quick", 0, {}, "", claims)


def acyclic(seed: int) -> dict[str, tuple[str, ...]]:
    """A random graph whose edges run from later names to earlier ones."""
    random = Random(seed)
    names = [f"n{k}(i)" for k in range(12)]
    return {name: tuple(other for other in names[:k] if random.random() < 0.3) for k, name in enumerate(names)}


@pytest.mark.parametrize("seed", range(5))
def test_a_planted_cycle_is_found_and_none_is_invented(seed: int) -> None:
    edges = acyclic(seed)
    assert cycle(edges) == ()
    low, high = "n2(i)", "n9(i)"
    planted = {**edges, low: (*edges[low], high), high: (*edges[high], low)}
    loop = cycle(planted)
    assert loop[0] == loop[-1] and len(loop) > 2
    assert all(one in planted[other] or other in planted[one] for one, other in itertools.pairwise(loop))
    with pytest.raises(CycleError):
        layers(planted)


def test_a_reading_that_rests_on_itself_is_a_cycle() -> None:
    assert cycle({"a(i)": ("a(i)",)}) == ("a(i)", "a(i)")


@pytest.mark.parametrize("seed", range(5))
def test_every_lemma_stands_in_an_earlier_layer(seed: int) -> None:
    edges = acyclic(seed)
    depth = layers(edges)
    assert depth.keys() == edges.keys()
    assert all(depth[name] == max((depth[lemma] + 1 for lemma in lemmas), default=0) for name, lemmas in edges.items())


def test_what_falls_is_everything_above() -> None:
    assert dependents(DIAMOND, "a(i)") == {"b(i)", "c(i)", "d(i)"}
    assert dependents(DIAMOND, "d(i)") == dependents(DIAMOND, "e(i)") == frozenset()


def test_chain_of_a_run() -> None:
    shared = ("a(i), step 1: by eye",)
    members, loop = chain(run_of(
        proved("a", by_hand=shared), proved("b", "a(i)", by_hand=(*shared, "b(i), step 2: so")), proved("c", "b(i)", "lost(i)", by_hand=shared),
    ))
    by_name = {member.name: member for member in members}
    assert loop == () and [member.name for member in members] == ["a(i)", "lost(i)", "b(i)", "c(i)"]
    assert by_name["a(i)"].falls == ("b(i)", "c(i)") and by_name["c(i)"].falls == ()
    trust = by_name["b(i)"].trust
    assert (trust.by_hand, trust.by_hand_here, trust.lemmas) == (2, 1, ("a(i)",))
    assert by_name["c(i)"].trust.lemmas == ("a(i)", "b(i)", "lost(i)") and by_name["c(i)"].trust.not_in_run == ("lost(i)",)
    assert by_name["lost(i)"].verdict == "" and by_name["lost(i)"].falls == ("c(i)",)


def test_engines_and_citations_of_lemmas_are_trusted_too() -> None:
    steps = (
        Step("obligation", "", "", True, "z3 5.4.0 (12 cases, 1 exact certificates); closed form of K"), Step("obligation", "", "", False, "undecided"),
        Step("cited", "spijker(i): the upper half", "", True, "cited: BIT 31 (1991)"),
    )
    members, _ = chain(run_of(proved("a", steps=steps), proved("b", "a(i)")))
    assert (members[1].trust.engines, members[1].trust.cited) == (("z3 5.4.0",), ("spijker(i)",))


def test_a_cycle_is_reported_and_nothing_is_layered() -> None:
    members, loop = chain(run_of(proved("a", "b(i)"), proved("b", "a(i)"), proved("c")))
    assert set(loop) == {"a(i)", "b(i)"} and {member.layer for member in members} == {0}


def test_an_instance_rests_on_no_lemma() -> None:
    run = run_of(proved("a"), proved("b", "a(i)"))
    evidence = Evidence("R3", "", source="random", rests_on=("a(i)",))
    b = dataclasses.replace(run.claims[1], readings=(dataclasses.replace(run.claims[1].readings[0], verdict="REFUTED", evidence=evidence),))
    members, _ = chain(dataclasses.replace(run, claims=(run.claims[0], b)))
    assert [(member.name, member.falls) for member in members] == [("a(i)", ())]


@pytest.mark.parametrize("seed", range(5))
def test_the_drawing_has_every_node_and_edge_and_edges_run_to_the_right(seed: int) -> None:
    edges = acyclic(seed)
    depth = layers(edges)
    boxes = [Box(name, f"✓ {name}", "good", "#x", name) for name in edges]
    svg = drawing(boxes, depth, edges, "a graph")
    assert svg.count("<rect ") == len(edges)
    paths = re.findall(r'd="M([\d.]+) ([\d.]+)C\S+ \S+ \S+ \S+ ([\d.]+) ([\d.]+)"', svg)
    assert len(paths) == sum(map(len, edges.values())) and all(float(start) < float(end) for start, _, end, _ in paths)
    corners = re.findall(r'<rect x="([\d.]+)" y="([\d.]+)"', svg)
    assert len(set(corners)) == len(corners)
    assert svg == drawing(boxes, depth, edges, "a graph")


def crossings(order: list[list[str]], edges: dict[str, tuple[str, ...]], depth: dict[str, int]) -> int:
    """Crossings between edges that join the same two neighbouring columns."""
    row = {name: k for column in order for k, name in enumerate(column)}
    lines = [(depth[low], row[low], row[high]) for high, lows in edges.items() for low in lows if depth[high] == depth[low] + 1]
    return sum(one[0] == other[0] and (one[1] - other[1]) * (one[2] - other[2]) < 0 for one, other in itertools.combinations(lines, 2))


def test_ordering_untangles_what_can_be_untangled() -> None:
    edges = {**{f"a{k}(i)": () for k in range(4)}, **{f"b{k}(i)": (f"a{3 - k}(i)",) for k in range(4)}}
    depth = layers(edges)
    assert crossings([sorted(edges)[:4], sorted(edges)[4:]], edges, depth) == 6
    assert crossings(columns(depth, edges), edges, depth) == 0
