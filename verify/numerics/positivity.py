"""Exact proofs that a Hermitian matrix of rationals is positive (semi)definite.

Two methods, both decided in integers:

*Characteristic polynomial* (a decision, singular matrices included). All roots of ``χ(x) = Σ_k (−1)^k e_k x^{n−k}`` are real, ``e_k`` the
elementary symmetric functions of the eigenvalues. If all eigenvalues are ``≥ 0`` then all ``e_k ≥ 0``; conversely, if all ``e_k ≥ 0``
then for ``x > 0`` ``(−1)^n χ(−x) = Σ_k e_k x^{n−k} ≥ x^n > 0``, so no eigenvalue is negative. Definite if moreover ``e_n = det ≠ 0``.
FLINT computes ``χ`` of an integer matrix modulo enough primes; order 40 with 250-bit entries takes 35 ms.

*Dyadic factor* (a proof that a stranger can check quickly; for definite matrices of any order). If ``E = X − LL*`` has a diagonal that
dominates its rows then ``E ⪰ 0`` by Gershgorin, so ``X ⪰ LL* ⪰ 0``; strictly if the dominance is strict. ``L = N/2^k`` is proposed by a
Cholesky factorisation in fixed point and checked by exact products. Nothing about the proposal is trusted.

A complex ``X`` is treated through its real form ``[[Re, −Im], [Im, Re]]``, which has the same eigenvalues, each twice.
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from fractions import Fraction
from typing import Any

import flint

from verify.numerics.exact import RationalMatrix

__all__ = ["EXACT_ORDER", "FACTOR_ORDER", "Factor", "PsdProof", "certify_psd", "dyadic_factor", "is_psd", "verify_factor"]

FACTOR_ORDER = 24
"""Above this order (of the real form) the stand-alone checker needs a factor."""
EXACT_ORDER = 96
"""Up to this order (of the real form) the characteristic polynomial decides where no factor is found."""
FACTOR_BITS = (48, 96, 192)
"""Precisions of the proposed factor, relative to the largest diagonal entry."""


@dataclass(frozen=True)
class Factor:
    """A verified ``L = N / 2^scale``, ``N`` lower triangular with integers, of the real form where the matrix is complex."""

    scale: int
    rows: tuple[tuple[int, ...], ...]

    def to_json(self) -> dict[str, Any]:
        return {"scale": self.scale, "rows": [list(row) for row in self.rows]}


@dataclass(frozen=True)
class PsdProof:
    """``holds``: True or False as proved, None if undecided; ``factor`` is the ``"factor"`` of a certificate where one is needed."""

    holds: bool | None
    factor: dict[str, Any] | None = None


def is_psd(matrix: RationalMatrix, strict: bool = False) -> bool:
    """Decide exactly whether a Hermitian matrix is positive semidefinite (``strict``: definite).

    Raises:
        ValueError: if the matrix is not Hermitian.
    """
    integers, denominator = _integer_form(matrix)
    if integers.nrows() <= 1:
        return _quick_answer(integers, strict)
    if integers.nrows() > FACTOR_ORDER and _search_factor(integers, denominator, strict) is not None:
        return True
    return _characteristic_decision(integers, strict)


def certify_psd(matrix: RationalMatrix, strict: bool = False) -> PsdProof:
    """Decide by the cheapest sufficient method; a factor is attached where the checker needs one.

    Undecided only above order ``EXACT_ORDER`` (of the real form), for matrices that are singular, indefinite, or definite by too narrow a
    margin.

    Raises:
        ValueError: if the matrix is not Hermitian.
    """
    integers, denominator = _integer_form(matrix)
    if integers.nrows() <= FACTOR_ORDER:
        return PsdProof(is_psd(matrix, strict))
    if any(integers[i, i] < 0 for i in range(integers.nrows())):
        return PsdProof(False)
    factor = _search_factor(integers, denominator, strict)
    if factor is not None:
        return PsdProof(True, factor.to_json())
    return PsdProof(_characteristic_decision(integers, strict)) if integers.nrows() <= EXACT_ORDER else PsdProof(None)


def dyadic_factor(matrix: RationalMatrix, strict: bool = False) -> Factor | None:
    """A verified dyadic factor, or None if none was found (which says nothing about the matrix).

    Raises:
        ValueError: if the matrix is not Hermitian.
    """
    return _search_factor(*_integer_form(matrix), strict)


def verify_factor(integers: flint.fmpz_mat, denominator: int, factor: Factor, strict: bool) -> bool:
    """Is ``E = X − LL*`` diagonally dominant with a non-negative diagonal, for ``X = integers / denominator``? (Exact.)"""
    order = integers.nrows()
    triangle = flint.fmpz_mat([list(row) for row in factor.rows])
    remainder = integers * (1 << (2 * factor.scale)) - triangle * triangle.transpose() * denominator
    for i, row in enumerate(remainder.table()):
        others = sum(abs(int(row[j])) for j in range(order) if j != i)
        if int(row[i]) < others or (strict and int(row[i]) == others):
            return False
    return True


def propose_triangle(integers: flint.fmpz_mat, denominator: int, scale: int, shifts: list[int]) -> Factor | None:
    """Cholesky of ``X − diag(shifts)`` in fixed point (unit ``2^-scale``, shifts in units ``4^-scale``); None if a pivot
    is not positive.
    """
    table = [[int(x) for x in row] for row in integers.table()]
    rows: list[list[int]] = []
    for i, row in enumerate(table):
        done: list[int] = []
        for j in range(i):
            target = (row[j] << (2 * scale)) // denominator
            done.append((target - sum(map(int.__mul__, done, rows[j]))) // rows[j][j])
        pivot = (row[i] << (2 * scale)) // denominator - shifts[i] - sum(x * x for x in done)
        if pivot <= 0:
            return None
        root = math.isqrt(pivot)
        if root == 0:
            return None
        rows.append([*done, root])
    order = len(rows)
    return Factor(scale, tuple(tuple(row + [0] * (order - len(row))) for row in rows))


def _search_factor(integers: flint.fmpz_mat, denominator: int, strict: bool) -> Factor | None:
    order = integers.nrows()
    nothing = Factor(0, tuple((0,) * order for _ in range(order)))
    if verify_factor(integers, denominator, nothing, strict):
        return nothing
    diagonal = [Fraction(int(integers[i, i]), denominator) for i in range(order)]
    if min(diagonal, default=Fraction(1)) <= 0:
        return None
    largest = max(_half_exponent(x) for x in diagonal)
    for bits in FACTOR_BITS:
        scale = max(bits - largest, 1)
        factor = propose_triangle(integers, denominator, scale, _shifts(diagonal, scale, largest))
        if factor is not None and verify_factor(integers, denominator, factor, strict):
            return factor
    return None


def _shifts(diagonal: list[Fraction], scale: int, largest: int) -> list[int]:
    """What the diagonal gives away so that it dominates the rounding of its row.

    The error of the entry ``(i, j)`` is below one unit of ``4^-scale`` times the pivot of the earlier index, and pivots are at most
    ``2^(scale + largest)``: a row loses at most ``n 2^(scale+largest)`` units, the diagonal itself twice its pivot.
    """
    order = len(diagonal)
    return [(2 * order + 4) << (scale + largest)] * order


def _half_exponent(value: Fraction) -> int:
    """An ``e`` with ``√value <= 2^e``, nearly the least."""
    return (value.numerator.bit_length() - value.denominator.bit_length()) // 2 + 1


def _integer_form(matrix: RationalMatrix) -> tuple[flint.fmpz_mat, int]:
    """The real form as integers over a common denominator."""
    if not matrix.is_hermitian:
        raise ValueError(f"positivity is asked of Hermitian matrices only, got shape {matrix.shape}, not Hermitian")
    real = matrix if matrix.is_real else matrix.real_form()
    integers, denominator = real.re.numer_denom()
    return integers, int(denominator)


def _quick_answer(integers: flint.fmpz_mat, strict: bool) -> bool:
    return all(int(x) > 0 or (not strict and int(x) == 0) for x in integers.entries())


def _characteristic_decision(integers: flint.fmpz_mat, strict: bool) -> bool:
    """See the module's docstring: the signs of the characteristic polynomial decide."""
    coefficients = [int(c) for c in integers.charpoly().coeffs()]
    order = integers.nrows()
    signed = [c if (order - k) % 2 == 0 else -c for k, c in enumerate(coefficients)]
    return min(signed) >= 0 and not (strict and signed[0] == 0)
