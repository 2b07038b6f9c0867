"""Lower bounds by one point: ``sup_z weight(z) ‖R(z)‖ >= weight(z) ‖v‖/‖(zI − X)v‖`` for any ``z`` of the region and any ``v ≠ 0``, exactly."""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

from verify.numerics.bounds.boundary import Disc, Peak, Region, ResolventSearch
from verify.numerics.bounds.ladder import Witness, accuracy_bits, vector_json, z_json
from verify.numerics.bounds.precise import precision
from verify.numerics.bounds.rounding import dyadic, null_vector, simplest_between, sqrt_below
from verify.numerics.bounds.singular import length_squared, propose_smallest
from verify.numerics.enclosure import Endpoint
from verify.numerics.exact import GaussianRational, RationalMatrix, rational_text, shifted

__all__ = ["point_below", "propose_points", "verify_point"]

ON_AXIS = 1e-6
"""A position this near the real axis, relative to ``s``, is tried on the axis as well."""


def point_below(search: ResolventSearch, peak: Peak, rtol: Fraction) -> tuple[Endpoint, Witness] | None:
    """The best verified bound near a proposed peak with its ``point`` record; None if there is none. +infinity if an eigenvalue was hit."""
    best: tuple[Endpoint, Witness] | None = None
    for z in propose_points(search, peak, rtol):
        vector = propose_vector(search.matrix, z, rtol)
        value = None if vector is None else verify_point(search.matrix, search.region, z, vector)
        if value is not None and vector is not None and (best is None or value > best[0]):
            text = rational_text(value) if isinstance(value, Fraction) else "infinity"
            record = {"by": "point", "z": z_json(z), "vector": vector_json(vector)}
            best = (value, {**record, "value": text} if text != "infinity" else record)
    return best


def propose_points(search: ResolventSearch, peak: Peak, rtol: Fraction) -> Iterator[GaussianRational]:
    """Rational points at the peak: short real ones where it lies on the axis, else with just enough bits (the error enters squared)."""
    if not (0 < peak.s < math.inf and math.isfinite(peak.position)):
        return
    bits = accuracy_bits(rtol) // 2 + 4
    short = simplest_between(Fraction(peak.s) * (1 - Fraction(1, 1 << bits)), Fraction(peak.s) * (1 + Fraction(1, 1 << bits)))
    disc = isinstance(search.region, Disc)
    sine = math.sin(peak.position) if disc else peak.position
    if abs(sine) <= ON_AXIS * peak.s:
        sign = -1 if disc and math.cos(peak.position) < 0 else 1
        yield GaussianRational(sign * (1 + short) if disc else short)
    if sine != 0:
        with precision(256):
            place = search.region.precise_point(Fraction(peak.s), peak.position)
            fine = bits + max(0, -math.frexp(peak.s)[1])
            yield GaussianRational(dyadic(place.real, 2 * fine) if disc else short, dyadic(place.imag, fine if not disc else 2 * fine))


def propose_vector(matrix: RationalMatrix, z: GaussianRational, rtol: Fraction) -> RationalMatrix | None:
    """A vector near the smallest singular vector of ``zI − X``, exactly null if ``z`` is an eigenvalue."""
    shift = shifted(matrix, z)
    try:
        return propose_smallest(shift, min(accuracy_bits(rtol), 40))[1]
    except ZeroDivisionError:
        return null_vector(shift)


def verify_point(matrix: RationalMatrix, region: Region, z: GaussianRational, vector: RationalMatrix) -> Endpoint | None:
    """The bound that ``z`` and ``v`` prove, exactly (|z| is rounded down); None if ``z`` is outside the region."""
    if isinstance(region, Disc):
        excess = z.abs_squared - 1
        bits = 80 + 2 * max(0, excess.denominator.bit_length() - abs(excess.numerator).bit_length()) if excess else 80
        weight = sqrt_below(z.abs_squared, bits) - 1
    else:
        weight = z.re
    if weight <= 0:
        return None
    top, bottom = length_squared(vector), length_squared(shifted(matrix, z) * vector)
    return math.inf if bottom == 0 else weight * sqrt_below(top / bottom)
