"""``sup_s s M(s)`` from both sides: a float plan of circles or lines, then exact barriers, chords and a tail.

The upper bound is the largest of: the chord bound between neighbouring barriers (:mod:`chords`), and ``max(1, s/(s − e))`` beyond the
last one, where ``e`` is a proved bound of ``w(X) − 1`` (disc, ``w`` the numerical radius) or of the numerical abscissa (half-plane):
``‖(zI − X)v‖ ‖v‖ >= |v*(zI − X)v| >= (s − e)‖v‖²``. Logarithms and exponentials are enclosed in balls whose outer ends are rational;
everything else is rational.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

from scipy.optimize import minimize_scalar

from verify.numerics.bounds.boundary import Disc, Peak, ResolventSearch
from verify.numerics.bounds.chords import chord_above, float_chord, prune, refine
from verify.numerics.bounds.inequalities import Barrier, prove_barrier
from verify.numerics.bounds.ladder import Witness
from verify.numerics.bounds.rounding import above
from verify.numerics.enclosure import Endpoint
from verify.numerics.exact import rational_text

__all__ = ["Sweep", "Tail", "plan", "prove_sweep"]

COARSE = 1.02
"""The first pass finds the supremum to 2 %: where the tail may begin depends on it."""
NEARLY_ONE = 1.05
FARTHEST = 1e9
"""While ``s M(s)`` still rises at the last node, nodes are added, up to so many times the tail's ``e``."""
OPEN = 0.02
"""Accuracy of the chords where there is no upper bound: they only guide the search then, and near the boundary they may never close."""
NODE_BITS = 22
"""Significant bits of a node: where it lies is free, and short radii make short certificates."""


@dataclass(frozen=True)
class Tail:
    """A proved ``e`` as above, with the ``tail`` record of the certificate."""

    excess: Fraction
    record: Witness

    def bound(self, s: Fraction) -> Fraction | None:
        """``max(1, s/(s − e))``; None where the tail does not reach."""
        return max(Fraction(1), s / (s - self.excess)) if s > self.excess else None


@dataclass(frozen=True)
class Sweep:
    """A float plan: the nodes that suffice (none if no upper bound was possible), and the best peak seen."""

    nodes: tuple[Peak, ...]
    best: Peak


def plan(search: ResolventSearch, distance: float, excess: float, rtol: float, target: float | None = None) -> Sweep:
    """Choose the nodes. ``distance``: of the spectrum to the boundary (``<= 0``: no upper bound is possible); ``excess``: the tail's ``e``.

    Float only; what it returns is not trusted.
    """
    excess = max(excess, 1e-12)
    closed = distance > 0 and math.isfinite(search.peak(0.0).height)

    def limit(best: float) -> float:
        best = max(best, 1.0)
        relaxed = best + 0.8 * (target - best) if target is not None and target > best else 0.0
        return max(best * (1 + (rtol / 2 if closed else max(rtol / 2, OPEN))), relaxed)

    scale = max(distance, 1e-6 * excess) if closed else 1e-6 * excess
    first = _distinct(search, [0.0 if closed else 0.1 * scale, *(scale * f for f in (0.3, 1.0, 4.0)), excess, 25 * excess])
    while len(first) > 1 and first[-1].value > first[-2].value and first[-1].s < FARTHEST * excess:
        first.append(search.peak(_short(4 * first[-1].s)))
    nodes = refine(search.region, first, lambda s: search.peak(_short(s)), lambda best: max(COARSE * max(best, 1.0), limit(best)))
    if len(nodes) < 2:
        return Sweep((), max(nodes, key=lambda peak: peak.value, default=Peak(0.0, 0.0, 0.0)))
    nodes = _polished(search, nodes)
    top = limit(max(peak.value for peak in nodes))
    last = _short(1.001 * top * excess / (top - 1))
    end = search.peak(last)
    nodes = [peak for peak in nodes if peak.s < last] + ([end] if 0 < end.height < math.inf else [])
    nodes = refine(search.region, nodes, lambda s: search.peak(_short(s)), limit)
    best = max(nodes, key=lambda peak: peak.value)
    return Sweep(tuple(prune(search.region, nodes, max(limit(best.value), _highest(search, nodes)))) if closed else (), best)


def prove_sweep(search: ResolventSearch, nodes: Sequence[Peak], tail: Tail, rtol: Fraction, target: Fraction | None) -> tuple[Fraction, Witness] | None:
    """The proved upper bound and its record (``circles`` or ``lines``); None if the first barrier or the tail could not be proved."""
    top = math.inf if target is None else _highest(search, nodes)
    room = Fraction(target) / Fraction(top) - 1 if target is not None and target > top else Fraction(0)
    slack = max(rtol / 8, min(room / 4, Fraction(1, 8)))
    first = prove_barrier(search, nodes[0], slack) if nodes else None
    if first is None:
        return None
    barriers = [first, *(barrier for barrier in (prove_barrier(search, peak, slack) for peak in nodes[1:]) if barrier is not None)]
    while barriers and tail.bound(barriers[-1].s) is None:
        barriers.pop()
    bound = verify_sweep(search, barriers, tail)
    if not isinstance(bound, Fraction):
        return None
    value = target if target is not None and bound <= target else above(bound, rtol / 16)
    return value, _record(search, barriers, tail, value)


def verify_sweep(search: ResolventSearch, barriers: Sequence[Barrier], tail: Tail) -> Endpoint:
    """The largest of the chord bounds and the tail (rigorous); +infinity if there is no barrier at ``s = 0`` or the tail
    begins inside the last one.
    """
    beyond = tail.bound(barriers[-1].s) if barriers and barriers[0].s == 0 else None
    if beyond is None:
        return math.inf
    return max([beyond, *(chord_above(search.region, left.node, right.node) for left, right in pairwise(barriers))])


def _record(search: ResolventSearch, barriers: Sequence[Barrier], tail: Tail, value: Fraction) -> Witness:
    kind, key = ("circles", "r") if isinstance(search.region, Disc) else ("lines", "x")
    return {"by": kind, "value": rational_text(value), kind: [barrier.to_json(key) for barrier in barriers], "tail": dict(tail.record)}


def _highest(search: ResolventSearch, nodes: Sequence[Peak]) -> float:
    """The largest float chord, ``exp`` of its logarithm."""
    return max((math.exp(float_chord(search.region, *pair)[0]) for pair in pairwise(nodes)), default=1.0)


def _polished(search: ResolventSearch, nodes: list[Peak]) -> list[Peak]:
    """With a node near the maximum itself where ``K`` is near 1: the tail begins at ``e/(K − 1)``, so ``K − 1`` must be known."""
    index = max(range(len(nodes)), key=lambda i: nodes[i].value)
    if nodes[index].value > NEARLY_ONE or not 0 < index < len(nodes) - 1:
        return nodes
    ends = math.log(max(nodes[index - 1].s, nodes[index].s / 8)), math.log(nodes[index + 1].s)
    found = minimize_scalar(lambda log_s: -search.peak(math.exp(log_s)).value, bounds=ends, method="bounded", options={"xatol": 1e-3})
    best = search.peak(_short(math.exp(found.x)))
    return sorted([*nodes, best], key=lambda peak: peak.s) if best.value > nodes[index].value and best.s != nodes[index].s else nodes


def _distinct(search: ResolventSearch, positions: Sequence[float]) -> list[Peak]:
    peaks = [search.peak(s) for s in sorted({_short(s) for s in positions}) if s <= positions[-1]]
    return [peak for peak in peaks if 0 < peak.height < math.inf]


def _short(s: float) -> float:
    """Rounded to ``NODE_BITS`` significant bits."""
    mantissa, exponent = math.frexp(s)
    return math.ldexp(round(mantissa * (1 << NODE_BITS)), exponent - NODE_BITS)
