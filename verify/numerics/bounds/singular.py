"""Rigorous singular values: ``‖X‖``, ``‖X^t‖``, ``σ_min(X)`` and ``‖(zI − X)^{-1}‖``.

Proofs. *vector*: ``σ_min(X) ‖v‖ <= ‖Xv‖ <= ‖X‖ ‖v‖`` for every ``v ≠ 0``; both sides are squared, so that one inequality between
rationals remains.
*gram*: ``s²I − X*X ⪰ 0`` says ``‖Xv‖² <= s²‖v‖²`` for all ``v``; likewise ``X*X − s²I ⪰ 0`` from below.
"""

from __future__ import annotations

import math
from collections.abc import Iterator
from fractions import Fraction

import numpy as np

from verify.numerics.bounds.ladder import (
    DEFAULT_RTOL,
    Bound,
    Side,
    Witness,
    accuracy_bits,
    first_proved,
    require_square,
    root_bits,
    rungs_above,
    rungs_below,
    vector_json,
    with_factor,
)
from verify.numerics.bounds.precise import largest_eigenpair
from verify.numerics.bounds.rounding import integer_vector, null_vector, scaled_floats, sqrt_above, sqrt_below
from verify.numerics.enclosure import Enclosure, Endpoint
from verify.numerics.exact import RationalMatrix, rational_text, shifted
from verify.numerics.gaussian import Exact, real_part
from verify.numerics.positivity import PsdProof, certify_psd

__all__ = ["norm", "power_norm", "resolvent_norm", "smallest_singular_value"]

FLOAT_BITS = 40
"""Relative accuracy that a float singular value decomposition is trusted to reach when it proposes."""

_STATED_BITS = 2**13
"""Of a longer number the decimal digits are a page, and Python does not write them."""


def norm(matrix: RationalMatrix, side: Side = "both", rtol: Fraction = DEFAULT_RTOL, target: Fraction | None = None) -> Enclosure:
    """``‖X‖``, the largest singular value, of any shape.

    Guarantee: rigorous (exact rational arithmetic); both sides always finite. ``target``: a value that the requested side should reach
    exactly (``‖A‖ <= γ`` with equality is proved by a singular semidefinite matrix). Witnesses ``vector`` and ``gram``.
    """
    rtol, gram = Fraction(rtol), matrix.adjoint() * matrix
    if matrix == RationalMatrix.zeros(*matrix.shape):  # also the empty ones
        return Enclosure(Fraction(0), Fraction(0), lower_witness=None, upper_witness={"by": "gram", "value": "0"})
    estimate, vector = propose_norm(matrix, accuracy_bits(rtol))
    lower: Bound = (Fraction(0), None)
    upper: Bound = (math.inf, None)
    if side != "lower":
        upper = _norm_above(gram, estimate, rtol, target)
    if side != "upper":
        equal = target if side == "lower" else _finite(upper[0])
        lower = _norm_below(matrix, gram, vector, estimate, equal, root_bits(rtol))
    return Enclosure(lower[0], upper[0], lower_witness=lower[1], upper_witness=upper[1])


def power_norm(matrix: RationalMatrix, exponent: int, side: Side = "both", rtol: Fraction = DEFAULT_RTOL, target: Fraction | None = None) -> Enclosure:
    """``‖X^t‖`` for an integer ``t >= 0`` (rigorous; as :func:`norm` of the exact power)."""
    return norm(matrix.power(exponent), side, rtol, target)


def smallest_singular_value(matrix: RationalMatrix, side: Side = "both", rtol: Fraction = DEFAULT_RTOL, target: Fraction | None = None) -> Enclosure:
    """``σ_min(X)`` of a square matrix; exactly 0 when it is singular.

    Guarantee: rigorous; relatively accurate however small it is, because the proposal comes from the exact inverse where floats fail.
    Witnesses ``gram`` (lower) and ``vector`` (upper).
    """
    require_square(matrix, "a smallest singular value")
    rtol, null = Fraction(rtol), _null_if_singular(matrix)
    if null is not None:
        return Enclosure(
            Fraction(0),
            Fraction(0),
            lower_witness={"by": "gram", "value": "0"},
            upper_witness={"by": "vector", "vector": vector_json(null)},
        )
    estimate, vector = propose_smallest(matrix, accuracy_bits(rtol))
    lower: Bound = (Fraction(0), None)
    upper: Bound = (math.inf, None)
    gram = matrix.adjoint() * matrix
    if side != "upper":
        lower = _smallest_below(gram, estimate, rtol, target)
    if side != "lower":
        upper = _smallest_above(matrix, gram, vector, target if side == "upper" else _finite(lower[0]), root_bits(rtol))
    return Enclosure(lower[0], upper[0], lower_witness=lower[1], upper_witness=upper[1])


def resolvent_norm(matrix: RationalMatrix, z: Exact, side: Side = "both", rtol: Fraction = DEFAULT_RTOL, target: Fraction | None = None) -> Enclosure:
    """``‖(zI − X)^{-1}‖ = 1/σ_min(zI − X)``; exactly +infinity when ``zI − X`` is singular.

    Guarantee: rigorous. Witnesses ``vector`` (lower; a zero denominator proves +infinity) and ``gram`` (upper).
    """
    require_square(matrix, "a resolvent")
    rtol, shift = Fraction(rtol), shifted(matrix, z)
    null = _null_if_singular(shift)
    if null is not None:
        return Enclosure(math.inf, math.inf, lower_witness={"by": "vector", "vector": vector_json(null)})
    estimate, vector = propose_smallest(shift, accuracy_bits(rtol))
    gram = shift.adjoint() * shift
    lower: Bound = (Fraction(0), None)
    upper: Bound = (math.inf, None)
    if side != "lower" and estimate > 0:
        upper = _resolvent_above(gram, 1 / estimate, rtol, target)
    if side != "upper":
        equal = target if side == "lower" else _finite(upper[0])
        lower = _resolvent_below(shift, gram, vector, equal, root_bits(rtol))
    return Enclosure(lower[0], upper[0], lower_witness=lower[1], upper_witness=upper[1])


# -- proposals (floats; never trusted) --------------------------------------------------------------------------------


def propose_norm(matrix: RationalMatrix, bits: int) -> tuple[Fraction, RationalMatrix | None]:
    """An estimate of ``‖X‖`` to about ``bits`` relative bits, and a vector that nearly attains it."""
    if bits > FLOAT_BITS:
        square, vector = largest_eigenpair(matrix.adjoint() * matrix, 2 * bits + 32)
        return sqrt_below(max(square, Fraction(0)), bits + 16), integer_vector(vector, bits + 16)
    array, exponent = scaled_floats(matrix)
    _, values, rows = np.linalg.svd(array)
    return Fraction(float(values[0])) * Fraction(2) ** exponent, integer_vector(rows[0].conj(), 30)


def propose_smallest(matrix: RationalMatrix, bits: int) -> tuple[Fraction, RationalMatrix | None]:
    """An estimate of ``σ_min`` of a regular matrix, and a vector that nearly attains it."""
    array, exponent = scaled_floats(matrix)
    _, values, rows = np.linalg.svd(array)
    if bits <= FLOAT_BITS and values[-1] > values[0] * 2.0 ** (bits - 46):
        return Fraction(float(values[-1])) * Fraction(2) ** exponent, integer_vector(rows[-1].conj(), 44)
    inverse = matrix.inverse()
    largest, vector = propose_norm(inverse, bits)
    spread = max(0, math.ceil(math.log2(values[0])) + exponent + largest.numerator.bit_length() - largest.denominator.bit_length() + 1)
    return 1 / largest, None if vector is None else integer_vector(inverse * vector, bits + spread)


def propose_null_vector(matrix: RationalMatrix, bits: int) -> RationalMatrix | None:
    """A vector that nearly attains ``σ_min``; an exact null vector of a singular matrix."""
    try:
        return propose_smallest(matrix, bits)[1]
    except ZeroDivisionError:
        return null_vector(matrix)


# -- verified sides ---------------------------------------------------------------------------------------------------


def verify_gram(gram: RationalMatrix, factor: Fraction, shift: Fraction) -> PsdProof:
    """Is ``factor X*X + shift I ⪰ 0``? (Exact.)"""
    return certify_psd(gram * factor + RationalMatrix.identity(gram.shape[0]) * shift)


def verify_quotient(matrix: RationalMatrix, vector: RationalMatrix) -> tuple[Fraction, Fraction]:
    """``(‖Xv‖², ‖v‖²)`` exactly."""
    return length_squared(matrix * vector), length_squared(vector)


def length_squared(column: RationalMatrix) -> Fraction:
    return real_part((column.adjoint() * column).trace())


def _norm_above(gram: RationalMatrix, estimate: Fraction, rtol: Fraction, target: Fraction | None) -> Bound:
    frobenius = sqrt_above(real_part(gram.trace()))
    rungs = (s for s in (*rungs_above(estimate, rtol, target), frobenius) if s >= 0) if gram.shape[0] > 1 else iter([frobenius])
    found = first_proved(rungs, lambda s: verify_gram(gram, Fraction(-1), s * s))
    if found is None:
        return frobenius, None
    return found[0], with_factor({"by": "gram", "value": rational_text(found[0])}, found[1])


def _norm_below(
    matrix: RationalMatrix, gram: RationalMatrix, vector: RationalMatrix | None, estimate: Fraction, equal: Fraction | None, bits: int
) -> tuple[Fraction, Witness | None]:
    best = _largest_column(gram)
    for candidate in (vector, _exact_vector(gram, equal, estimate)):
        if candidate is not None:
            top, bottom = verify_quotient(matrix, candidate)
            best = max(best, (top / bottom, candidate), key=lambda pair: pair[0])
    value = sqrt_below(best[0], bits)
    witness = {"by": "vector", "vector": vector_json(best[1])}
    if value.denominator.bit_length() + value.numerator.bit_length() <= _STATED_BITS:
        witness["value"] = rational_text(value)  # of a longer one the vector says as much, and a checker computes it
    return value, witness


def _largest_column(gram: RationalMatrix) -> tuple[Fraction, RationalMatrix]:
    rows, order = gram.rows(), gram.shape[0]
    square, index = max((real_part(rows[j][j]), -j) for j in range(order))
    return square, RationalMatrix.column([int(j == -index) for j in range(order)])


def _exact_vector(gram: RationalMatrix, equal: Fraction | None, estimate: Fraction) -> RationalMatrix | None:
    """A vector with ``‖Xv‖ = equal ‖v‖`` exactly, looked for where the estimate says that there may be one."""
    if equal is None or equal < 0 or abs(equal - estimate) > estimate / (1 << 36):
        return None
    return null_vector(RationalMatrix.identity(gram.shape[0]) * (equal * equal) - gram)


def _smallest_below(gram: RationalMatrix, estimate: Fraction, rtol: Fraction, target: Fraction | None) -> tuple[Fraction, Witness | None]:
    rungs: Iterator[Fraction] = (s for s in rungs_below(estimate, rtol, target) if s >= 0)
    if gram.shape[0] == 1:
        rungs = iter([sqrt_below(real_part(gram.trace()))])
    found = first_proved(rungs, lambda s: verify_gram(gram, Fraction(1), -s * s))
    if found is None:
        return Fraction(0), {"by": "gram", "value": "0"}
    return found[0], with_factor({"by": "gram", "value": rational_text(found[0])}, found[1])


def _smallest_above(
    matrix: RationalMatrix, gram: RationalMatrix, vector: RationalMatrix | None, equal: Fraction | None, bits: int
) -> tuple[Fraction, Witness | None]:
    rows, order = gram.rows(), gram.shape[0]
    columns = [real_part(rows[j][j]) for j in range(order)]
    best = (min(columns), RationalMatrix.column([int(j == columns.index(min(columns))) for j in range(order)]))
    for candidate in (vector, _exact_vector(gram, equal, equal or Fraction(0))):
        if candidate is not None:
            top, bottom = verify_quotient(matrix, candidate)
            best = min(best, (top / bottom, candidate), key=lambda pair: pair[0])
    value = sqrt_above(best[0], bits)
    return value, {"by": "vector", "vector": vector_json(best[1]), "value": rational_text(value)}


def _resolvent_above(gram: RationalMatrix, estimate: Fraction, rtol: Fraction, target: Fraction | None) -> Bound:
    rungs: Iterator[Fraction] = (g for g in rungs_above(estimate, rtol, target) if g > 0)
    if gram.shape[0] == 1:
        rungs = iter([1 / sqrt_below(real_part(gram.trace()))])
    found = first_proved(rungs, lambda g: verify_gram(gram, g * g, Fraction(-1)))
    if found is None:
        return math.inf, None
    return found[0], with_factor({"by": "gram", "value": rational_text(found[0])}, found[1])


def _resolvent_below(
    shift: RationalMatrix, gram: RationalMatrix, vector: RationalMatrix | None, equal: Fraction | None, bits: int
) -> tuple[Fraction, Witness | None]:
    value, witness = _smallest_above(shift, gram, vector, 1 / equal if equal else None, bits)
    best = 1 / value
    return best, None if witness is None else {**witness, "value": rational_text(best)}


def _null_if_singular(matrix: RationalMatrix) -> RationalMatrix | None:
    """Exact; asked only where floats suspect it (a singular matrix that passes here unnoticed merely gets a wide enclosure)."""
    values = np.linalg.svd(scaled_floats(matrix)[0], compute_uv=False)
    return null_vector(matrix) if values[-1] <= 1e-9 * values[0] else None


def _finite(end: Endpoint) -> Fraction | None:
    return end if isinstance(end, Fraction) else None
