"""One notion of effort: what *quick*, *standard* and *deep* mean, in counts of evaluations, never in seconds."""

from __future__ import annotations

from dataclasses import dataclass, replace
from fractions import Fraction

__all__ = ["EFFORTS", "Budget", "budget"]


@dataclass(frozen=True)
class Budget:
    """How much a search may spend on one reading."""

    extreme_members: int
    """Most extreme instances tried at each choice of sizes."""
    batches: int
    batch_size: int
    examples: int
    """Hypothesis examples."""
    hypothesis_shrinks: int
    """Hypothesis examples spent on shrinking what it found; the engine's own shrinker works in any case."""
    groups: int
    """Choices of sizes that the optimiser works on."""
    starts: int
    """Optimiser starts in each group; they climb in lockstep."""
    steps: int
    """Optimiser steps of a group."""
    lines: int
    """Members through which lines are drawn, at each of two choices of sizes."""
    crossings: int
    """Places where these lines meet thresholds at which both sides are tried."""
    summits: int
    """Points from which the search climbs along one parameter after the other."""
    sweeps: int
    """Rounds of that over all parameters."""
    zooms: int
    """Finer grids around the best point of a line."""
    climbs_on: bool
    """Climb for the worst violation after one is certified."""
    largest_order: int
    promotions: int
    """Float suspects that are rounded and examined exactly."""
    closer_looks: int
    """Near-equalities of each half of the portfolio that are examined in multiprecision."""
    certified: int
    """Counterexamples certified from each half of the portfolio (from scratch; with help) before the search stops."""
    shrinks: int
    """Exact examinations that shrinking may spend."""
    size_choices: int
    """Choices of sizes at which extreme members are tried."""
    map_batches: int
    """Random batches for the map of failures of a refuted reading; 0 for no map."""
    rtol: Fraction
    """Accuracy of the enclosures that decide."""
    before: Budget | None = None
    """The next smaller effort, which is part of this one: what it finds, this one finds."""

    @property
    def for_the_proved(self) -> Budget:
        """What a statement that is proved already, be it modulo steps by hand, is attacked with: in a quick run fewer draws, and all extreme members,
        which show how sharp it is."""
        return self if self.climbs_on else replace(self, batches=3, batch_size=128, examples=8)


_QUICK = Budget(40, 4, 192, 25, 0, 2, 8, 25, 24, 48, 2, 1, 2, False, 2, 6, 0, 1, 15, 6, 0, Fraction(1, 10**5))
_STANDARD = Budget(100, 10, 256, 60, 60, 2, 10, 30, 48, 96, 4, 2, 3, True, 3, 4, 4, 2, 20, 10, 10, Fraction(1, 10**6), _QUICK)
_DEEP = Budget(600, 80, 2048, 1000, 500, 12, 32, 400, 200, 400, 12, 4, 6, True, 6, 20, 20, 5, 120, 60, 60, Fraction(1, 10**9), _STANDARD)
EFFORTS = {"quick": _QUICK, "standard": _STANDARD, "deep": _DEEP}


def budget(effort: str) -> Budget:
    """The budget of a named effort.

    Raises:
        ValueError: if there is no such effort; the message names those there are.
    """
    if effort not in EFFORTS:
        raise ValueError(f"effort is one of {', '.join(EFFORTS)}, got {effort!r}")
    return EFFORTS[effort]
