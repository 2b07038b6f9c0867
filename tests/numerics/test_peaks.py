"""Peaks of powers and of exponentials: closed forms, published values, multiprecision, and horizons of ``10^12`` steps."""

from __future__ import annotations

import math
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp

from tests.numerics.float_cases import rotation, stable
from tests.numerics.rigorous_cases import contains, one_way
from verify.numerics import multiprecision
from verify.numerics.bounds.peaks import exponential_norm, exponential_peak, power_peak
from verify.numerics.exact import RationalMatrix
from verify.numerics.exponential import exponential
from verify.numerics.exponential import exponential_norm as float_exponential_norm
from verify.numerics.exponential import exponential_peak as float_exponential_peak
from verify.numerics.powers import power_norms, transient_peak

SEEDS = st.integers(0, 2**32 - 1)
WHIDBORNE = np.array(
    [
        [-1, 0, 0, 0, 0, 0, -625],
        [0, -1, -30, 400, 0, 0, 250],
        [-2, 0, -1, 0, 0, 0, 30],
        [5, -1, 5, -1, 0, 0, 200],
        [11, 1, 25, -10, -1, 1, -200],
        [200, 0, 0, -150, -100, -1, -1000],
        [1, 0, 0, 0, 0, 0, -1],
    ],
    dtype=float,
)
"""Plischke and Wirth; the peak is Whidborne and Amar's (reference_values.md)."""


def power_norm(gamma: Fraction, c: Fraction, t: int) -> mpmath.mpf:
    """``‖M^t‖ = γ^t exp(arsinh(tc/2γ))`` at ``M = [[γ, 0], [c, γ]]`` (T8, L17)."""
    g = mp.mpf(gamma.numerator) / gamma.denominator
    return g**t * mp.exp(mp.asinh(t * mp.mpf(c.numerator) / c.denominator / (2 * g)))


def sharp_peak(gamma: Fraction, c: Fraction) -> mpmath.mpf:
    """The larger of the two integers next to ``t* = √(1/L² − 4γ²/c²)``, ``L = −ln γ``."""
    with mp.workdps(60):
        g = mp.mpf(gamma.numerator) / gamma.denominator
        square = 1 / mp.log(g) ** 2 - 4 * g**2 / (mp.mpf(c.numerator) / c.denominator) ** 2
        time = int(mp.sqrt(max(square, mp.zero)))
        return max(power_norm(gamma, c, t) for t in (time, time + 1))


def sharp_exponential_peak(b: Fraction, mu: Fraction) -> mpmath.mpf:
    """N1: ``(x + √(x² − 1)) e^{−√(1 − 1/x²)}``, ``x = b/2μ >= 1``, for ``[[−μ, 0], [b, −μ]]``."""
    with mp.workdps(60):
        x = mp.mpf((b / mu / 2).numerator) / (b / mu / 2).denominator
        return (x + mp.sqrt(x * x - 1)) * mp.exp(-mp.sqrt(1 - 1 / x**2)) if x > 1 else mp.one


@pytest.mark.parametrize("exponent", [1, 2, 4, 6, 9, 12])
def test_one_way_coupling_to_one_minus_1e12(exponent: int) -> None:
    gamma, c = 1 - Fraction(1, 10**exponent), Fraction(1)
    found = power_peak(one_way(gamma, c))
    assert found.stopped == ""
    assert contains(found.enclosure, sharp_peak(gamma, c))
    assert found.enclosure.upper <= found.enclosure.lower * (1 + Fraction(1, 10**7))
    assert found.horizon is not None
    with mp.workdps(60):
        assert power_norm(gamma, c, int(found.horizon)) <= 1


@pytest.mark.parametrize("kappa", [Fraction(1), Fraction(3), Fraction(1000), Fraction(10**12)])
def test_exponentials_to_coupling_1e12(kappa: Fraction) -> None:
    matrix = RationalMatrix.from_rows([[-1, 0], [kappa, -1]])
    found = exponential_peak(matrix)
    assert found.stopped == ""
    assert contains(found.enclosure, sharp_exponential_peak(kappa, Fraction(1)))
    assert found.enclosure.upper <= found.enclosure.lower * (1 + Fraction(1, 10**7))
    value = float_exponential_peak(matrix.to_numpy())
    assert value.bracket[0] <= float(found.enclosure.upper)
    assert float(found.enclosure.lower) <= value.bracket[1]
    if kappa <= 1000:
        assert value.label == "global in floating point"


def test_the_peak_asks_for_more_digits() -> None:
    found = exponential_peak(RationalMatrix.from_rows([[-1, 0], [7, -1]]), rtol=Fraction(1, 10**13))
    assert found.enclosure.upper <= found.enclosure.lower * (1 + Fraction(1, 10**12))
    assert contains(found.enclosure, sharp_exponential_peak(Fraction(7), Fraction(1)))


def test_published_exponential_peak() -> None:
    value = float_exponential_peak(WHIDBORNE)
    assert value.value**2 == pytest.approx(358147.98785179, rel=1e-8)
    assert value.label == "global in floating point"
    found = exponential_peak(RationalMatrix.from_floats(WHIDBORNE)).enclosure
    assert found.lower**2 <= Fraction("358147.98785179") + Fraction("0.00000001")
    assert Fraction("358147.98785178") <= found.upper**2
    assert found.upper <= found.lower * (1 + Fraction(1, 10**8))


def test_eigenvalues_away_from_one_are_followed_too() -> None:
    """Slow eigenvalues near ``−1`` and ``±i`` move fast in ``X^t``, slowly in ``(X^q)^k``."""
    gamma = Fraction(999, 1000)
    sharp = sharp_peak(gamma, Fraction(1))
    assert contains(power_peak(one_way(-gamma, Fraction(1))).enclosure, sharp)
    turn = RationalMatrix.from_rows([[0, -gamma, 0, 0], [gamma, 0, 0, 0], [1, 0, 0, -gamma], [0, 1, gamma, 0]])
    found = power_peak(turn)
    assert found.stopped == ""
    assert contains(found.enclosure, sharp)


@given(SEEDS, st.integers(1, 4), st.booleans())
@settings(max_examples=20, deadline=None)
def test_enclosures_contain_the_norms_in_multiprecision(seed: int, n: int, real: bool) -> None:
    J = stable(np.random.default_rng(seed), n, real)
    found = power_peak(RationalMatrix.from_floats(J), rtol=Fraction(1, 10**6))
    assert contains(found.enclosure, multiprecision.transient_peak(mp.matrix(J.tolist()), 30))
    value = transient_peak(J)
    assert float(found.enclosure.lower) * (1 - 1e-9) <= value.value <= float(found.enclosure.upper) * (1 + 1e-9)
    G = J - 1.05 * np.eye(n)
    peak = exponential_peak(RationalMatrix.from_floats(G), rtol=Fraction(1, 10**6)).enclosure
    for t in np.linspace(0.05, 8, 12):
        assert multiprecision.exponential_norm(mp.matrix(G.tolist()), float(t), 25) <= mp.mpf(peak.upper.numerator) / peak.upper.denominator  # type: ignore[union-attr]
        norm = exponential_norm(RationalMatrix.from_floats(G), Fraction(float(t)))
        assert contains(norm, multiprecision.exponential_norm(mp.matrix(G.tolist()), float(t), 30))
        assert float_exponential_norm(G, float(t)) == pytest.approx(float(norm.lower), rel=1e-10)
    floating = float_exponential_peak(G)
    assert floating.bracket[0] <= float(peak.upper)
    assert float(peak.lower) <= floating.bracket[1]


def test_a_finite_horizon_needs_no_stability() -> None:
    gamma, c = Fraction(11, 10), Fraction(1)
    found = power_peak(one_way(gamma, c), horizon=50)
    with mp.workdps(40):
        assert contains(found.enclosure, power_norm(gamma, c, 50))
    assert found.time == 50
    assert transient_peak([[1.1, 0], [1, 1.1]], horizon=50).value == pytest.approx(float(found.enclosure.lower), rel=1e-9)
    growing = exponential_peak(RationalMatrix.from_rows([[1, 0], [1, 1]]), horizon=Fraction(5))
    assert contains(growing.enclosure, multiprecision.exponential_norm([[1, 0], [1, 1]], 5, 30))
    for horizon in range(4):  # every residue of a step q > 1
        J = np.array([[0.0, -3.0], [0.5, 0.0]])
        assert contains(power_peak(RationalMatrix.from_floats(J), horizon=horizon).enclosure, Fraction(float(power_norms(J, horizon + 1).max())))


def test_what_is_not_stable() -> None:
    assert power_peak(RationalMatrix.from_rows([[2]])).enclosure.lower == math.inf
    assert power_peak(RationalMatrix.from_rows([[1, 1], [0, 1]])).enclosure.lower == math.inf
    assert exponential_peak(RationalMatrix.from_rows([[0, 1], [0, 0]])).enclosure.lower == math.inf
    undecided = power_peak(RationalMatrix.from_rows([[Fraction(1, 2), Fraction(1, 10)], [Fraction(5, 2), Fraction(1, 2)]]))  # ρ = 1
    assert math.isfinite(undecided.enclosure.lower)
    assert undecided.enclosure.upper == 5  # by a similarity
    assert undecided.stopped != ""
    assert exponential_peak(RationalMatrix.from_rows([[1]])).enclosure.upper == math.inf
    assert float_exponential_peak([[1.0]]).value == math.inf
    assert float_exponential_peak([[0.0, 1.0], [0.0, 0.0]]).label == "local"
    assert float_exponential_peak([[0.0, 1.0], [-1.0, 0.0]]).value == pytest.approx(1.0, rel=1e-12)
    assert exponential_peak(RationalMatrix.zeros(2, 2)).enclosure.upper == 1


def test_triangular_matrices_with_nearly_equal_diagonal() -> None:
    """Trap 12: ``scipy.linalg.expm`` errs by 16 % here."""
    G = np.array([[-1.5, 0.0], [979.0, -1.5 * (1 + 2.3e-16)]])
    with mp.workdps(40):
        exact = mp.expm(mp.matrix(G.tolist()))
    np.testing.assert_allclose(exponential(G), [[float(exact[i, j]) for j in range(2)] for i in range(2)], rtol=1e-12)
    assert float_exponential_norm(G, 1.0) == pytest.approx(float(multiprecision.exponential_norm(mp.matrix(G.tolist()), 1, 30)), rel=1e-12)


@given(SEEDS, st.integers(1, 6), st.floats(0, 30))
@settings(max_examples=30, deadline=None)
def test_exponentials_form_a_semigroup(seed: int, n: int, t: float) -> None:
    G = stable(np.random.default_rng(seed), n) - np.eye(n)
    half = exponential(G, t / 2)
    np.testing.assert_allclose(half @ half, exponential(G, t), atol=1e-12 * max(1.0, np.linalg.norm(half) ** 2) * (1 + t))
    np.testing.assert_allclose(exponential(G, 0.0), np.eye(n), rtol=0, atol=4 * n * np.finfo(float).eps)


def test_bad_times_are_named() -> None:
    with pytest.raises(ValueError, match=r"t = -1"):
        exponential([[0.5]], -1.0)
    with pytest.raises(ValueError, match="overflows"):
        exponential([[1e300]], 1e300)
    with pytest.raises(ValueError, match="horizon = -3"):
        transient_peak([[0.5]], horizon=-3)
    with pytest.raises(ValueError, match="overflow"):
        transient_peak([[1e10]], horizon=5000)
    assert transient_peak(rotation(0.3) * 1.01, horizon=10).time == 10
