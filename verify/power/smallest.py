"""The smallest relative error of a bound that the search catches: from large errors down to 1e-12, each effort after the next smaller one.

A search that finds nothing is the dear one, for it goes to its end. Therefore the smaller effort comes first, which fails soon; the next effort begins
where that one ended, and goes down in steps that double until the first miss. What is caught at a large error tells nothing to the search *from scratch*
for a smaller one, but which error to try; *with help*, its counterexample is where that search begins.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field, replace
from fractions import Fraction
from typing import Any

from verify.certificates import accepts, violation_certificate
from verify.domain import Instance
from verify.evidence import counterexample_from, first_counterexample
from verify.language.tree import NoTree
from verify.power.plants import Spot, with_error
from verify.search.effort import Budget
from verify.search.problem import SUSPICION, Problem
from verify.search.promotion import Certified

__all__ = ["LEVELS", "Clock", "Smallest", "accepted", "caught", "from_scratch", "with_help"]

LEVELS = tuple(sorted({Fraction(m, 10**k) for k in range(1, 13) for m in (1, 3)} - {Fraction(3, 10)} - {Fraction(3, 10**13)}, reverse=True))
"""Relative errors tried, from a tenth down to 1e-12, two in a decade."""
_DRAWN = ("random", "Hypothesis")


@dataclass
class Clock:
    """Processor time that one reading may spend. It only ever ends the measuring, and the record says so."""

    seconds: float
    start: float = field(default_factory=time.process_time)

    @property
    def spent(self) -> float:
        return time.process_time() - self.start

    @property
    def left(self) -> float:
        return max(0.0, self.seconds - self.spent)

    def part(self, of: int) -> Clock:
        """One of so many equal parts of what is left."""
        return Clock(self.left / of)

    @property
    def over(self) -> bool:
        return self.spent > self.seconds


@dataclass(frozen=True)
class Smallest:
    """The index in :data:`LEVELS` of the smallest error caught (−1: none), where its counterexample came from, and how the search ended."""

    level: int = -1
    source: str = ""
    certificate: dict[str, Any] | None = None
    instance: Instance | None = None
    missed: int = len(LEVELS)
    """The largest error at which the greatest effort found nothing; beyond the last if there is none."""
    stopped: bool = False
    """Time ran out."""
    searches: int = 0


Attempt = Callable[[int, Smallest], Certified | None]


def from_scratch(problem: Problem, spot: Spot, budget: Budget, seed: int, clock: Clock) -> Smallest:
    """The smallest error caught without extreme members, the claim's own family and earlier optima."""
    best = Smallest()
    for effort in _efforts(budget):

        def attempt(level: int, best: Smallest, effort: Budget = effort) -> Certified | None:
            return first_counterexample(with_error(problem, spot, LEVELS[level]), effort, seed, scratch_only=True)

        best = _descend(problem, spot, attempt, best, _reach(problem, effort), clock)
    return best


def with_help(problem: Problem, spot: Spot, budget: Budget, seed: int, clock: Clock, scratch: Smallest) -> Smallest:
    """The smallest error caught with all that is known: from the last counterexample on, then with extreme members and the claim's own family."""
    best = replace(scratch, missed=len(LEVELS), stopped=False)

    def near(level: int, best: Smallest) -> Certified | None:
        kept = [] if best.instance is None else [best.instance]
        return counterexample_from(with_error(problem, spot, LEVELS[level]), kept, budget.before or budget, seed) if kept else None

    best = _descend(problem, spot, near, best, len(LEVELS), clock, eager=True) if best.instance is not None else best
    for effort in _efforts(budget):

        def attempt(level: int, best: Smallest, effort: Budget = effort) -> Certified | None:
            return first_counterexample(with_error(problem, spot, LEVELS[level]), effort, seed, helped_only=True)

        best = _descend(problem, spot, attempt, best, _reach(problem, effort), clock)
    return best


def _efforts(budget: Budget) -> Iterator[Budget]:
    """Each effort without the smaller ones that are part of it; these come first."""
    if budget.before is not None:
        yield from _efforts(budget.before)
    yield replace(budget, before=None)


def _reach(problem: Problem, effort: Budget) -> int:
    """The index of the first error that no search of this effort can see: without closer looks, a violation too small for a float margin."""
    if effort.closer_looks or problem.suspicion < 0:
        return len(LEVELS)
    return next((k for k, d in enumerate(LEVELS) if d <= SUSPICION), len(LEVELS))


def _descend(problem: Problem, spot: Spot, attempt: Attempt, best: Smallest, reach: int, clock: Clock, *, eager: bool = False) -> Smallest:
    """From the best so far on: in steps that double until the first miss, then by bisection.

    The smallest error of all comes first where it is ``eager`` to be tried, where nothing is known, and where the last effort went as far as it could by
    drawing alone: there equality is at a simple member.
    """
    eager = eager or best.level < 0 or (LEVELS[best.level] < 10 * SUSPICION and best.source in _DRAWN)
    best, step, bottom = replace(best, missed=max(reach, best.level + 1)), 1, reach
    while best.missed - best.level > 1:
        if clock.over:
            return replace(best, stopped=True)
        level = best.missed - 1 if eager else min(best.level + step, best.missed - 1) if best.missed == bottom else (best.level + best.missed) // 2
        violation = attempt(level, best)
        known = None if violation is None else accepted(with_error(problem, spot, LEVELS[level]), violation)
        if violation is None or known is None:
            best, bottom = replace(best, missed=level, searches=best.searches + 1), level if eager else bottom
        else:
            best, step = Smallest(level, *known, violation.instance, best.missed, searches=best.searches + 1), 2 * step
        eager = False
    return replace(best, stopped=False)


def caught(problem: Problem, budget: Budget, seed: int, *, scratch_only: bool) -> tuple[str, dict[str, Any]] | None:
    """The source and the certificate of a counterexample that the stand-alone checker accepts; None if there is none."""
    found = first_counterexample(problem, budget, seed, scratch_only=scratch_only)
    return None if found is None else accepted(problem, found)


def accepted(problem: Problem, found: Certified) -> tuple[str, dict[str, Any]] | None:
    """The source and the certificate of a counterexample, if the stand-alone checker accepts it."""
    planted = replace(problem.claim, id=f"{problem.claim.id}-planted", title=f"{problem.claim.title}, with an error planted")
    try:
        certificate = violation_certificate(planted, problem.reading, problem.hypotheses, problem.conclusion, found.instance, found.outcome.bounds)
    except NoTree:
        return None
    return (found.source, certificate) if accepts(certificate) else None
