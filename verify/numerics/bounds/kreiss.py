"""The Kreiss constant ``K(X) = sup_{|z|>1} (|z| − 1) ‖(zI − X)^{-1}‖``, rigorously from both sides.

Upper bounds, in this order: ``K = 1`` if the numerical radius is at most 1 (*ando*:
``‖(zI − X)v‖ ‖v‖ >= |v*(zI − X)v| >= (|z| − 1)‖v‖²``); *circles* (:mod:`sweep`);
*similarity*. Lower bounds: *radius* (``ρ > 1`` gives a pole outside the disc, ``K = ∞``), *point*, *one* (``(|z| − 1)‖R(z)‖ → 1`` as
``|z| → ∞``).
"""

from __future__ import annotations

import functools
import math
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from verify.numerics.bounds.boundary import Disc, ResolventSearch
from verify.numerics.bounds.defective import prove_defective
from verify.numerics.bounds.field_of_values import ando_above, propose_numerical_radius, prove_ando
from verify.numerics.bounds.fine import FinePlan, fine_plan
from verify.numerics.bounds.inequalities import prove_barrier
from verify.numerics.bounds.ladder import FLOAT_RTOL, Bound, Side, Witness, require_square
from verify.numerics.bounds.point import points_below
from verify.numerics.bounds.rounding import is_moderate
from verify.numerics.bounds.similarity import prove_similarity
from verify.numerics.bounds.spectral import propose_eigenvalues, prove_unstable
from verify.numerics.bounds.sweep import Sweep, Tail, plan, prove_sweep
from verify.numerics.enclosure import Enclosure
from verify.numerics.exact import RationalMatrix
from verify.numerics.gaussian import to_float

__all__ = ["KREISS_RTOL", "kreiss_constant"]

KREISS_RTOL = Fraction(1, 10**6)
ONE: Witness = {"by": "one"}
NEAR_ONE = Fraction(1, 10**9)
"""Where the estimated numerical radius exceeds 1 by no more than this, ``w <= 1`` is tried."""
HOPELESS = 1e-6
"""From this excess of the spectral radius over 1 on, no upper bound is attempted; within it of 1, ``ρ < 1`` is proved first."""


def kreiss_constant(matrix: RationalMatrix, side: Side = "both", rtol: Fraction = KREISS_RTOL, target: Fraction | None = None) -> Enclosure:
    """``K(X)`` of a square matrix; ``+infinity`` (both ends) where ``ρ(X) > 1`` is proved.

    Guarantee: rigorous; matrix inequalities in exact rational arithmetic, logarithms by balls with rational outer ends. ``rtol``: the two
    sides agree to about this where floats can propose well enough (``K`` just above 1 needs many circles: the enclosure is then wider).
    ``target``: an upper bound below it is not needed, and ``target`` is returned if it is proved.

    ``ρ(X) = 1``: a defective unimodular eigenvalue is recognised exactly up to order 40 and gives ``+infinity`` (both ends); otherwise the upper end
    is ``+infinity`` unless a similarity proves ``K`` finite.
    """
    rtol = Fraction(rtol)
    require_square(matrix, "a Kreiss constant")
    if not is_moderate(matrix):
        return Enclosure(Fraction(1), math.inf, lower_witness=ONE)
    radius, _ = propose_numerical_radius(matrix)
    ando = prove_ando(matrix, Fraction(1), radius) if radius <= 1 + NEAR_ONE else None
    if ando is not None:
        return Enclosure(Fraction(1), Fraction(1), lower_witness=ONE, upper_witness=ando)
    values, exponent = propose_eigenvalues(matrix)
    spectral = float(abs(values).max()) * 2.0**exponent
    unstable = prove_unstable(matrix) if spectral > 1 - NEAR_ONE else None
    unstable = unstable or prove_defective(matrix)
    if unstable is not None:
        return Enclosure(math.inf, math.inf, lower_witness=unstable)
    lower, upper = _sides(matrix, radius, spectral, side, rtol, target)
    return Enclosure(lower[0], upper[0], lower_witness=lower[1], upper_witness=upper[1])


@dataclass(frozen=True)
class _Plan:
    """What both sides start from: floats, and the proved tail."""

    search: ResolventSearch
    tail: Tail
    sweep: Sweep
    fine: FinePlan


@functools.lru_cache(maxsize=16)
def _plan(matrix: RationalMatrix, radius: Fraction, spectral: float, rtol: Fraction, wanted: float | None) -> _Plan:
    """Remembered, because the sides of one constant are often asked for one after the other."""
    search = ResolventSearch(matrix, Disc())
    tail = _tail(matrix, radius)
    distance = max(1 - spectral, 1e-9) if spectral <= 1 + HOPELESS else 0.0
    if distance <= HOPELESS and prove_barrier(search, search.peak(0.0), Fraction(1, 16)) is None:
        distance = 0.0
    sweep = plan(search, distance, float(tail.excess), float(max(rtol, FLOAT_RTOL)), wanted)
    return _Plan(search, tail, sweep, fine_plan(search, sweep.nodes, rtol))


def _sides(matrix: RationalMatrix, radius: Fraction, spectral: float, side: Side, rtol: Fraction, target: Fraction | None) -> tuple[Bound, Bound]:
    with np.errstate(all="ignore"):
        planned = _plan(matrix, radius, spectral, rtol, None if target is None or side == "lower" else to_float(target))
        lower: Bound = (Fraction(1), ONE)
        upper: Bound = (math.inf, None)
        if side != "upper":
            lower = max([lower, *points_below(planned.search, planned.sweep, rtol, target, planned.fine.points)], key=lambda bound: bound[0])
        if side != "lower":
            upper = prove_sweep(planned.search, planned.fine.nodes, planned.tail, rtol, target) or prove_similarity(matrix) or upper
    return lower, upper


def _tail(matrix: RationalMatrix, radius: Fraction) -> Tail:
    """A bound ``w`` of the numerical radius, off by 2 % of its excess over 1."""
    slack = max((radius - 1) / 50, NEAR_ONE) / radius
    w, record = ando_above(matrix, radius, slack)
    kept: Witness = {} if record is None else {key: record[key] for key in ("matrix", "factor") if key in record}
    return Tail(Fraction(w) - 1, {"w": str(w), **kept})
