"""Proposals at more than double precision, by FLINT's arithmetic on the midpoints of balls. Nothing here is rigorous."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from fractions import Fraction

import flint

from verify.numerics.bounds.rounding import dyadic
from verify.numerics.exact import GaussianRational, RationalMatrix

__all__ = ["ball_matrix", "eigenpairs", "largest_eigenpair", "precision"]


@contextmanager
def precision(bits: int) -> Iterator[None]:
    """FLINT's working precision inside the block."""
    saved = flint.ctx.prec
    flint.ctx.prec = bits
    try:
        yield
    finally:
        flint.ctx.prec = saved


def ball_matrix(matrix: RationalMatrix) -> flint.arb_mat | flint.acb_mat:
    """At the working precision; ``arb_mat`` if the matrix is real."""
    if matrix.im is None:
        return flint.arb_mat(matrix.re)
    return flint.acb_mat(flint.arb_mat(matrix.re)) + flint.acb_mat(flint.arb_mat(matrix.im)) * flint.acb(0, 1)


def eigenpairs(matrix: RationalMatrix, bits: int) -> tuple[list[flint.acb], flint.acb_mat]:
    """Approximate eigenvalues and a matrix of right eigenvectors, computed with ``bits`` bits.

    Raises:
        ValueError: if FLINT's iteration does not converge.
    """
    with precision(bits):
        values, vectors = flint.acb_mat(ball_matrix(matrix)).eig(right=True, algorithm="approx")
        return [flint.acb(value.mid()) if hasattr(value, "mid") else value for value in values], vectors.mid()


def largest_eigenpair(matrix: RationalMatrix, bits: int) -> tuple[Fraction, RationalMatrix]:
    """Of a Hermitian matrix: the largest eigenvalue and its vector, rounded to ``bits`` bits after the point."""
    values, vectors = eigenpairs(matrix, bits)
    index = max(range(len(values)), key=lambda i: float(values[i].real))
    column = [GaussianRational(dyadic(vectors[i, index].real, bits), dyadic(vectors[i, index].imag, bits)) for i in range(len(values))]
    pivot = max(column, key=lambda entry: entry.abs_squared).conjugate()  # its phase is divided out, so that a real vector becomes real
    turned = [entry * pivot for entry in column]
    vector = RationalMatrix.column([entry.re for entry in turned] if matrix.is_real else turned)
    return dyadic(values[index].real, bits + 64), vector
