"""The norm of the exponential of a matrix, with witnesses.

``e^{tX}`` is enclosed by balls; a vector and a number for the norm of its midpoint ``M`` are witnesses for itself once both are moved by the radius. The
checker encloses the exponential by its own fixed-point series, to many more digits than the room left here.
"""

from __future__ import annotations

import math
from fractions import Fraction

from verify.numerics.bounds.ladder import DEFAULT_RTOL, Side, Witness, require_square
from verify.numerics.bounds.peaks import LARGEST_EXPONENT, enclosed_exponential
from verify.numerics.bounds.rounding import above, is_moderate
from verify.numerics.bounds.singular import norm
from verify.numerics.enclosure import Enclosure, Rigour
from verify.numerics.exact import RationalMatrix, rational_text
from verify.numerics.gaussian import real_part

__all__ = ["exponential_norm"]

ROOM = Fraction(1, 1 << 90)
LARGEST_CHECKED, LARGEST_CHECKED_ORDER = 256, 32
"""Up to this Frobenius norm of ``tX``, and this order, the checker encloses the exponential."""


def exponential_norm(
    matrix: RationalMatrix, time: Fraction, side: Side = "both", rtol: Fraction = DEFAULT_RTOL, target: Fraction | None = None
) -> Enclosure:
    """``‖e^{tX}‖`` for a real ``t`` of either sign.

    Guarantee: rigorous (rigour ``BALL``; exactly 1 where ``tX = 0``). Witnesses ``vector`` (lower) and ``gram`` (upper) as far as the checker encloses the
    exponential: to order 32 and a Frobenius norm of ``tX`` of 256. Beyond that without witnesses, and ``[0, infinity]`` where the entries of ``tX`` are too
    large or too small to be enclosed. A ``target`` cannot be met exactly.
    """
    require_square(matrix, "an exponential")
    scaled = matrix * Fraction(time)
    if not any(entry for row in scaled.rows() for entry in row):
        return Enclosure(Fraction(1), Fraction(1), upper_witness={"by": "gram", "value": "1"})
    size = norm(scaled, "upper", Fraction(1, 10)).upper
    if not is_moderate(scaled) or size > LARGEST_EXPONENT:
        return Enclosure(Fraction(0), math.inf)
    middle, error = enclosed_exponential(scaled)
    found = norm(middle, side, Fraction(rtol))
    low = max((Fraction(found.lower) - error) * (1 - ROOM), Fraction(0))
    high = above((found.upper + error) * (1 + ROOM), ROOM) if isinstance(found.upper, Fraction) else math.inf
    if not _is_checked(scaled):
        return Enclosure(low, high, Rigour.BALL)
    lower = {key: value for key, value in (found.lower_witness or {}).items() if key != "value"}
    upper: Witness | None = {"by": "gram", "value": rational_text(high)} if isinstance(high, Fraction) else None
    return Enclosure(low, high, Rigour.BALL, lower_witness=lower or None, upper_witness=upper)


def _is_checked(scaled: RationalMatrix) -> bool:
    """Whether the checker, which rounds the norm up, encloses this exponential."""
    return scaled.shape[0] <= LARGEST_CHECKED_ORDER and real_part((scaled.adjoint() * scaled).trace()) < LARGEST_CHECKED**2 * (1 - ROOM)
