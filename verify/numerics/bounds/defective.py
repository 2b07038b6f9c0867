"""Defective eigenvalues on the stability boundary, found exactly: then the Kreiss constant and the transient peak are infinite.

The characteristic polynomial is factored over the rationals (of the real form if the matrix is complex). A root on the unit circle is a
root of a factor ``q`` that reads the same backwards up to sign: ``q`` is irreducible and real and has ``1/λ = λ̄`` with ``λ``, so it
divides its own reversal. Such a factor is semisimple exactly where ``ker q(X)² = ker q(X)``; a vector of the difference is the witness
``defective`` of ``docs/certificate-format.md``, where the proof stands. On the imaginary axis ``q`` is even or odd.
"""

from __future__ import annotations

from fractions import Fraction

import flint
import numpy as np

from verify.numerics.bounds.ladder import Witness, vector_json
from verify.numerics.bounds.rounding import null_space
from verify.numerics.exact import RationalMatrix, rational_text

__all__ = ["prove_defective"]

LARGEST_ORDER = 40
NEAR, FARTHEST = 1e-3, 0.25
"""Float eigenvalues of a Jordan block of order n are off by ``u^(1/n)``; farther from the boundary than these allow nothing is tried."""


def prove_defective(matrix: RationalMatrix, *, continuous: bool = False) -> Witness | None:
    """A ``defective`` record, or None if every eigenvalue on the circle (axis) is semisimple, or the order is above ``LARGEST_ORDER``.

    Exact. Where it answers None for an order up to the limit and all eigenvalues are known not to lie outside, ``K`` is finite.
    """
    if matrix.shape[0] > LARGEST_ORDER or not _near_the_boundary(matrix, continuous):
        return None
    real = matrix if matrix.is_real else matrix.real_form()
    _, factors = real.re.charpoly().factor()
    for q, multiplicity in factors:
        if multiplicity >= 2 and _is_symmetric(q, continuous):
            once = _evaluate(q, matrix)
            kernel = null_space(once * once)
            for vector in [] if kernel is None else [RationalMatrix.column(list(column)) for column in zip(*kernel.rows(), strict=True)]:
                if once * vector != RationalMatrix.zeros(*vector.shape):
                    return {"by": "defective", "polynomial": [rational_text(c) for c in _coefficients(q)], "vector": vector_json(vector)}
    return None


def _near_the_boundary(matrix: RationalMatrix, continuous: bool) -> bool:
    values = np.linalg.eigvals(matrix.to_numpy())
    size = max(1.0, float(np.abs(values).max(initial=0.0)))
    room = min(FARTHEST, max(NEAR, 10 * np.finfo(float).eps ** (1 / len(values))))
    return bool(np.any(np.abs(values.real if continuous else np.abs(values) - 1) <= room * size))


def _coefficients(q: flint.fmpq_poly) -> list[Fraction]:
    return [Fraction(int(c.p), int(c.q)) for c in (flint.fmpq(c) for c in q.coeffs())]


def _is_symmetric(q: flint.fmpq_poly, continuous: bool) -> bool:
    given = _coefficients(q)
    other = [-c if k % 2 else c for k, c in enumerate(given)] if continuous else given[::-1]
    return given in (other, [-c for c in other])


def _evaluate(q: flint.fmpq_poly, matrix: RationalMatrix) -> RationalMatrix:
    """Horner's rule."""
    identity = RationalMatrix.identity(matrix.shape[0])
    value = RationalMatrix.zeros(*matrix.shape)
    for coefficient in reversed(_coefficients(q)):
        value = value * matrix + identity * coefficient
    return value
