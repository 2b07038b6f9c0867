"""Multiprecision: closed forms to many digits, and agreement with float64 on random matrices."""

from __future__ import annotations

from fractions import Fraction

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp

from tests.numerics.float_cases import U, companion, rounding, stable
from verify.numerics import multiprecision
from verify.numerics.kreiss import kreiss_constant
from verify.numerics.powers import transient_peak
from verify.numerics.pseudospectrum import pseudospectral_radius
from verify.numerics.resolvent import resolvent_norm

DPS = 40
SEEDS = st.integers(0, 2**32 - 1)


def agrees(value: mpmath.mpf, exact: mpmath.mpf) -> bool:
    """To ``DPS`` digits."""
    return bool(abs(value - exact) <= abs(exact) * mp.mpf(10) ** (1 - DPS))


@pytest.mark.parametrize("sign", [1, -1])
def test_kreiss_closed_forms(sign: int) -> None:
    nine = Fraction(9, 10)
    with mp.workdps(DPS + 10):
        assert agrees(multiprecision.kreiss_constant([[nine, 0], [sign, nine]], DPS), mp.mpf(13) / 5)
        assert agrees(multiprecision.kreiss_constant([[-1, 0], [7 * sign, -1]], DPS, continuous=True), mp.mpf(7) / 4 + mp.mpf(1) / 7)
        assert multiprecision.kreiss_constant([[Fraction(1, 2), 0], [0, Fraction(1, 3)]], DPS) == 1


def test_suprema_that_are_limits_at_the_boundary() -> None:
    """``K_c([[0, b], [0, -1]]) = sqrt(1 + b²)``; ``[[1/2, 1/10], [5/2, 1/2]]`` has ``rho = 1`` and ``K = 13/5``."""
    half = Fraction(1, 2)
    with mp.workdps(DPS + 10):
        assert agrees(multiprecision.kreiss_constant([[0, 3], [0, -1]], DPS, continuous=True), mp.sqrt(10))
        assert agrees(multiprecision.kreiss_constant([[half, Fraction(1, 10)], [Fraction(5, 2), half]], DPS), mp.mpf(13) / 5)


def test_unstable_matrices_are_infinite() -> None:
    assert multiprecision.kreiss_constant([[2, 0], [0, 1]]) == mp.inf
    assert multiprecision.transient_peak([[2, 0], [0, 1]]) == mp.inf


def test_more_digits_confirm_fewer() -> None:
    low, high = (multiprecision.kreiss_constant(companion(), dps) for dps in (20, 45))
    assert abs(low - high) <= mp.mpf(10) ** -19 * high
    assert 3.19190 <= high <= 3.19201


@given(SEEDS, st.integers(1, 3), st.booleans())
@settings(max_examples=12, deadline=None)
def test_agreement_with_float(seed: int, n: int, real: bool) -> None:
    J = stable(np.random.default_rng(seed), n, real)
    exact = mp.matrix(J.tolist())
    found = kreiss_constant(J)
    z, value = multiprecision.refine_kreiss_maximiser(exact, found.z, 30)
    error = 4 * rounding(J, found.z)
    assert found.bracket[0] * (1 - error) <= value <= found.bracket[1] * (1 + error)
    if mp.isfinite(z):
        with mp.workdps(30):
            again = (abs(z) - 1) * multiprecision.resolvent_norm(exact, z, 30)
            assert abs(again - value) <= value * mp.mpf(10) ** -26
    eps = 0.01
    pseudo = pseudospectral_radius(J, eps)
    sharp = multiprecision.pseudospectral_radius(exact, eps, 30)
    assert float(sharp) == pytest.approx(pseudo.value, rel=2e-10)
    with mp.workdps(30):
        assert multiprecision.spectral_radius(exact, 30) + mp.mpf(eps) <= sharp * (1 + mp.mpf(10) ** -25)
    peak = transient_peak(J)
    assert float(multiprecision.transient_peak(exact, 30)) == pytest.approx(peak.value, rel=32 * n * U * (peak.time + 1))


def test_singular_values_keep_their_relative_digits() -> None:
    with mp.workdps(DPS + 10):
        tiny = mp.mpf(10) ** -20
        least = multiprecision.smallest_singular_value([[1, 10**20], [0, 1]], DPS)
        exact = mp.sqrt((2 + 1 / tiny**2 - mp.sqrt((2 + 1 / tiny**2) ** 2 - 4)) / 2)
    with mp.workdps(3 * DPS + 60):
        tiny = mp.mpf(10) ** -20
        exact = mp.sqrt((2 + 1 / tiny**2 - mp.sqrt((2 + 1 / tiny**2) ** 2 - 4)) / 2)
        assert agrees(least, exact)
    assert multiprecision.smallest_singular_value([[1, 2], [2, 4]], DPS) == 0
    assert multiprecision.resolvent_norm([[Fraction(9, 10), 0], [1, Fraction(9, 10)]], Fraction(9, 10), DPS) == mp.inf


@pytest.mark.parametrize("c", [1e9, 61496415223907.89, 1e20])
def test_a_pseudospectral_radius_that_floats_cannot_see(c: float) -> None:
    """``eps`` below the rounding of ``‖J‖``: the floats say so, and the digits neither run away nor end at a lesser root."""
    J, eps = [[1e-12, 1e-12], [c, 1e-12]], 5.9e-4
    assert pseudospectral_radius(np.array(J), eps).settled == (c < 1e11)
    exact = 1e-12 + mpmath.sqrt((mpmath.mpf(1e-12) + eps) * (mpmath.mpf(c) + eps))
    assert mpmath.almosteq(multiprecision.pseudospectral_radius(J, eps, 30), exact, rel_eps=1e-12)


def test_a_near_tie_that_floats_cannot_tell_apart() -> None:
    """The supremum is on the negative axis, above that on the positive one by 1e-17 of it, where ``σ_min`` is far below rounding."""
    c, d = Fraction(166954566011387, 20000000), Fraction(20398535439711, 10**30)
    found = multiprecision.kreiss_constant([[0, 0], [-c, -d]], 50)
    with mp.workdps(60):
        bound = c / 4 + 1 / c
        assert 1e-17 < found * bound.denominator / bound.numerator - 1 < 1.1e-17


def test_norm_radius_and_pseudospectral_radius() -> None:
    nine = Fraction(9, 10)
    with mp.workdps(DPS + 10):
        assert agrees(multiprecision.spectral_norm([[3, 0, 0], [0, 4, 0]], DPS), mp.mpf(4))
        assert agrees(multiprecision.spectral_norm([[3], [4]], DPS), mp.mpf(5))
        assert agrees(multiprecision.spectral_radius([[nine, 0], [1, nine]], DPS), mp.mpf(9) / 10)  # defective
        eps = mp.mpf(1) / 10**20  # below float64's rounding
        exact = mp.mpf(9) / 10 + mp.sqrt(eps * (1 + eps))
        assert agrees(multiprecision.pseudospectral_radius([[nine, 0], [1, nine]], Fraction(1, 10**20), DPS), exact)
    point = multiprecision.resolvent_norm([[nine, 0], [1, nine]], Fraction(11, 10), 30)
    assert float(point) == pytest.approx(resolvent_norm([[0.9, 0], [1, 0.9]], 1.1), rel=1000 * U)


def test_bad_matrices_are_named() -> None:
    with pytest.raises(TypeError, match="M is a int"):
        multiprecision.spectral_norm(3)
    with pytest.raises(ValueError, match="ragged"):
        multiprecision.spectral_norm([[1, 2], [3]])
    with pytest.raises(ValueError, match="square"):
        multiprecision.kreiss_constant([[1, 2]])
    with pytest.raises(ValueError, match="not finite"):
        multiprecision.spectral_norm([[mp.inf]])
    with pytest.raises(TypeError, match="entry"):
        multiprecision.spectral_norm([[object()]])
    with pytest.raises(ValueError, match="eps = 0"):
        multiprecision.pseudospectral_radius([[1]], 0)


def test_numerical_radius_closed_forms() -> None:
    """The 3x3 shift has ``w = cos(pi/4)``; a triangular 2x2 block ``|t|/2 + √((a−d)² + c²)/2``; rotation by a unit does not change ``w``."""
    with mp.workdps(DPS + 10):
        shift = [[0, 1, 0], [0, 0, 1], [0, 0, 0]]
        assert agrees(multiprecision.numerical_radius(shift, DPS), mp.sqrt(2) / 2)
        block = [[Fraction(1, 2), 0], [3, Fraction(1, 3)]]
        exact = mp.mpf(5) / 12 + mp.sqrt(mp.mpf(1) / 36 + 9) / 2
        assert agrees(multiprecision.numerical_radius(block, DPS), exact)
        unit = (3 + 4j) / mp.mpf(5)
        turned = [[unit * mp.mpf(entry.numerator) / entry.denominator for entry in map(Fraction, row)] for row in block]
        assert agrees(multiprecision.numerical_radius(turned, DPS), exact)


def test_eigenvalues_closed_forms() -> None:
    with mp.workdps(DPS + 10):
        matrix = [[1, 2], [2, -1]]
        assert agrees(multiprecision.largest_eigenvalue(matrix, DPS), mp.sqrt(5))
        assert agrees(multiprecision.smallest_eigenvalue(matrix, DPS), -mp.sqrt(5))
        assert agrees(multiprecision.spectrum_distance([[0, 1], [-1, 0]], 1, DPS), mp.sqrt(2))
