"""``sup_s s M(s)`` from finitely many values of ``M``: chords of a log-convex function bound it from above.

Let ``log M`` be convex in the coordinate ``c(s)`` of the region (:mod:`boundary`), ``M(s_i) <= g_i`` at two nodes and
``m = log(g_1/g_2)/(c_2 − c_1)``. Then between them ``log(s M(s)) <= φ(s) = log s − m (c(s) − c_1) + log g_1``, and ``φ`` is a concave
function of ``c``. Its maximiser is known in closed form, so that the sharpest interval can be split there (floats, :func:`refine`); and a
tangent at *any* point bounds it on the whole interval (balls, :func:`chord_above`).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from fractions import Fraction
from itertools import pairwise

import flint

from verify.numerics.bounds.boundary import Disc, Peak, Region
from verify.numerics.bounds.precise import precision
from verify.numerics.enclosure import Endpoint, fraction_of

__all__ = ["Node", "chord_above", "float_chord", "inside", "prune", "refine"]

MAX_NODES = 200


@dataclass(frozen=True)
class Node:
    """``‖R(z)‖ < g`` is proved at distance ``s`` and beyond."""

    s: Fraction
    g: Fraction


def float_chord(region: Region, left: Peak, right: Peak) -> tuple[float, float]:
    """The largest value of ``φ`` (as a float) between two nodes and where it is taken."""
    slope = math.log(left.height / right.height) / (region.coordinate(right.s) - region.coordinate(left.s))
    s = min(max(region.maximiser(slope), left.s), right.s)
    return (math.log(s) - slope * (region.coordinate(s) - region.coordinate(left.s)) + math.log(left.height) if s > 0 else -math.inf), s


def refine(region: Region, peaks: Sequence[Peak], evaluate: Callable[[float], Peak], threshold: Callable[[float], float]) -> list[Peak]:
    """Split the interval with the largest chord at its maximiser until every chord is below ``threshold(best value so far)``.

    Float only. Stops after ``MAX_NODES`` nodes; an interval too short for floats to split is left as it is.
    """
    nodes = sorted(peaks, key=lambda peak: peak.s)
    whole: set[float] = set()
    chords = [float_chord(region, left, right) for left, right in pairwise(nodes)]
    while 2 <= len(nodes) < MAX_NODES:
        limit = math.log(threshold(max(peak.value for peak in nodes)))
        splittable = ((*chord, index) for index, chord in enumerate(chords) if nodes[index].s not in whole)
        height, s, index = max(splittable, default=(-math.inf, 0.0, 0))
        if height <= limit:
            break
        left, right = nodes[index], nodes[index + 1]
        split = inside(s, left.s, right.s)
        peak = None if split is None else evaluate(split)
        if peak is None or not left.s < peak.s < right.s:
            whole.add(left.s)
        elif 0 < peak.height < math.inf:
            nodes.insert(index + 1, peak)
            chords[index : index + 1] = [float_chord(region, left, peak), float_chord(region, peak, right)]
        else:
            break
    return nodes


def inside(s: float, left: float, right: float) -> float | None:
    """Keep a split away from the ends of its interval (in relative measure); None if there is no room left."""
    low, high = max(left, min(s / 8, right * 1e-3)), right
    ratio = high / low
    if not ratio > 1 + 1e-12:
        return None
    return min(max(s, low * ratio**SHARE), low * ratio ** (1 - SHARE))


SHARE = 0.15


def prune(region: Region, nodes: Sequence[Peak], limit: float) -> list[Peak]:
    """Drop nodes that are not needed to keep every chord below ``limit``, the first and the last always kept."""
    kept = [nodes[0]]
    position = 0
    while position < len(nodes) - 1:
        reach = position + 1
        while reach + 1 < len(nodes) and float_chord(region, nodes[position], nodes[reach + 1])[0] <= math.log(limit):
            reach += 1
        kept.append(nodes[reach])
        position = reach
    return kept


def chord_above(region: Region, left: Node, right: Node) -> Endpoint:
    """An upper bound of ``sup s M(s)`` on ``[s_1, s_2]``: rational, or +infinity if the precision did not suffice.

    Proof: ``φ`` is concave in ``c``, so ``φ <= φ(s_0) + φ'(s_0)(c − c(s_0))`` for any ``s_0`` inside, and the right-hand side is largest
    at an end. The point is proposed in floats near the maximiser; logarithms and the exponential are balls, and the outer end of the last
    ball is taken.
    """
    with precision(192 + 2 * max(0, _exponent(right.s), -_exponent(left.s or right.s), _exponent(left.g))):
        (s1, g1), (s2, g2) = ((_ball(node.s), _ball(node.g)) for node in (left, right))
        c1, c2 = _coordinate(region, s1), _coordinate(region, s2)
        slope = (g1 / g2).log() / (c2 - c1)
        s = _ball(_near_maximiser(region, left, right, float(slope)))
        value = s.log() - slope * (_coordinate(region, s) - c1) + g1.log()
        derivative = ((1 + s) / s if isinstance(region, Disc) else 1 / s) - slope
        ends = [(derivative * (end - _coordinate(region, s))).upper() for end in (c1, c2)]
        bound = (value + max(ends[0], ends[1])).exp()
        return fraction_of(bound.upper()) if bound.is_finite() else math.inf


def _near_maximiser(region: Region, left: Node, right: Node, slope: float) -> Fraction:
    s = region.maximiser(slope)
    return min(max(Fraction(s), left.s), right.s) if math.isfinite(s) and s > 0 else right.s


def _coordinate(region: Region, s: flint.arb) -> flint.arb:
    return s.log1p() if isinstance(region, Disc) else s


def _ball(value: Fraction) -> flint.arb:
    return flint.arb(flint.fmpq(value.numerator, value.denominator))


def _exponent(value: Fraction) -> int:
    return value.numerator.bit_length() - value.denominator.bit_length()
