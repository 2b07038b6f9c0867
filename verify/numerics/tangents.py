"""The upper side of a Kreiss constant: finitely many circles that prove ``(r - 1) M(r) <= L`` for all ``r > 1``.

Write ``x = log r``. ``log M`` is convex in ``x`` (Hadamard's three circles), and the claim is ``log M <= B`` with
``B(x) = log L - log(r - 1)``, convex as well. Take tangents of ``B`` at some points: their upper envelope ``P`` is a convex polygon below
``B``. If ``log M <= P`` at the *corners* of ``P``, then between corners ``log M`` is below the chord, which is a side of ``P``, hence below
``B``. To the right the tangent at infinity ``log L - x`` serves as the last side, because ``r M(r)`` is non-increasing; to the left the
first side is followed down to ``r = 1``. So each corner costs one level-set test at a level known beforehand. In continuous time
``x = Re z`` and ``B(x) = log L - log x``; the left end is ``x = 0``, and the right end is where ``1/(x - omega)`` suffices, ``omega`` the
numerical abscissa. Here the tests run in floating point: not rigorous.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from verify.numerics.arrays import TINY, Array, ComplexArray, RealArray
from verify.numerics.ascent import point
from verify.numerics.pencils import circle_crossings, line_crossings, resolvable
from verify.numerics.triangular import smallest_singular_estimates

__all__ = ["ROUNDING", "Outcome", "Problem", "corners", "prove_bound", "split", "tangent_points"]

WAVES = 60
MOST_CIRCLES = 1000
STACKED_SVD_SIZE = 24
"""Up to this size a stacked SVD probes faster than substitutions in the Schur form."""
PROBES = 6
"""Old and new probes kept, each."""
ROUNDING = 1e-13
"""In the logarithm of a norm."""
SAFETY = 0.95
"""Share of the estimated room that a step of the ladder uses."""
FARTHEST_RUNG = 1.0
"""Of the ladder, in ``log s``: farther out the quadratic model says little."""


@dataclass(frozen=True)
class Problem:
    """The matrix, its Schur form and what is known of it."""

    J: Array
    form: ComplexArray
    continuous: bool
    nonnegative: bool
    abscissa: float = np.inf
    """Continuous time only: the numerical abscissa."""

    @property
    def size(self) -> float:
        return float(np.linalg.norm(self.J))


@dataclass
class Outcome:
    """``proved``: every corner passed. Otherwise ``better`` may hold a point ``(s, t)`` above the bound, found on the way."""

    proved: bool = False
    better: tuple[float, float] | None = None
    s: list[float] = field(default_factory=list)
    log_bounds: list[float] = field(default_factory=list)
    resolved: bool = True
    eigenproblems: int = 0
    svds: int = 0


def tangent_points(s: float, bend: float, rtol: float, log_bound: float, norm_at_boundary: float, continuous: bool) -> RealArray:
    """First tangent points: a ladder round the maximiser ``s`` with the second derivative ``-bend`` in ``log s``, then geometric.

    At distance ``d`` a corner between neighbours ``2h`` apart lies ``B'' h²/2`` below ``B``; there is room for ``rtol + bend d²/2``.
    """
    curvature = 1.0 if continuous else 1.0 / (1.0 + s)  # of B, in the variable log s, at constant slope
    share = min(max(bend / curvature, 0.01), 0.98)
    ladder, d = [0.0], 0.0
    while d < FARTHEST_RUNG:
        d += 2 * _half_rung(d, SAFETY**2 * 2 * rtol / curvature, SAFETY**2 * share)
        ladder.append(d)
    steps = np.array(ladder)
    near = s * np.exp(np.concatenate([-steps[:0:-1], steps]))
    first = np.exp(log_bound + 1.0) / norm_at_boundary
    below = s * np.exp(-steps[-1] - 0.9 * np.arange(1, 60))
    return np.concatenate([[min(first, near[0])], below[below > first][::-1], near[near > first]])


def _half_rung(d: float, room: float, share: float) -> float:
    """The root of ``h² = room + share (d + h)²``, at most 0.3."""
    half = share * d + np.sqrt(share**2 * d**2 + (1 - share) * (room + share * d**2))
    return min(float(half) / (1 - share), 0.3)


def prove_bound(problem: Problem, tangents: RealArray, log_bound: float, probes: RealArray) -> Outcome:
    """Test the corners of the tangents' envelope, adding tangents where it is too low; see the module's docstring.

    ``probes`` are arguments (ordinates) at which the norm is likely to be large: a probe above the level saves the eigenproblem.
    """
    outcome = Outcome()
    if problem.nonnegative:
        probes = np.zeros(1)  # where the norm is largest: the test is then exact
    left, right = _intervals(problem, tangents, log_bound)
    for _ in range(WAVES):
        if left.size == 0:
            outcome.proved = True
            return outcome
        s, levels = corners(left, right, log_bound, problem.continuous)
        failed, probes = _test(problem, s, levels, log_bound, probes, outcome)
        if outcome.better is not None or len(outcome.s) > MOST_CIRCLES:
            return outcome
        left, right = split(left[failed], right[failed], s[failed])
        if np.any((left > 0) & (right < left * (1 + 1e-13))):
            return outcome
    return outcome


def _intervals(problem: Problem, tangents: RealArray, log_bound: float) -> tuple[RealArray, RealArray]:
    """Neighbouring tangent points; 0 stands for the left end, ``inf`` for the right end."""
    if not problem.continuous:
        return np.append(0.0, tangents), np.append(tangents, np.inf)
    bound = np.exp(log_bound)
    end = bound * problem.abscissa / (bound - 1.0)
    inner = tangents[tangents < end * 0.99]
    return np.append(0.0, inner), np.append(inner, end)


def corners(left: RealArray, right: RealArray, log_bound: RealArray | float, continuous: bool) -> tuple[RealArray, RealArray]:
    """Where neighbouring tangents meet, and the lower of the two there (so that rounding of the corner does no harm)."""
    a, b = np.where(left > 0, left, right), np.where(np.isfinite(right), right, left)
    with np.errstate(divide="ignore", invalid="ignore"):
        if continuous:
            s = a + (np.log(b / a) - (b - a) / b) / (1 / a - 1 / b)
        else:
            distance = np.log1p((b - a) / (1 + a))
            s = a + (1 + a) * np.expm1((np.log(b / a) - (1 + 1 / b) * distance) / (1 / a - 1 / b))
            to_infinity = (1 + a) * np.log1p(a) - a * np.log(a)
            s = np.where(np.isfinite(right), s, np.expm1(to_infinity))
    s = np.where(left > 0, np.clip(s, a, np.where(np.isfinite(right), b, np.inf)), 0.0)
    low = np.minimum(_tangent(a, s, continuous), _tangent(b, s, continuous))
    if not continuous:
        low = np.where(np.isfinite(right), low, np.minimum(low, -np.log1p(s)))
    return s, log_bound + low


def _tangent(a: RealArray, s: RealArray, continuous: bool) -> RealArray:
    """The tangent at ``a`` of ``-log s``, as a function of ``log(1 + s)`` (of ``s`` in continuous time), at ``s``."""
    return -np.log(a) - ((s - a) / a if continuous else (1 + 1 / a) * np.log1p((s - a) / (1 + a)))


def split(left: RealArray, right: RealArray, corner: RealArray) -> tuple[RealArray, RealArray]:
    """A new tangent at the corner that was too low; at the left end closer to the boundary."""
    middle = np.where(left > 0, corner, 0.3 * right)
    return np.concatenate([left, middle]), np.concatenate([middle, right])


def _test(
    problem: Problem, s: RealArray, levels: RealArray, log_bound: float, probes: RealArray, outcome: Outcome
) -> tuple[NDArray[np.bool_], RealArray]:
    """Which corners fail (``M > exp(level)``), by probes first and level-set tests for the rest; and the probes, with new ones."""
    log_norms = _probe(problem, s, probes, outcome)
    failed = log_norms.max(axis=1) > levels + ROUNDING
    _note_better(problem, s, log_norms, np.broadcast_to(probes, log_norms.shape), log_bound, outcome)
    if problem.nonnegative or outcome.better is not None:
        _note_passed(problem, s[~failed], levels[~failed], outcome)
        return failed, probes
    open_ = np.flatnonzero(~failed)
    fresh = []
    for k, angles in zip(open_, _crossings(problem, s[open_], np.exp(-levels[open_]), outcome), strict=True):
        if angles.size:
            log_norm = -np.log(_smallest(problem.J, point(np.full(angles.shape, s[k]), angles, problem.continuous)))
            outcome.svds += len(angles)
            failed[k] = log_norm.max() > levels[k] + ROUNDING
            _note_better(problem, s[k : k + 1], log_norm[None], angles[None], log_bound, outcome)
            fresh.append(angles[int(log_norm.argmax())])
    _note_passed(problem, s[open_][~failed[open_]], levels[open_][~failed[open_]], outcome)
    return failed, np.concatenate([probes[:PROBES], fresh[-PROBES:]]) if fresh else probes


def _probe(problem: Problem, s: RealArray, probes: RealArray, outcome: Outcome) -> RealArray:
    """``log ‖R‖`` at all corners and probes; shape ``(corners, probes)``."""
    z = point(s[:, None], probes[None, :], problem.continuous)
    if len(problem.J) > STACKED_SVD_SIZE and not problem.nonnegative:
        sigmas = smallest_singular_estimates(problem.form[None], z.reshape(1, -1), 4).reshape(z.shape)
        return -np.log(np.maximum(sigmas, TINY))
    outcome.svds += z.size
    return -np.log(_smallest(problem.J, z.ravel())).reshape(z.shape)


def _smallest(J: Array, z: ComplexArray) -> RealArray:
    shifts = z.real if not np.iscomplexobj(J) and not z.imag.any() else z
    sigmas = np.linalg.svd(shifts[:, None, None] * np.eye(len(J)) - J, compute_uv=False)[:, -1]
    return np.maximum(sigmas, TINY)


def _crossings(problem: Problem, s: RealArray, g: RealArray, outcome: Outcome) -> list[RealArray]:
    """Crossings and the midpoints between them: the points to look at, for each circle or line."""
    if s.size == 0:
        return []
    outcome.eigenproblems += len(s)
    found = line_crossings(problem.J, s, g) if problem.continuous else circle_crossings(problem.J, 1.0 + s, g)
    return [_with_midpoints(places, None if problem.continuous else 2 * np.pi) for places in found]


def _with_midpoints(places: RealArray, period: float | None) -> RealArray:
    if places.size == 0:
        return places
    places = np.sort(places)
    following = np.append(places[1:], places[0] + period if period else places[-1])
    return np.concatenate([places, 0.5 * (places + following)])


def _note_better(problem: Problem, s: RealArray, log_norms: RealArray, angles: RealArray, log_bound: float, outcome: Outcome) -> None:
    with np.errstate(divide="ignore"):
        heights = np.log(s)[:, None] + log_norms
    i, k = np.unravel_index(int(heights.argmax()), heights.shape)
    if heights[i, k] > log_bound and outcome.better is None:
        outcome.better = (float(s[i]), float(angles[i, k]))


def _note_passed(problem: Problem, s: RealArray, levels: RealArray, outcome: Outcome) -> None:
    outcome.s.extend(s.tolist())
    outcome.log_bounds.extend(levels.tolist())
    if not problem.nonnegative:
        outcome.resolved &= bool(resolvable(problem.size + 1.0 + s, np.exp(-levels)).all())
