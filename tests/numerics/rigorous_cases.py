"""Matrices and true values for the tests of the rigorous bounds."""

from __future__ import annotations

import math
from fractions import Fraction

import mpmath
import numpy as np

from verify.numerics.enclosure import Enclosure
from verify.numerics.exact import GaussianRational, RationalMatrix

Rows = list[list[int | Fraction | GaussianRational]]


def matrix(rows: Rows) -> RationalMatrix:
    return RationalMatrix.from_rows(rows)


def one_way(gamma: Fraction, c: Fraction) -> RationalMatrix:
    """``[[γ, 0], [c, γ]]``."""
    return matrix([[gamma, 0], [c, gamma]])


def sharp(kappa: Fraction) -> Fraction:
    """Its Kreiss constant, ``κ = c/(1 − γ)`` (tool B of the theory; also the continuous-time constant of ``[[−μ, 0], [c, −μ]]``, ``κ = c/μ``)."""
    return Fraction(1) if kappa <= 2 else kappa / 4 + 1 / kappa


def two_by_two(x: np.ndarray) -> float:
    """Tool B: the Kreiss constant of a real 2×2 matrix with real eigenvalues in (−1, 1) of non-negative sum."""
    low, high = sorted(np.linalg.eigvals(x).real)
    nu = abs(x[0, 1] - x[1, 0])
    tau = (nu + math.hypot(nu, high - low)) / (math.sqrt(1 - low) + math.sqrt(1 - high)) ** 2
    return (tau + 1 / tau) / 2 if tau >= 1 else 1.0


def jordan(order: int, gamma: Fraction) -> RationalMatrix:
    return matrix([[gamma if i == j else int(j == i + 1) for j in range(order)] for i in range(order)])


def random_matrix(order: int, seed: int, radius: float, is_complex: bool = False) -> RationalMatrix:
    """Random rational entries with denominator ``2^20``, spectral radius near ``radius``."""
    generator = np.random.default_rng(seed)
    array = generator.standard_normal((order, order)) + (1j * generator.standard_normal((order, order)) if is_complex else 0)
    array = array * radius / abs(np.linalg.eigvals(array)).max()
    return RationalMatrix.from_floats(np.round(array * 2**20) / 2**20)


def mp_singular(x: mpmath.matrix) -> list[mpmath.mpf]:
    """Singular values at mpmath's precision, largest first."""
    return list(mpmath.svd_c(mpmath.matrix(x), compute_uv=False))


def mp_resolvent_norm(x: mpmath.matrix, z: complex | mpmath.mpc) -> mpmath.mpf:
    return 1 / mp_singular(mpmath.mpc(z) * mpmath.eye(x.rows) - x)[-1]


def mp_maximum(function, low: float, high: float) -> mpmath.mpf:
    """The maximum of a unimodal function by golden sections, to about 25 digits of its value."""
    ratio = (mpmath.sqrt(5) - 1) / 2
    a, b = mpmath.mpf(low), mpmath.mpf(high)
    for _ in range(70):
        left, right = b - ratio * (b - a), a + ratio * (b - a)
        a, b = (a, right) if function(left) > function(right) else (left, b)
    return function((a + b) / 2)


def contains(enclosure: Enclosure, value: object) -> bool:
    """For an exact Fraction, or for an mpmath number known to 20 digits."""
    if isinstance(value, Fraction):
        return enclosure.lower <= value <= enclosure.upper
    with mpmath.workdps(40):
        slack = mpmath.mpf(10) ** -20 * abs(mpmath.mpf(value))
        low, high = (mpmath.mpf(end) if isinstance(end, float) else mpmath.mpf(end.numerator) / end.denominator for end in (enclosure.lower, enclosure.upper))
        return low <= mpmath.mpf(value) + slack and mpmath.mpf(value) - slack <= high


def relative_width(enclosure: Enclosure) -> float:
    return float(enclosure.upper / enclosure.lower - 1)
