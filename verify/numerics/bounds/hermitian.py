"""Rigorous extreme eigenvalues of a Hermitian matrix.

Proofs. *vector*: the Rayleigh quotient ``v*Xv/‖v‖²`` lies between them. *psd*: ``sI − X ⪰ 0`` says ``λ_max <= s``; ``X − sI ⪰ 0`` says
``λ_min >= s``.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np

from verify.numerics.bounds.ladder import DEFAULT_RTOL, Bound, Side, Witness, accuracy_bits, first_proved, nice_value, require_square, vector_json, with_factor
from verify.numerics.bounds.precise import largest_eigenpair
from verify.numerics.bounds.rounding import integer_vector, null_vector, scaled_floats, simplest_between
from verify.numerics.enclosure import Enclosure, Endpoint
from verify.numerics.exact import RationalMatrix, rational_text
from verify.numerics.gaussian import real_part
from verify.numerics.positivity import PsdProof, certify_psd

__all__ = ["largest_eigenvalue", "rayleigh", "smallest_eigenvalue"]

FLOAT_BITS = 40


def largest_eigenvalue(matrix: RationalMatrix, side: Side = "both", rtol: Fraction = DEFAULT_RTOL, target: Fraction | None = None) -> Enclosure:
    """``λ_max`` of a Hermitian matrix; ``rtol`` is relative to ``‖X‖`` (an eigenvalue may be 0).

    Guarantee: rigorous (exact). Witnesses ``vector`` (lower) and ``psd`` (upper).

    Raises:
        ValueError: if the matrix is not Hermitian.
    """
    require_square(matrix, "an eigenvalue bound")
    if not matrix.is_hermitian:
        raise ValueError(f"eigenvalue bounds need a Hermitian matrix, got shape {matrix.shape}, not Hermitian")
    rtol = Fraction(rtol)
    estimate, vector, size = propose_largest(matrix, accuracy_bits(rtol))
    lower: Bound = (_row_bound(-matrix, -1), None)
    upper: Bound = (_row_bound(matrix, 1), None)
    if side != "lower":
        upper = _above(matrix, estimate, size, rtol, target)
    if side != "upper":
        lower = _below(matrix, vector, estimate, size, target if side == "lower" else upper[0])
    return Enclosure(lower[0], upper[0], lower_witness=lower[1], upper_witness=upper[1])


def smallest_eigenvalue(matrix: RationalMatrix, side: Side = "both", rtol: Fraction = DEFAULT_RTOL, target: Fraction | None = None) -> Enclosure:
    """``λ_min(X) = −λ_max(−X)``; see :func:`largest_eigenvalue`. Witnesses ``psd`` (lower) and ``vector`` (upper)."""
    mirrored: dict[Side, Side] = {"lower": "upper", "upper": "lower", "both": "both"}
    found = largest_eigenvalue(-matrix, mirrored[side], rtol, None if target is None else -target)
    return replace(-found, lower_witness=_negated(found.upper_witness), upper_witness=_negated(found.lower_witness))


def propose_largest(matrix: RationalMatrix, bits: int) -> tuple[Fraction, RationalMatrix | None, Fraction]:
    """Estimates of ``λ_max``, its vector, and ``‖X‖``; floats, never trusted."""
    array, exponent = scaled_floats(matrix)
    values, vectors = np.linalg.eigh(array)
    size = Fraction(float(max(abs(values[0]), abs(values[-1])))) * Fraction(2) ** exponent
    if bits <= FLOAT_BITS:
        return Fraction(float(values[-1])) * Fraction(2) ** exponent, integer_vector(vectors[:, -1], 30), size
    value, vector = largest_eigenpair(matrix, 2 * bits + 32)
    return value, integer_vector(vector, bits + 16), size


def rayleigh(matrix: RationalMatrix, vector: RationalMatrix) -> Fraction:
    """``v*Xv / v*v`` of a Hermitian matrix, exactly."""
    return real_part((vector.adjoint() * matrix * vector).trace()) / real_part((vector.adjoint() * vector).trace())


def verify_above(matrix: RationalMatrix, s: Fraction) -> PsdProof:
    """Is ``sI − X ⪰ 0``? (Exact.)"""
    return certify_psd(RationalMatrix.identity(matrix.shape[0]) * s - matrix)


def _above(matrix: RationalMatrix, estimate: Fraction, size: Fraction, rtol: Fraction, target: Fraction | None) -> Bound:
    safe = _row_bound(matrix, 1)
    guess = nice_value(abs(estimate)) if estimate else Fraction(0)
    nice = [] if guess is None else [guess if estimate >= 0 else -guess]
    near_zero = [Fraction(0)] if abs(estimate) <= size / (1 << 40) else []
    steps = [simplest_signed(estimate + slack * size / 2, estimate + slack * size) for slack in (rtol / 4, rtol, Fraction(1, 10**6), Fraction(1, 100)) if size]
    exact = [real_part(matrix.trace())] if matrix.shape[0] == 1 else []
    wanted = [] if target is None else [target]
    found = first_proved(iter([*wanted, *exact, *nice, *near_zero, *steps, safe]), lambda s: verify_above(matrix, s))
    if found is None:
        return safe, None
    return found[0], with_factor({"by": "psd", "value": rational_text(found[0])}, found[1])


def _below(matrix: RationalMatrix, vector: RationalMatrix | None, estimate: Fraction, size: Fraction, equal: Endpoint | None) -> tuple[Fraction, Witness]:
    rows, order = matrix.rows(), matrix.shape[0]
    largest = max(range(order), key=lambda i: real_part(rows[i][i]))
    candidates = [RationalMatrix.column([int(i == largest) for i in range(order)])] + ([vector] if vector is not None else [])
    if isinstance(equal, Fraction) and abs(equal - estimate) <= size / (1 << 36):
        exact = null_vector(RationalMatrix.identity(order) * equal - matrix)
        candidates += [exact] if exact is not None else []
    value, best = max(((rayleigh(matrix, v), v) for v in candidates), key=lambda pair: pair[0])
    return value, {"by": "vector", "vector": vector_json(best), "value": rational_text(value)}


def simplest_signed(low: Fraction, high: Fraction) -> Fraction:
    """The simplest fraction in ``[low, high]``, of any sign."""
    if low <= 0 <= high:
        return Fraction(0)
    return simplest_between(low, high) if low > 0 else -simplest_between(-high, -low)


def _row_bound(matrix: RationalMatrix, sign: int) -> Fraction:
    """``±max_i (x_ii + Σ_j |Re x_ij| + |Im x_ij|)``: Gershgorin, a bound of the eigenvalues on that side."""
    bounds = []
    for i, row in enumerate(matrix.rows()):
        others = sum((abs(real_part(x)) + abs(getattr(x, "im", Fraction(0))) for j, x in enumerate(row) if j != i), start=Fraction(0))
        bounds.append(real_part(row[i]) + others)
    return sign * max(bounds)


def _negated(witness: Mapping[str, Any] | None) -> Mapping[str, Any] | None:
    if witness is None or "value" not in witness:
        return witness
    return {**witness, "value": rational_text(-Fraction(witness["value"]))}
