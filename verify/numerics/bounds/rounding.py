"""From floats and balls to short rationals, with the direction of every rounding known.

Nothing here is a proof by itself: a proposal is rounded to rationals *first*, and what is then verified is the rational.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from fractions import Fraction

import flint
import mpmath
import numpy as np

from verify.numerics.exact import GaussianRational, RationalMatrix
from verify.numerics.gaussian import Exact

__all__ = [
    "above",
    "above_root",
    "absolute_bounds",
    "dyadic",
    "dyadic_matrix",
    "exact_fraction",
    "integer_vector",
    "is_moderate",
    "null_space",
    "null_vector",
    "scaled_floats",
    "shortened",
    "simplest_between",
    "sqrt_above",
    "sqrt_below",
]

MODERATE = 300
ROOT_BITS = 80
"""Relative precision of rational square roots."""


def sqrt_below(value: Fraction, bits: int = ROOT_BITS) -> Fraction:
    """A rational ``<= √value``, relatively within ``2^-bits``; exact if the root is rational."""
    return _sqrt(value, bits, 0)


def sqrt_above(value: Fraction, bits: int = ROOT_BITS) -> Fraction:
    """A rational ``>= √value``, relatively within ``2^-bits``; exact if the root is rational."""
    return _sqrt(value, bits, 1)


def _sqrt(value: Fraction, bits: int, up: int) -> Fraction:
    top, bottom = math.isqrt(value.numerator), math.isqrt(value.denominator)
    if top * top == value.numerator and bottom * bottom == value.denominator:
        return Fraction(top, bottom)
    shift = max(0, bits - (value.numerator.bit_length() - value.denominator.bit_length()) // 2 + 2)
    scaled = (value.numerator << (2 * shift)) // value.denominator
    return Fraction(math.isqrt(scaled) + up, 1 << shift)


def absolute_bounds(z: Exact, bits: int = ROOT_BITS) -> tuple[Fraction, Fraction]:
    """``|z|`` from below and from above; equal where it is rational."""
    square = GaussianRational.of(z).abs_squared
    return sqrt_below(square, bits), sqrt_above(square, bits)


def exact_fraction(value: mpmath.mpf) -> Fraction:
    """A finite ``mpf`` exactly."""
    sign, mantissa, exponent, _ = value._mpf_
    return (-1 if sign else 1) * Fraction(int(mantissa)) * Fraction(2) ** int(exponent)


def simplest_between(low: Fraction, high: Fraction) -> Fraction:
    """The fraction of least denominator in ``[low, high]`` (Stern–Brocot), ``0 < low <= high``."""
    whole = math.ceil(low)
    if whole <= high:
        return Fraction(whole)
    base = whole - 1
    return base + 1 / simplest_between(1 / (high - base), 1 / (low - base))


def above(value: Fraction, slack: Fraction) -> Fraction:
    """A short rational in ``[value (1 + slack/2), value (1 + slack)]``, for ``value > 0``."""
    return simplest_between(value * (1 + slack / 2), value * (1 + slack))


def dyadic(value: float | Fraction | flint.arb, bits: int) -> Fraction:
    """The nearest multiple of ``2^-bits``."""
    if isinstance(value, flint.arb):
        mantissa, exponent = value.mid().man_exp()
        value = Fraction(int(mantissa)) * Fraction(2) ** int(exponent)
    return Fraction(round(Fraction(value) * (1 << bits)), 1 << bits)


def dyadic_matrix(proposal: np.ndarray | flint.arb_mat | flint.acb_mat, bits: int) -> RationalMatrix | None:
    """The proposal rounded to multiples of ``2^-bits`` and made exactly Hermitian; None if an entry is not finite."""
    table = proposal.tolist() if isinstance(proposal, np.ndarray) else proposal.table()
    order = len(table)
    rows: list[list[Exact]] = [[Fraction(0)] * order for _ in range(order)]
    try:
        for i in range(order):
            for j in range(i + 1):
                entry = _dyadic_entry(table[i][j], bits)
                rows[i][j], rows[j][i] = entry, entry.conjugate()
            rows[i][i] = GaussianRational.of(rows[i][i]).re
    except (OverflowError, ValueError):
        return None
    return RationalMatrix.from_rows(rows)


def _dyadic_entry(entry: complex | flint.arb | flint.acb, bits: int) -> Exact:
    if isinstance(entry, (complex, flint.acb)):
        return GaussianRational(dyadic(entry.real, bits), dyadic(entry.imag, bits))
    return dyadic(entry, bits)


def integer_vector(vector: Sequence[complex] | np.ndarray | RationalMatrix, bits: int) -> RationalMatrix | None:
    """A column of Gaussian integers parallel to the vector up to rounding, its largest part near ``2^bits``.

    Vectors in witnesses are free up to a factor, so integers serve. None if the vector is zero or not finite.
    """
    if not isinstance(vector, RationalMatrix):
        array = np.asarray(vector).ravel()
        if not np.isfinite(array).all():
            return None
        vector = RationalMatrix.from_floats(array)
    parts = [(w.re, w.im) for w in (GaussianRational.of(row[0]) for row in vector.rows())]
    largest = max((abs(x) for pair in parts for x in pair), default=Fraction(0))
    if largest == 0:
        return None
    factor = Fraction(2) ** (bits - largest.numerator.bit_length() + largest.denominator.bit_length())
    return RationalMatrix.from_rows([[(round(re * factor), round(im * factor))] for re, im in parts])


def scaled_floats(matrix: RationalMatrix) -> tuple[np.ndarray, int]:
    """``(Y, e)`` with ``X ≈ 2^e Y`` and the largest entry of ``Y`` near 1, so that no float overflows."""
    parts = [part.numer_denom() for part in (matrix.re, matrix.im) if part is not None]
    sizes = [max((int(x).bit_length() for x in integers.entries()), default=0) - int(denominator).bit_length() for integers, denominator in parts]
    exponent = max(sizes, default=0)
    return matrix.to_scaled_numpy(exponent), exponent


def is_moderate(matrix: RationalMatrix) -> bool:
    """Are the squares of all entries within the range of floats?"""
    return scaled_floats(matrix)[1] <= MODERATE


def shortened(matrix: RationalMatrix, radius: Fraction) -> RationalMatrix:
    """Every part of every entry replaced by the simplest rational within ``radius`` and relative ``2^-30``: an exact
    solution may reappear.
    """

    def short(x: Fraction) -> Fraction:
        if abs(x) <= radius:
            return Fraction(0)
        near = min(radius, abs(x) / (1 << 30))
        return simplest_between(x - near, x + near) if x > 0 else -simplest_between(-x - near, -x + near)

    def entry(x: Exact) -> Exact:
        return GaussianRational(short(x.re), short(x.im)) if isinstance(x, GaussianRational) else short(Fraction(x))

    return RationalMatrix.from_rows([[entry(x) for x in row] for row in matrix.rows()])


def null_vector(matrix: RationalMatrix) -> RationalMatrix | None:
    """A nonzero ``v`` of Gaussian integers with ``Xv = 0`` exactly, or None if the columns are independent."""
    basis = null_space(matrix)
    return None if basis is None else RationalMatrix.column([row[0] for row in basis.rows()])


def null_space(matrix: RationalMatrix) -> RationalMatrix | None:
    """Independent columns of Gaussian integers that span ``{v : Xv = 0}``, or None if that is 0.

    For a complex matrix the real form is asked: its null space contains ``(Re v, Im v)`` and ``(−Im v, Re v)`` for each ``v``, so
    independent columns over the complex numbers are picked by their rank.
    """
    real = matrix if matrix.is_real else matrix.real_form()
    basis, nullity = real.re.numer_denom()[0].nullspace()
    columns = [_primitive([int(basis[i, k]) for i in range(real.shape[1])]) for k in range(nullity)]
    if not columns:
        return None
    if matrix.is_real:
        return RationalMatrix.from_rows(zip(*columns, strict=True))
    half = matrix.shape[1]
    chosen: list[list[GaussianRational]] = []
    for column in columns:
        candidate = [*chosen, [GaussianRational(Fraction(column[i]), Fraction(column[half + i])) for i in range(half)]]
        if RationalMatrix.from_rows(candidate).real_form().re.rank() == 2 * len(candidate):
            chosen = candidate
    return RationalMatrix.from_rows(zip(*chosen, strict=True))


def _primitive(column: list[int]) -> list[int]:
    common = math.gcd(*column)
    return [x // common for x in column]


def above_root(square: Fraction) -> Fraction:
    """A short rational just above ``√square``, or the root itself where it is rational."""
    root = sqrt_above(square)
    return root if root * root == square else simplest_between(root, root * (1 + Fraction(1, 1 << 34)))
