"""More digits than floats have: nodes around the supremum of ``s M(s)`` in FLINT's arithmetic. Proposals, nothing here is rigorous.

A plan made in floats (:mod:`sweep`) ends near a relative accuracy of ``1e-13``: its heights carry rounding, and its distances few
bits. What is left to do is local. Between neighbouring nodes ``s_1 < s_2`` the chord of the convex ``log M`` exceeds it by at most
``b (s − s_1)(s_2 − s)/2``, while ``log s M(s)`` falls from its maximum at ``s*`` like ``a (s − s*)²/2``. With nodes at distances
``h q^k`` from ``s*``, ``k = 0, 1, …``, the chord stays below the maximum where ``β u (Δ − u) <= (h + u)²`` for ``0 <= u <= Δ = (q − 1)h``,
``β = b/a``, so for ``q − 1 <= 2 (1 + √(1 + β))/β``; only the one across ``s*`` exceeds it, by a relative ``O(h²)``. So ``O(log 1/h)`` nodes give
any accuracy ``h²``; where ``K`` is near 1, ``β`` is large and they are many.
"""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from fractions import Fraction

import flint
from mpmath import mp

from verify.numerics.bounds.boundary import Disc, Peak, ResolventSearch
from verify.numerics.bounds.chords import float_chord, inside
from verify.numerics.bounds.ladder import FLOAT_RTOL
from verify.numerics.bounds.precise import ball_matrix, precision
from verify.numerics.bounds.rounding import dyadic, exact_fraction
from verify.numerics.exact import GaussianRational, RationalMatrix
from verify.numerics.multiprecision_newton import climb

__all__ = ["FinePlan", "fine_peak", "fine_plan"]

REACH = Fraction(1, 3)
"""Nodes stand as far as this share of ``s*`` around it."""
NEAR_TIES = 1e-9
MAX_RUNGS, MAX_NODES = 400, 1200
WIDEST = 3.0
VISIBLE, CLEAR = 1e-6, 1e-12
SECANTS = 12


@dataclass(frozen=True)
class FinePlan:
    """``nodes`` for the upper side, with ``Fraction``s for distances and heights, and rational ``points`` for the lower side."""

    nodes: Sequence[Peak]
    points: tuple[GaussianRational, ...] = ()


def fine_plan(search: ResolventSearch, nodes: Sequence[Peak], rtol: Fraction) -> FinePlan:
    """A float plan with the nodes near a maximum replaced by a geometric ladder of so many digits as are wanted.

    The first and the last node are kept. Where floats suffice the plan is returned as it is.
    """
    if rtol >= FLOAT_RTOL or len(nodes) < 2:
        return FinePlan(nodes)
    digits = math.ceil(-math.log10(rtol)) + 5
    bits = math.ceil(4 * digits) + 64
    maxima = _maxima(search, nodes, digits)
    ladders = [_ladder(s, _convexity(search, s, bits), rtol) for s, _ in maxima]
    inner = [node for node in nodes[1:-1] if not any(ladder[0] < node.s < ladder[-1] for ladder in ladders)]
    placed = sorted({s for ladder in ladders for s in ladder if nodes[0].s < s < nodes[-1].s})
    kept = [_refined(search, node, bits, Fraction(node.s)) for node in (nodes[0], *inner, nodes[-1])]
    refined = sorted([*kept, *(_at(search, s, bits) for s in placed)], key=lambda peak: peak.s)
    return FinePlan(_divided(search, refined, bits), tuple(z for _, z in maxima))


def _divided(search: ResolventSearch, nodes: list[Peak], bits: int) -> list[Peak]:
    """Intervals that floats can see (relative width ``VISIBLE``) split until their chords are clearly below the best value: those around the ladders."""
    limit = math.log(max(float(node.value) for node in nodes)) - CLEAR
    done, ahead = [nodes[0]], list(reversed(nodes[1:]))
    while ahead and len(done) + len(ahead) < MAX_NODES:
        left, right = done[-1], ahead[-1]
        split = None
        if right.s - left.s > VISIBLE * right.s:
            height, s = float_chord(search.region, left, right)
            split = inside(s, float(left.s), float(right.s)) if height > limit else None
        if split is None:
            done.append(ahead.pop())
        else:
            ahead.append(_at(search, _short(Fraction(split), (right.s - left.s) / 4), bits))  # type: ignore[arg-type]
    return [*done, *reversed(ahead)]


def _maxima(search: ResolventSearch, nodes: Sequence[Peak], digits: int) -> list[tuple[Fraction, GaussianRational]]:
    """Distance and place of all maxima that floats cannot tell from the largest."""
    continuous = not isinstance(search.region, Disc)
    values = [-math.inf, *(node.value for node in nodes), -math.inf]
    level = max(values) * (1 - NEAR_TIES)
    found = []
    for before, node, after in zip(values, nodes, values[2:], strict=False):
        if node.s > 0 and node.value >= max(level, before, after):
            with mp.workdps(2 * digits):
                start = mp.mpc(node.s, node.position) if continuous else (1 + mp.mpf(node.s)) * mp.expj(node.position)
                start = mp.mpc(mp.re(start), 0) if not continuous and node.position in (0, math.pi) else start
            place, value = climb(search.matrix.to_mpmath, start, digits, continuous)
            with mp.workdps(3 * digits):
                found.append((value, mp.re(place) if continuous else abs(place) - 1, mp.re(place), mp.im(place)))
    best = max((value for value, *_ in found), default=mp.zero)
    maxima = []
    for value, distance, re, im in found:
        if distance > 0 and value >= best * (1 - mp.mpf(10) ** -8):
            s = exact_fraction(distance)
            finest = s / 2 ** (2 * digits)
            maxima.append((_short(s, finest), GaussianRational(_short(exact_fraction(re), finest), _short(exact_fraction(im), finest))))
    return maxima


def _convexity(search: ResolventSearch, s: Fraction, bits: int) -> float:
    """``β``, by second differences at ``s (1 ± 2^{-12})``."""
    step = 2.0**-12
    places = [_short(s * (1 + Fraction(sign * step)), s / 2**40) for sign in (-1, 0, 1)]
    with precision(bits):
        heights = [_arb(Fraction(_at(search, place, bits).height)).log() for place in places]
        logs = [_arb(place).log() for place in places]
    bend = float(heights[0] - 2 * heights[1] + heights[2])
    fall = -bend - float(logs[0] - 2 * logs[1] + logs[2])
    return max(bend / fall, 0.0) if fall > 0 else math.inf


def _ladder(s: Fraction, convexity: float, rtol: Fraction) -> list[Fraction]:
    """Distances ``s ± s h q^k``, ``h = √rtol / 4`` rounded to a power of 2, with just enough bits."""
    step = Fraction(2) ** (math.frexp(math.sqrt(rtol))[1] - 3)
    widest = min(WIDEST, 1.8 * (1 + math.sqrt(1 + convexity)) / convexity) if 0 < convexity < math.inf else WIDEST
    ratio = 1 + Fraction(max(widest, float(REACH / step) ** (1 / MAX_RUNGS) - 1)).limit_denominator(1000)
    offsets = [step]
    while offsets[-1] * ratio < REACH:
        offsets.append(_short(offsets[-1] * ratio, offsets[-1] / 16))
    return sorted(_short(s * (1 + sign * offset), s * offset) for offset in offsets for sign in (-1, 1))


def _arb(value: Fraction) -> flint.arb:
    return flint.arb(flint.fmpq(value.numerator, value.denominator))


def _short(value: Fraction, scale: Fraction) -> Fraction:
    """Rounded to a twentieth of ``scale``."""
    return dyadic(value, 5 - math.floor(math.log2(scale)))


def _at(search: ResolventSearch, s: Fraction, bits: int) -> Peak:
    return _refined(search, search.peak(float(s)), bits, s)


def fine_peak(search: ResolventSearch, peak: Peak, distance: Fraction, rtol: Fraction) -> Peak:
    """The summit with height and position as ``Fraction``s of so many digits."""
    return _refined(search, peak, math.ceil(-4 * math.log10(rtol)) + 84, distance)


def _refined(search: ResolventSearch, peak: Peak, bits: int, distance: Fraction) -> Peak:
    """The same summit with its height to so many bits, at the exact distance; secants on the slope along the circle or line."""
    if not 0 < peak.height < math.inf:
        return replace(peak, s=distance)  # type: ignore[arg-type]
    with precision(bits):
        x = flint.acb_mat(ball_matrix(search.matrix))
        unit = flint.acb_mat(ball_matrix(RationalMatrix.identity(len(search.array))))
        disc = isinstance(search.region, Disc)

        def height_at(position: flint.arb) -> tuple[flint.arb, flint.arb]:
            return _height(x, unit, distance, position, disc)

        try:
            if search.matrix.is_real and peak.position in ((0, math.pi) if disc else (0,)):
                height, _ = height_at(flint.arb(0) if peak.position == 0 else flint.arb.pi())
                place: float | Fraction = peak.position
            else:
                height, position = _climb(height_at, flint.arb(peak.position), 1e-7 * min(1.0, float(distance)) or 1e-10)
                place = dyadic(position, bits // 2)
        except (ZeroDivisionError, ValueError):  # a pole, or an eigenvalue iteration that did not converge: the float proposal has to do
            return replace(peak, s=distance)  # type: ignore[arg-type]
        return Peak(distance, dyadic(height, bits), place)  # type: ignore[arg-type]


def _climb(height_at: Callable[[flint.arb], tuple[flint.arb, flint.arb]], position: flint.arb, width: float) -> tuple[flint.arb, flint.arb]:
    """Height and position of the summit near a position, by secants on the slope; the best seen if they stray."""
    best, slope = height_at(position)
    place = position
    other = (position + max(width, 1e-14 * abs(float(position)))).mid()
    for _ in range(SECANTS):
        height, fresh = height_at(other)
        if (height - best).mid() > 0:
            best, place = height, other
        change = (fresh - slope).mid()
        if change == 0:
            break
        step = (fresh * (other - position) / change).mid()
        if abs(float(step)) <= width * 2.0 ** (-flint.ctx.prec / 3):
            break
        position, slope, other = other, fresh, (other - step).mid()
    return best, place


def _height(x: flint.acb_mat, unit: flint.acb_mat, s: Fraction, position: flint.arb, disc: bool) -> tuple[flint.arb, flint.arb]:
    """``‖R(z)‖`` and, up to a positive factor, its derivative along the circle or line: ``R' = −R² z'``, and ``λ' = 2 Re v*R*R'v`` for ``λ = ‖R‖²``."""
    radius = _arb(s)
    z = flint.acb(position.cos(), position.sin()) * (1 + radius) if disc else flint.acb(radius, position)
    resolvent = (unit * z - x).inv().mid()
    image = resolvent.conjugate().transpose()
    values, vectors = (image * resolvent).mid().eig(right=True, algorithm="approx")
    index = max(range(len(values)), key=lambda i: float(values[i].real))
    v = flint.acb_mat(len(values), 1, [vectors[i, index] for i in range(len(values))])
    turn = z * flint.acb(0, 1) if disc else flint.acb(0, 1)
    slope = (v.conjugate().transpose() * image * (resolvent * (resolvent * v)))[0, 0] * turn * -2
    length = (v.conjugate().transpose() * v)[0, 0].real
    return values[index].real.mid().sqrt().mid(), (slope.real / length).mid()
