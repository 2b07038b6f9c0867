"""Why no small error was caught in a bound, in words: read off what the search measured there, never off a table."""

from __future__ import annotations

import math
from collections.abc import Iterator
from dataclasses import replace
from fractions import Fraction

import numpy as np
import sympy

from verify.domain import Instance
from verify.evidence import Sharpest, gather
from verify.numerics.exact import RationalMatrix
from verify.power.plants import Spot, premises
from verify.power.smallest import LEVELS, Smallest
from verify.search.effort import Budget
from verify.search.problem import Problem, seed_stream

__all__ = ["claimed_over_certified", "closest", "reason"]

_DRAWN = 1024
_THIN = 1e-2
_LARGE, _EDGE = 1000, Fraction(1, 1000)


def closest(problem: Problem, spot: Spot, budget: Budget, seed: int) -> Sharpest | None:
    """Where the two sides of one relation are certainly closest, its premises taken as hypotheses; None if no ratio was certified."""
    return None if isinstance(problem.conclusion, sympy.Equivalent) else gather(_alone(problem, spot), budget, seed, proved=True).sharpest


def _alone(problem: Problem, spot: Spot) -> Problem:
    reading = replace(problem.reading, statement=spot.relation, hypotheses=(*problem.reading.hypotheses, *premises(problem.conclusion, spot.place)), proof=None)
    return Problem(problem.claim, reading)


def claimed_over_certified(nearest: Sharpest) -> str:
    """Claimed constant over the best certified ratio of the two sides, rounded up; empty if it is not positive."""
    return f"{math.ceil(1 / nearest.ratio * 10**9) / 10**9:.9g}" if nearest.ratio > 0 else ""


def reason(problem: Problem, spot: Spot, scratch: Smallest, nearest: Sharpest | None, seed: int) -> str:
    """Why nothing smaller was caught from scratch: the clock, room in the bound, a thin region, an extreme member; as far as it was measured."""
    told = list(_told(problem, spot, scratch, nearest, seed))
    return "; ".join(told) if told else "the search went to its end and found nothing; nothing else was measured"


def _told(problem: Problem, spot: Spot, scratch: Smallest, nearest: Sharpest | None, seed: int) -> Iterator[str]:
    if scratch.stopped:
        yield f"stopped by the clock after {scratch.searches} {'search' if scratch.searches == 1 else 'searches'}"
    missed = LEVELS[scratch.missed] if scratch.missed < len(LEVELS) else None
    if missed is not None and not scratch.stopped:
        yield f"a search with an error of {float(missed):.0e} went to its end and found nothing".replace("e-0", "e-")
    if nearest is not None and nearest.ratio > 0:
        room = float(1 - nearest.ratio)
        if room > float(missed if missed is not None else LEVELS[-1]):
            yield f"room: at the closest instance certified with help the smaller side is short of the larger by {room:.2g} of it"
        extremes = ", ".join(_extremes(nearest.instance))
        if extremes:
            yield f"that instance is extreme ({extremes}), as where equality is only approached" if room else f"equality is at an extreme member ({extremes})"
    share = _share(problem, spot, seed)
    if share is not None and share < _THIN:
        yield f"a thin region: {round(share * _DRAWN)} of {_DRAWN} drawn members meet the hypotheses"


def _share(problem: Problem, spot: Spot, seed: int) -> float | None:
    """The share of drawn members that meet the hypotheses and premises; None if there are none beyond the classes."""
    alone = _alone(problem, spot)
    if not alone.extra:
        return None
    rng = seed_stream(seed, problem.claim.id, problem.reading.key, "share")
    return float(np.mean(alone.met(alone.domain.sample(rng, next(iter(alone.domain.smallest_sizes(1))), _DRAWN))))


def _extremes(instance: Instance) -> Iterator[str]:
    """The parameters of an instance that are very large, or very close to 0 or to 1 without being it."""
    for name, value in instance.values.items():
        if isinstance(value, RationalMatrix):
            largest = max((abs(complex(entry)) for row in value.rows() for entry in row), default=0.0)
            if largest >= _LARGE:
                yield f"an entry of {name} is {largest:.2g}"
        elif not isinstance(value, tuple):
            size = abs(complex(value))
            if size >= _LARGE or 0 < size <= _EDGE or 0 < abs(1 - size) <= _EDGE:
                yield f"{name} is 1 {'+' if size > 1 else '−'} {abs(1 - size):.2g}" if 0 < abs(1 - size) <= _EDGE else f"{name} is {size:.2g}"
