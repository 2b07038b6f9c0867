"""Margins of stability, rigorously and in floats: published values and closed forms."""

from __future__ import annotations

import math
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp

from tests.numerics.float_cases import stable
from tests.numerics.rigorous_cases import contains, mp_singular, one_way
from verify.numerics import radii
from verify.numerics.bounds import margins, resolvent_norm
from verify.numerics.bounds.pseudospectral import pseudospectral_radius
from verify.numerics.circle import resolvent_norm_on_circle, resolvent_norm_on_line
from verify.numerics.exact import GaussianRational, RationalMatrix

SEEDS = st.integers(0, 2**32 - 1)
CHEBFUN = np.array([[-1, 3, 5, 2], [-3, -2, 4, 6], [-5, -4, -2, 1], [-2, -6, -1, 3]], dtype=float)
SLICOT = np.array([[246.5, 242.5, 202.5, -197.5], [-252.5, -248.5, -207.5, 202.5], [-302.5, -297.5, -248.5, 242.5], [-307.5, -302.5, -252.5, 246.5]])


def grcar(n: int) -> np.ndarray:
    return np.eye(n) - np.diag(np.ones(n - 1), -1) + sum(np.diag(np.ones(n - k), k) for k in (1, 2, 3))


@pytest.mark.parametrize(("matrix", "published", "digits"), [(CHEBFUN, Fraction("0.160576907276252"), 15), (SLICOT, Fraction("0.0039196472317"), 13)])
def test_published_distances_to_instability(matrix: np.ndarray, published: Fraction, digits: int) -> None:
    found = margins.distance_to_instability(RationalMatrix.from_floats(matrix), continuous=True)
    assert found.lower <= published + Fraction(1, 10**digits)
    assert published - Fraction(1, 10**digits) <= found.upper
    assert found.upper <= found.lower * (1 + Fraction(1, 10**8))
    assert radii.distance_to_instability(matrix, continuous=True) == pytest.approx(float(published), rel=1e-9)


def test_published_resolvent_norm_on_the_axis() -> None:
    found = margins.resolvent_norm_on_line(RationalMatrix.from_floats(CHEBFUN), Fraction(0))
    published, rounding = Fraction("6.227545522966329"), Fraction(64, 2**52)  # a float computation of order 4
    assert found.lower <= published * (1 + rounding)
    assert published * (1 - rounding) <= found.upper
    assert found.upper <= found.lower * (1 + Fraction(1, 10**8))


def test_published_pseudospectral_abscissa() -> None:
    assert radii.pseudospectral_abscissa(grcar(100), 1e-4) == pytest.approx(2.41276, abs=5e-6)


@pytest.mark.parametrize("kappa", [Fraction(3), Fraction(10**6), Fraction(10**12)])
def test_closed_forms_of_one_way_coupling(kappa: Fraction) -> None:
    """P19: ``‖R(z)‖ = 2/(√(4s² + c²) − c)``, ``s = |z − γ|``; P20: ``ρ_ε = α_ε = γ + √(ε² + cε)``."""
    gamma = 1 - Fraction(1, 10**6)
    c, eps = kappa * (1 - gamma), Fraction(1, 1000)
    matrix = one_way(gamma, c)
    with mp.workdps(60):
        coupling, level = mp.mpf(c.numerator) / c.denominator, mp.mpf(1) / 1000
        for z in (Fraction(3, 2), GaussianRational(Fraction(3, 5), Fraction(4, 5)), Fraction(-1)):
            point = GaussianRational.of(z)
            s = abs(mp.mpc(mp.mpf((point.re - gamma).numerator) / (point.re - gamma).denominator, mp.mpf(point.im.numerator) / point.im.denominator))
            assert contains(resolvent_norm(matrix, z), 2 / (mp.sqrt(4 * s * s + coupling**2) - coupling))
        s = 1 - mp.mpf(gamma.numerator) / gamma.denominator
        nearest = (mp.sqrt(4 * s * s + coupling**2) - coupling) / 2
        edge = mp.mpf(gamma.numerator) / gamma.denominator + mp.sqrt(level**2 + coupling * level)
        found = margins.distance_to_instability(matrix)
        assert contains(found, nearest)
        assert found.upper <= found.lower * (1 + Fraction(1, 10**8))
        assert contains(margins.resolvent_norm_on_circle(matrix, Fraction(1)), 1 / nearest)
        assert contains(pseudospectral_radius(matrix, eps), edge)
        assert contains(margins.pseudospectral_abscissa(matrix, eps), edge)


@given(SEEDS, st.integers(1, 5), st.booleans())
@settings(max_examples=20, deadline=None)
def test_enclosures_contain_the_floats_and_multiprecision(seed: int, n: int, real: bool) -> None:
    rng = np.random.default_rng(seed)
    J = stable(rng, n, real)
    exact, G = RationalMatrix.from_floats(J), J - 1.1 * np.eye(n)
    rows = mp.matrix(J.tolist())
    circle = margins.resolvent_norm_on_circle(exact, Fraction(5, 4))
    assert float(circle.lower) <= resolvent_norm_on_circle(J, 1.25).value * (1 + 1e-9)
    assert resolvent_norm_on_circle(J, 1.25).value <= float(circle.upper) * (1 + 1e-9)
    for angle in rng.uniform(-np.pi, np.pi, 4):
        with mp.workdps(40):
            z = mp.mpf(1.25) * mp.expjpi(float(angle) / mp.pi)
            value = 1 / mp_singular(z * mp.eye(n) - rows)[-1]
        assert value <= mpmath.mpf(float(circle.upper)) * (1 + mp.mpf(10) ** -9)
    line = margins.resolvent_norm_on_line(RationalMatrix.from_floats(G), Fraction(1, 8))
    assert float(line.lower) * (1 - 1e-9) <= resolvent_norm_on_line(G, 0.125).value <= float(line.upper) * (1 + 1e-9)
    distance = margins.distance_to_instability(exact)
    assert float(distance.lower) * (1 - 1e-9) <= radii.distance_to_instability(J) <= float(distance.upper) * (1 + 1e-9) + 1e-14
    abscissa = margins.pseudospectral_abscissa(RationalMatrix.from_floats(G), Fraction(1, 10))
    value = radii.pseudospectral_abscissa(G, 0.1)
    size = 1e-8 * (np.linalg.norm(G, 2) + 1)
    assert float(abscissa.lower) - size <= value <= float(abscissa.upper) + size
    spectral = margins.spectral_abscissa(RationalMatrix.from_floats(G))
    assert float(spectral.lower) - 1e-6 <= radii.spectral_abscissa(G) <= float(spectral.upper) + 1e-6
    assert spectral.lower <= abscissa.upper


def test_spectral_abscissa_of_special_matrices() -> None:
    assert margins.spectral_abscissa(RationalMatrix.from_rows([[1, 5], [0, -3]])).is_exact
    hermitian = margins.spectral_abscissa(RationalMatrix.from_rows([[0, 1], [1, 0]]))
    assert hermitian.lower <= 1 <= hermitian.upper
    turn = margins.spectral_abscissa(RationalMatrix.from_rows([[0, -1], [1, 0]]))
    assert turn.lower <= 0 <= turn.upper
    assert turn.upper - turn.lower < Fraction(1, 10**20)


def test_unstable_matrices_and_bad_arguments() -> None:
    assert margins.distance_to_instability(RationalMatrix.from_rows([[2, 1], [0, 0]])).upper == 0
    assert margins.distance_to_instability(RationalMatrix.from_rows([[1]])).upper == 0
    assert margins.distance_to_instability(RationalMatrix.from_rows([[1, 1], [0, -1]]), continuous=True).upper == 0
    assert margins.resolvent_norm_on_circle(RationalMatrix.from_rows([[1]]), Fraction(1)).lower == math.inf
    assert margins.resolvent_norm_on_circle(RationalMatrix.from_rows([[2]]), Fraction(1)).lower == 1
    assert margins.resolvent_norm_on_circle(RationalMatrix.from_rows([[2]]), Fraction(1)).upper == math.inf
    with pytest.raises(ValueError, match="r = 0"):
        margins.resolvent_norm_on_circle(RationalMatrix.from_rows([[1]]), Fraction(0))
    with pytest.raises(ValueError, match="epsilon > 0"):
        margins.pseudospectral_abscissa(RationalMatrix.from_rows([[1]]), Fraction(0))
