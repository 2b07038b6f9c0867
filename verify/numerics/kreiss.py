"""The Kreiss constant of one matrix: a maximiser found by climbing, and a bound from above by finitely many circles.

``K(J) = sup_{|z|>1} (|z| - 1) ‖(zI - J)^{-1}‖`` (Kreiss 1962); global methods: Mitchell (2020), and here the tangent polygon of
:mod:`verify.numerics.tangents`. Floating point, not rigorous.
"""

from __future__ import annotations

import functools
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Literal

import numpy as np
from numpy.typing import ArrayLike

from verify.numerics import on_axis
from verify.numerics.arrays import EPS, TINY, Array, RealArray, square
from verify.numerics.ascent import ascend, on_the_real_axis, point
from verify.numerics.spectra import above_rounding, shifted, smallest_singular_values, surely_outside_disc, surely_right_of_axis
from verify.numerics.starts import Starts, expansion, far_starts, kreiss_starts, smallest_excess
from verify.numerics.tangents import Outcome, Problem, prove_bound, tangent_points
from verify.numerics.triangular import schur_forms

__all__ = ["KreissConstant", "KreissCost", "kreiss_constant", "kreiss_maximisers"]

GLOBAL = "global in floating point"
LOCAL = "local"
EXACT = "enclosed in exact arithmetic: floats are too coarse here"
AT_INFINITY = complex(np.inf, 0.0)
CLIMBS = 2
NEAR_TIES = 6
NEARLY_ONE = 1.0 + 1e-6
"""Up to here the value may be 1 and rounding."""
TOO_COARSE, EXACT_ORDER = 1e-4, 24
"""Where rounding may cost so much of ``‖R(z)‖`` at the float maximiser, matrices up to this order are enclosed in exact arithmetic instead."""
ROUGHLY = 1e-3
"""Relative tolerance there, where only the place is wanted: it is refined in more digits."""
ROUNDS = 20
LOOSEST = 1e-2
"""Where rounding forbids the tolerance asked for, the bound is tried up to this one."""


@dataclass(frozen=True)
class KreissCost:
    """Work done: circles (lines) bounded, structured eigenproblems, singular value decompositions."""

    circles: int
    eigenproblems: int
    svds: int


@dataclass(frozen=True)
class KreissConstant:
    """``value = (|z| - 1) ‖R(z)‖`` up to rounding, a lower bound; ``z = inf`` where the supremum is the limit 1 at infinity.

    Attributes:
        bracket: the value, and an upper bound that the level-set tests support (``inf`` where they do not); wider than asked where rounding
            or effort forbid more.
        label: ``"global in floating point"`` if the upper bound is finite and every test stood clear of rounding, else ``"local"``. Where ``σ_min(zI − J)`` is
            below rounding (``[[½, c], [0, ½]]`` with ``c >= 1e6``) matrices up to order 24 are handed to :mod:`verify.numerics.bounds.kreiss`: the label is
            then ``"enclosed in exact arithmetic: floats are too coarse here"``, the bracket rigorous and rounded outward, and the value its lower end.
        circles: pairs ``(r - 1, bound of M(r))`` (lines: ``(x, bound)``) that carry the upper bound, see :mod:`verify.numerics.tangents`.
    """

    value: float
    z: complex
    bracket: tuple[float, float]
    label: str
    cost: KreissCost
    circles: tuple[tuple[float, float], ...] = ()


def kreiss_constant(J: ArrayLike, rtol: float = 1e-8, *, continuous: bool = False, radius: float = 1.0) -> KreissConstant:
    """``K(J)``, or ``K_c(J) = sup_{Re z>0} Re z ‖(zI - J)^{-1}‖`` if ``continuous``, to a relative tolerance.

    With ``radius = r`` it is ``K_r(J) = sup_{|z|>r} (|z| - r) ‖(zI - J)^{-1}‖ = K(J/r)``: put ``z = rw``, then ``(|z| - r)‖(zI - J)^{-1}‖ =
    r(|w| - 1) ‖(r(wI - J/r))^{-1}‖ = (|w| - 1) ‖(wI - J/r)^{-1}‖``. It bounds the growth of an unstable ``J``, ``‖J^t‖ <= e n K_r r^t`` for ``r > rho(J)``;
    ``z`` is given for ``J``, the circles for ``J/r``.

    ``inf`` if an eigenvalue lies outside the closed disc (half plane) by more than a backward error. With an eigenvalue on the boundary,
    up to rounding, the value is local and its upper bound ``inf``: floats cannot tell a semisimple eigenvalue from a defective one.

    Raises:
        TypeError: if the entries are not machine numbers.
        ValueError: if ``J`` is not square and finite, ``rtol`` not in ``[1e-12, 1)``, or ``radius`` not positive and finite or given in continuous time.
    """
    return _constant(J, rtol, continuous, radius, "both")


def _constant(J: ArrayLike, rtol: float, continuous: bool, radius: float, side: Literal["lower", "both"]) -> KreissConstant:
    """``side="lower"`` where only the place is wanted: then no upper bound is proved where floats give out."""
    matrix = square(J)
    if not (np.isfinite(radius) and radius > 0) or (continuous and radius != 1):
        raise ValueError(f"radius = {radius}; a positive finite radius is needed, and in continuous time none: shift G instead")
    if radius != 1:
        scaled = _constant(matrix / radius, rtol, False, 1.0, side)
        return replace(scaled, z=scaled.z * radius if np.isfinite(scaled.z) else scaled.z)
    if not 1e-12 <= rtol < 1:
        raise ValueError(f"rtol = {rtol}; float64 admits relative tolerances in [1e-12, 1), such as 1e-8")
    if np.iscomplexobj(matrix) and not matrix.imag.any():
        matrix = np.ascontiguousarray(matrix.real)
    problem = _problem(matrix, continuous)
    spectrum = np.diag(problem.form)
    unstable = surely_right_of_axis if continuous else surely_outside_disc
    if unstable(matrix[None], spectrum[None])[0]:
        z = spectrum[(spectrum.real if continuous else np.abs(spectrum)).argmax()]
        return KreissConstant(np.inf, complex(z), (np.inf, np.inf), GLOBAL, KreissCost(0, 0, 1))
    found = _search(problem, rtol)
    if found.label == LOCAL and len(matrix) <= EXACT_ORDER and _loss(matrix, found) > TOO_COARSE:
        return _enclosed(matrix, rtol, continuous, side)
    return found


def _loss(matrix: Array, found: KreissConstant) -> float:
    """The part of ``‖R(z)‖`` that rounding may have changed."""
    if not np.isfinite(found.z):
        return 0.0
    sigmas = np.linalg.svd(found.z * np.eye(len(matrix)) - matrix, compute_uv=False)
    return float(EPS * sigmas[0] / max(sigmas[-1], TINY))


def _enclosed(matrix: Array, rtol: float, continuous: bool, side: Literal["lower", "both"]) -> KreissConstant:
    """The rigorous enclosure as a float result; its machinery is loaded only where it is needed."""
    from verify.numerics.bounds.continuous import continuous_kreiss_constant as continuous_bound
    from verify.numerics.bounds.kreiss import kreiss_constant as bound
    from verify.numerics.exact import RationalMatrix

    tolerance = Fraction(ROUGHLY if side == "lower" else max(rtol, 1e-10))
    enclosure = (continuous_bound if continuous else bound)(RationalMatrix.from_floats(matrix), side=side, rtol=tolerance)
    point = (enclosure.lower_witness or {}).get("z")
    z = AT_INFINITY if point is None else complex(*(float(Fraction(part)) for part in point))
    low, high = enclosure.floats
    label = LOCAL if low < high == np.inf else EXACT
    return KreissConstant(low, z, (low, high), label, KreissCost(0, 0, 0))


def kreiss_maximisers(J: ArrayLike, *, continuous: bool = False, within: float = 1e-6) -> list[tuple[float, complex]]:
    """The global value and place first, then other local maxima whose value is at most ``within`` (relative) below it: near-ties.

    Errors as :func:`kreiss_constant`.
    """
    matrix = square(J)
    return list(_maximisers(matrix.tobytes(), matrix.dtype.str, len(matrix), continuous, within))


@functools.lru_cache(maxsize=256)
def _maximisers(entries: bytes, kind: str, order: int, continuous: bool, within: float) -> tuple[tuple[float, complex], ...]:
    """Remembered: one matrix is asked for at several precisions, and in several places of a statement."""
    J = np.frombuffer(entries, dtype=kind).reshape(order, order)
    if not continuous and (on_the_axis := on_axis.maximisers(J, within)):
        return tuple(on_the_axis)
    best = _constant(J, 1e-8, continuous, 1.0, "lower")
    found = [(best.value, best.z)]
    if not np.isfinite(best.z) or not np.isfinite(best.value):
        return tuple(found)
    problem = _problem(square(J), continuous)
    starts = _starts(problem, NEAR_TIES)
    for start in range(len(starts.s)):
        value, z = _attained(problem, _climb(problem, starts.some(slice(start, start + 1)), np.empty(0)))
        new = all(abs(z - other) > 1e-6 * abs(other) for _, other in found)
        if new and np.isfinite(z) and value >= best.value * (1 - within):
            found.append((value, z))
    return tuple(found)


def _problem(J: Array, continuous: bool) -> Problem:
    off_diagonal = J - np.diag(np.diag(J)) if continuous else J
    nonnegative = not np.iscomplexobj(J) and bool((off_diagonal >= 0).all())
    abscissa = float(np.linalg.eigvalsh(0.5 * (J + J.conj().T))[-1]) if continuous else np.inf
    return Problem(J, schur_forms(J[None])[0], continuous, nonnegative, abscissa)


def _search(problem: Problem, rtol: float) -> KreissConstant:
    """Climb, try to prove the bound, climb again from whatever the proof runs into."""
    top = _climb(problem, _starts(problem, CLIMBS), np.empty(0))
    if top.value <= NEARLY_ONE:
        expanding, direction = expansion(problem.J[None], problem.continuous)
        if not expanding[0]:
            return KreissConstant(1.0, AT_INFINITY, (1.0, 1.0), GLOBAL, KreissCost(0, 0, top.svds))
        far = far_starts(problem.J[None], np.array([problem.size]), direction, problem.continuous)
        top = max(top, _climb(problem, far, top.probes), key=lambda place: place.value)
    svds, circles, eigenproblems = top.svds, 0, 0
    boundary = _boundary_norm(problem, top.probes)
    slack, outcome = max(rtol, _rounding(problem, top)), Outcome()
    for _ in range(ROUNDS):
        if not np.isfinite(boundary):
            break
        value = max(top.value, 1.0)
        log_bound = float(np.log(value) + np.log1p(slack))
        tangents = tangent_points(top.s, top.bend, slack, log_bound, boundary, problem.continuous)
        outcome = prove_bound(problem, tangents, log_bound, top.probes)
        circles, eigenproblems, svds = circles + len(outcome.s), eigenproblems + outcome.eigenproblems, svds + outcome.svds
        if outcome.better is not None:
            top = _climb_from(problem, outcome.better, top)
            svds += top.svds
        elif outcome.proved or slack >= LOOSEST:
            break
        else:
            slack = min(1e3 * slack, LOOSEST)
    return _result(problem, top, outcome, slack, KreissCost(circles, eigenproblems, svds))


def _rounding(problem: Problem, top: _Top) -> float:
    """Relative error of the value from rounding in ``sigma_min``: with it in the slack, the proof does not stumble over noise."""
    return 8 * EPS * (problem.size + top.s + 1.0) * top.value / top.s


def _result(problem: Problem, top: _Top, outcome: Outcome, slack: float, cost: KreissCost) -> KreissConstant:
    value, z = _attained(problem, top)
    upper = max(value, top.value, 1.0) * (1.0 + slack) if outcome.proved else np.inf
    settled = outcome.proved and outcome.resolved
    circles = tuple(zip(outcome.s, np.exp(outcome.log_bounds).tolist(), strict=True)) if outcome.proved else ()
    return KreissConstant(value, z, (value, upper), GLOBAL if settled else LOCAL, cost, circles)


@dataclass(frozen=True)
class _Top:
    """The best point so far, and arguments (ordinates) worth probing."""

    value: float
    s: float
    t: float
    scale: float
    bend: float
    probes: RealArray
    svds: int


def _starts(problem: Problem, count: int) -> Starts:
    return kreiss_starts(
        problem.form[None],
        np.array([problem.size]),
        real=not np.iscomplexobj(problem.J),
        nonnegative=problem.nonnegative,
        continuous=problem.continuous,
        count=count,
    )


def _climb(problem: Problem, starts: Starts, probes: RealArray) -> _Top:
    if len(starts.s) == 0:
        return _Top(0.0, 1.0, 0.0, 1.0, 0.0, probes, 0)
    smallest = np.repeat(smallest_excess(np.diag(problem.form)[None], problem.continuous), len(starts.s))
    copies, scale = problem.J[None].repeat(len(starts.s), axis=0), starts.angle_scale
    ascent = ascend(copies, starts.s, starts.t, continuous=problem.continuous, smallest=smallest, angle_scale=scale)
    k = int(np.argmax(ascent.value))
    probes = np.unique(np.round(np.append(probes, ascent.t), 9))
    return _Top(float(ascent.value[k]), float(ascent.s[k]), float(ascent.t[k]), float(scale[k]), float(ascent.bend[k]), probes, ascent.svds)


def _climb_from(problem: Problem, place: tuple[float, float], top: _Top) -> _Top:
    """Climb from a point that beats the present one."""
    s, t = np.array([place[0]]), np.array([place[1]])
    z = point(s, t, problem.continuous)
    distance = np.abs(z - np.diag(problem.form)).min()
    scale = np.array([distance if problem.continuous else min(1.0, distance / abs(z[0]))])
    return _climb(problem, Starts(np.zeros(1, dtype=np.intp), s, t, scale, np.zeros(1)), top.probes)


def _boundary_norm(problem: Problem, probes: RealArray) -> float:
    """A lower estimate of ``M`` on the stability boundary; ``inf`` where an eigenvalue is on it, up to rounding."""
    spectrum = np.diag(problem.form)
    order = np.argsort(-(spectrum.real if problem.continuous else np.abs(spectrum)))[:4]
    own = spectrum[order].imag if problem.continuous else np.angle(spectrum[order])
    gap = -spectrum.real.max() if problem.continuous else 1.0 - np.abs(spectrum).max()
    t = np.append(probes, own)
    z = point(np.zeros(len(t)), t, problem.continuous)
    sigmas = smallest_singular_values(z[:, None, None] * np.eye(len(problem.J)) - problem.J)
    least = float(sigmas.min())
    rounding = 8 * len(problem.J) * EPS * (problem.size + (0.0 if problem.continuous else 1.0))
    return np.inf if gap <= 0 or least <= rounding else 1.0 / least


def _attained(problem: Problem, top: _Top) -> tuple[float, complex]:
    """The value at the rounded maximiser, on the real axis if it is there within ``1e-7``."""
    if top.value <= 1.0:
        return 1.0, AT_INFINITY
    t = top.t
    if not np.iscomplexobj(problem.J):
        t = float(on_the_real_axis(np.array([t]), np.array([top.scale]), problem.continuous)[0])
    s = top.s if problem.continuous else (1.0 + top.s) - 1.0
    z = complex(point(np.array([s]), np.array([t]), problem.continuous)[0])
    X = shifted(problem.J[None], np.array([z if np.iscomplexobj(problem.J) or z.imag else z.real]))
    return s / float(above_rounding(np.linalg.svd(X, compute_uv=False))[0]), z
