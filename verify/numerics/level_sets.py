"""Global maximum of a function on a circle or line by its level sets (Boyd and Balakrishnan 1990; Bruinsma and Steinbuch 1990).

Take the best value known, raise it by the tolerance and ask an eigenvalue problem where the function crosses that level. No crossing: the
maximum is found. Otherwise evaluate between neighbouring crossings and repeat; convergence is quadratic. Spurious crossings cost an
evaluation and spoil no value.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from verify.numerics.arrays import RealArray

__all__ = ["LevelSetMaximum", "maximise_by_level_sets"]

ROUNDS = 30


@dataclass(frozen=True)
class LevelSetMaximum:
    """The value attained at ``place``; ``settled`` tells whether the last level had no better point between its crossings."""

    value: float
    place: float
    eigenproblems: int
    evaluations: int
    settled: bool


def maximise_by_level_sets(
    evaluate: Callable[[RealArray], RealArray],
    crossings: Callable[[float], RealArray],
    start: RealArray,
    rtol: float,
    period: float | None,
) -> LevelSetMaximum:
    """Maximise ``evaluate`` (vectorised); ``crossings(level)`` lists candidate places where it equals ``level``, sorted or not.

    ``period`` is the circle's length, ``None`` on a line. Stops when no candidate or midpoint is better by more than ``rtol`` relative.
    """
    values = evaluate(start)
    best = int(np.argmax(values))
    value, place = float(values[best]), float(start[best])
    evaluations, rounds = len(start), 0
    while rounds < ROUNDS and np.isfinite(value):
        rounds += 1
        places = _between(np.sort(crossings(value * (1 + rtol))), period)
        if places.size == 0:
            return LevelSetMaximum(value, place, rounds, evaluations, True)
        values = evaluate(places)
        evaluations += len(places)
        best = int(np.argmax(values))
        previous = value
        if values[best] > value:
            value, place = float(values[best]), float(places[best])
        if value <= previous * (1 + rtol):
            return LevelSetMaximum(value, place, rounds, evaluations, True)
    return LevelSetMaximum(value, place, rounds, evaluations, not np.isfinite(value))


def _between(places: RealArray, period: float | None) -> RealArray:
    """Midpoints of neighbouring crossings and the crossings themselves: a tangential one has no inside."""
    if places.size == 0:
        return places
    following = np.append(places[1:], places[0] + period if period else places[-1])
    return np.concatenate([0.5 * (places + following), places])
