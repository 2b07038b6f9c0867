"""Lower bounds by one point: ``sup_z weight(z) ‖R(z)‖ >= weight(z) ‖v‖/‖(zI − X)v‖`` for any ``z`` of the region and any
``v ≠ 0``, exactly.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator
from fractions import Fraction

from scipy.optimize import brentq

from verify.numerics.bounds.boundary import Disc, Peak, Region, ResolventSearch
from verify.numerics.bounds.ladder import Witness, accuracy_bits, nice_value, vector_json, z_json
from verify.numerics.bounds.precise import precision
from verify.numerics.bounds.rounding import dyadic, null_vector, simplest_between, sqrt_below
from verify.numerics.bounds.singular import length_squared, propose_smallest
from verify.numerics.bounds.sweep import Sweep
from verify.numerics.enclosure import Endpoint
from verify.numerics.exact import GaussianRational, RationalMatrix, rational_text, shifted

__all__ = ["point_below", "points_below", "propose_points", "propose_vectors", "verify_point"]

TOWARDS_THE_BOUNDARY = (1e-3, 1e-6, 1e-9)
ON_AXIS = 1e-6
"""A position this near the real axis, relative to ``s``, is tried on the axis as well."""


def point_below(
    search: ResolventSearch, peak: Peak, rtol: Fraction, target: Fraction | None = None, points: Iterable[GaussianRational] = ()
) -> tuple[Endpoint, Witness] | None:
    """The best verified bound near a proposed peak with its ``point`` record; None if there is none. +infinity if an eigenvalue was hit.

    Where ``z`` and the vector of the supremum are rational they are found, so that the bound is attained exactly. ``points`` are tried as well.
    """
    best: tuple[Endpoint, Witness] | None = None
    for z in (*propose_points(search, peak, rtol), *points):
        for vector in propose_vectors(search, z, rtol, target):
            value = verify_point(search.matrix, search.region, z, vector, max(80, accuracy_bits(rtol) + 16))
            if value is not None and (best is None or value > best[0]):
                record = {"by": "point", "z": z_json(z), "vector": vector_json(vector)}
                best = (value, {**record, "value": rational_text(value)} if isinstance(value, Fraction) else record)
    return best


def points_below(
    search: ResolventSearch, sweep: Sweep, rtol: Fraction, target: Fraction | None = None, points: Iterable[GaussianRational] = ()
) -> list[tuple[Endpoint, Witness]]:
    """:func:`point_below` at the best peak of a sweep; without an upper bound the supremum may be a limit at the boundary, and points next to it are tried."""
    peaks = [sweep.best] if sweep.nodes else [sweep.best, *(search.peak(sweep.best.s * share) for share in TOWARDS_THE_BOUNDARY if sweep.best.s > 0)]
    found = [point_below(search, peak, rtol, target, points if peak is sweep.best else ()) for peak in peaks]
    return [bound for bound in found if bound is not None]


def propose_points(search: ResolventSearch, peak: Peak, rtol: Fraction) -> Iterator[GaussianRational]:
    """Rational points at the peak: short real ones where it lies on the axis, else with just enough bits (the error enters squared)."""
    if not (0 < peak.s < math.inf and math.isfinite(peak.position)):
        return
    bits, disc = accuracy_bits(rtol) // 2 + 4, isinstance(search.region, Disc)
    short = _simplest_near(peak.s, bits)
    sine = math.sin(peak.position) if disc else peak.position
    for sign in _signs_on_axis(search, peak, abs(sine)):
        for s in {short, _simplest_near(propose_stationary(search, peak.s, sign), 40)}:
            yield GaussianRational(sign * (1 + s) if disc else s)
    if sine != 0:
        with precision(256):
            place = search.region.precise_point(Fraction(peak.s), peak.position)
            fine = bits + max(0, -math.frexp(peak.s)[1])
            yield GaussianRational(dyadic(place.real, 2 * fine) if disc else short, dyadic(place.imag, 2 * fine if disc else fine))


def _signs_on_axis(search: ResolventSearch, peak: Peak, sine: float) -> list[int]:
    """Which halves of the real axis are as good as the peak."""
    disc = isinstance(search.region, Disc)
    if sine <= ON_AXIS * peak.s:
        return [-1 if disc and math.cos(peak.position) < 0 else 1]
    if not search.matrix.is_real:
        return []
    level = peak.height * (1 - ON_AXIS)
    return [sign for sign in ((1, -1) if disc else (1,)) if search.height(peak.s, 0.0 if sign > 0 else math.pi) >= level]


def propose_stationary(search: ResolventSearch, s: float, sign: int) -> float:
    """Where ``s ‖R(z)‖`` is stationary on the real axis near ``s``, to nearly all digits; ``s`` itself if no bracket is found."""
    position = math.pi if sign < 0 else 0.0
    for width in (1e-6, 1e-4, 1e-2, 0.3):
        low, high = s / (1 + width), s * (1 + width)
        if search.radial_slope(low, position) > 0 > search.radial_slope(high, position):
            return float(brentq(search.radial_slope, low, high, args=(position,), xtol=1e-300, rtol=1e-15))
    return s


def propose_vectors(search: ResolventSearch, z: GaussianRational, rtol: Fraction, target: Fraction | None) -> Iterator[RationalMatrix]:
    """Vectors near the smallest singular vector of ``zI − X``: null vectors of ``(zI − X)*(zI − X) − σ²I`` for a rational
    guess ``σ²`` come last.
    """
    shift = shifted(search.matrix, z)
    try:
        smallest, vector = propose_smallest(shift, max(min(accuracy_bits(rtol), 40), accuracy_bits(rtol) // 2 + 8))  # the error enters squared
    except ZeroDivisionError:
        smallest, vector = Fraction(0), None
    candidates = [] if vector is None else [vector]
    if z.im == 0:
        weight = abs(z.re) - 1 if isinstance(search.region, Disc) else z.re
        squares = {nice_value(smallest * smallest), (weight / target) ** 2 if target else None}
        gram = shift.adjoint() * shift
        nulls = [null_vector(gram - RationalMatrix.identity(gram.shape[0]) * square) for square in squares if square is not None]
        candidates += [null for null in nulls if null is not None]
    yield from candidates or [null for null in [null_vector(shift)] if null is not None]


def _simplest_near(s: float, bits: int) -> Fraction:
    return simplest_between(Fraction(s) * (1 - Fraction(1, 1 << bits)), Fraction(s) * (1 + Fraction(1, 1 << bits)))


def verify_point(matrix: RationalMatrix, region: Region, z: GaussianRational, vector: RationalMatrix, bits: int = 80) -> Endpoint | None:
    """The bound that ``z`` and ``v`` prove, exactly (``|z|`` is rounded down, to ``bits`` bits beyond what ``|z| − 1`` cancels); None if ``z`` is
    outside the region.
    """
    accuracy = bits
    if isinstance(region, Disc):
        excess = z.abs_squared - 1
        bits += 2 * max(0, excess.denominator.bit_length() - abs(excess.numerator).bit_length()) if excess else 0
        weight = sqrt_below(z.abs_squared, bits) - 1
    else:
        weight = z.re
    if weight <= 0:
        return None
    top, bottom = length_squared(vector), length_squared(shifted(matrix, z) * vector)
    return math.inf if bottom == 0 else weight * sqrt_below(top / bottom, accuracy)
