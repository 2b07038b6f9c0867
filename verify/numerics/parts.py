"""Real and imaginary parts of exact matrices: FLINT's ``fmpq_mat`` to and from Python's numbers."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction

import flint
import numpy as np

from verify.numerics.gaussian import Exact, GaussianRational, i_power, quotient

__all__ = ["assembled", "complex_determinant", "floats_of", "fmpq_of", "fraction_of_fmpq", "fractions_of", "is_zero", "part_of"]


def fmpq_of(value: int | Fraction) -> flint.fmpq:
    return flint.fmpq(value.numerator, value.denominator)


def fraction_of_fmpq(value: flint.fmpq) -> Fraction:
    return Fraction(int(value.p), int(value.q))


def fractions_of(part: flint.fmpq_mat) -> tuple[tuple[Fraction, ...], ...]:
    columns = part.ncols()
    entries = [fraction_of_fmpq(x) for x in part.entries()]
    return tuple(tuple(entries[i * columns : (i + 1) * columns]) for i in range(part.nrows()))


def floats_of(part: flint.fmpq_mat, exponent: int) -> np.ndarray:
    integers, denominator = part.numer_denom()
    up, down = max(0, -exponent), int(denominator) << max(0, exponent)
    return np.array([quotient(int(x) << up, down) for x in integers.entries()]).reshape(part.nrows(), part.ncols())


def part_of(shape: tuple[int, ...], entries: Sequence[int | Fraction]) -> flint.fmpq_mat:
    return flint.fmpq_mat(shape[0], shape[1], [fmpq_of(x) for x in entries])


def assembled(table: Sequence[Sequence[flint.fmpq_mat]]) -> flint.fmpq_mat:
    entries = [x for row in table for strip in zip(*(block.table() for block in row), strict=True) for part in strip for x in part]
    return flint.fmpq_mat(sum(row[0].nrows() for row in table), sum(block.ncols() for block in table[0]), entries)


def is_zero(part: flint.fmpq_mat) -> bool:
    return bool(part == flint.fmpq_mat(part.nrows(), part.ncols()))


def complex_determinant(re: flint.fmpq_mat, im: flint.fmpq_mat) -> Exact:
    """``det(A + iB)`` from one real characteristic polynomial.

    For real ``s``, ``(1 + is)(A + iB) = A_s + iB_s`` with ``A_s = A − sB``, ``B_s = B + sA``. If ``A_s`` is regular then
    ``det(A_s + iB_s) = det(A_s) (−i)^n χ(i)``, ``χ`` the characteristic polynomial of ``A_s^{-1} B_s``. The polynomial ``det(A − sB)``
    has degree at most ``n``: if it vanishes at ``n + 1`` points it vanishes at ``s = −i`` too, and the determinant is 0.
    """
    order = re.nrows()
    for s in range(order + 1):
        first = re - im * s
        scale = first.det()
        if scale != 0:
            coefficients = (first.inv() * (im + re * s)).charpoly().coeffs()
            value = sum((i_power(k - order) * fraction_of_fmpq(c) for k, c in enumerate(coefficients)), start=GaussianRational(Fraction(0)))
            for _ in range(order):
                value = value / GaussianRational(Fraction(1), Fraction(s))
            return value * fraction_of_fmpq(scale)
    return GaussianRational(Fraction(0))
