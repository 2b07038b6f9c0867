"""Rounding to rationals, and exact rational orthogonal matrices."""

from __future__ import annotations

import functools
import math
from fractions import Fraction

import numpy as np

from verify.numerics.exact import RationalMatrix

__all__ = ["cayley", "fractions_up_to", "rounded", "rounded_below", "rounded_matrix", "scaled_into_ball", "unit_vector_near"]


@functools.cache
def fractions_up_to(bound: int, denominator: int) -> tuple[Fraction, ...]:
    """All fractions of modulus at most ``bound`` with denominators up to ``denominator``, simplest first (0, 1, −1, 2, …)."""
    found = {Fraction(k, d) for d in range(1, denominator + 1) for k in range(-bound * d, bound * d + 1)}
    return tuple(sorted(found, key=lambda f: (f.denominator, abs(f), f < 0)))


def rounded(value: float, digits: int) -> Fraction:
    """A simple rational near a float: the best one with denominator at most ``10**digits``, relative to its size when small."""
    if value == 0 or not math.isfinite(value):
        return Fraction(0)
    shift = max(0, -math.floor(math.log10(abs(value))))
    return Fraction(value).limit_denominator(10 ** (digits + min(shift, 40)))


def rounded_below(value: float, digits: int) -> Fraction:
    """As :func:`rounded`, and not above the float."""
    near = rounded(value, digits)
    while near > Fraction(value):
        near -= Fraction(1, 10**digits) * max(abs(near), Fraction(1, 10**digits))
    return near


def rounded_matrix(array: np.ndarray, digits: int) -> RationalMatrix:
    """Entries rounded to one grid, relative to the largest: entries far below it become 0."""
    scale = float(np.abs(array).max(initial=0.0))
    if scale == 0:
        return RationalMatrix.zeros(*array.shape)
    step = 10 ** max(0, digits - math.floor(math.log10(scale)) - 1) if scale < 10**digits else 1
    return RationalMatrix.from_rows([[_on_grid(float(entry), step) for entry in row] for row in array])


def _on_grid(value: float, step: int) -> Fraction:
    return Fraction(round(Fraction(value) * step), step)


def cayley(skew: RationalMatrix) -> RationalMatrix:
    """``(I − S)(I + S)^{-1}``, orthogonal for a skew-symmetric ``S``, rational if ``S`` is."""
    identity = RationalMatrix.identity(skew.shape[0])
    return (identity - skew) * (identity + skew).inverse()


def unit_vector_near(vector: np.ndarray, digits: int) -> RationalMatrix:
    """An exactly unit rational vector near a float one, by stereographic projection from the pole opposite its largest entry."""
    vector = np.asarray(vector, dtype=float).ravel()
    vector = vector / np.linalg.norm(vector)
    pole = int(np.argmax(np.abs(vector)))
    sign = 1 if vector[pole] > 0 else -1
    flat = [Fraction(0) if i == pole else rounded(float(x / (1 + abs(vector[pole]))), digits) for i, x in enumerate(vector)]
    square = sum((x * x for x in flat), start=Fraction(0))
    entries = [sign * (1 - square) / (1 + square) if i == pole else 2 * x / (1 + square) for i, x in enumerate(flat)]
    return RationalMatrix.from_rows([[entry] for entry in entries])


def scaled_into_ball(matrix: RationalMatrix, radius: Fraction, digits: int) -> RationalMatrix:
    """The matrix itself if ``‖X‖ <= radius`` exactly, else shrunk by the smallest tried factor that makes it so."""
    from verify.numerics.positivity import is_psd

    def inside(candidate: RationalMatrix) -> bool:
        gram = candidate.adjoint() * candidate
        return is_psd(RationalMatrix.identity(gram.shape[0]) * (radius * radius) - gram)

    if inside(matrix):
        return matrix
    norm = float(np.linalg.norm(matrix.to_numpy(), 2))
    for extra in range(digits, -1, -1):
        factor = rounded_below(min(1.0, float(radius) / norm if norm else 1.0), digits + 2) * (1 - Fraction(1, 10 ** (extra + 1)))
        candidate = rounded_matrix((matrix * factor).to_numpy(), digits + 2)
        if inside(candidate):
            return candidate
    return RationalMatrix.zeros(*matrix.shape)
