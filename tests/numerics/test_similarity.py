"""``min √cond(P)`` and the noise gain, in floats and enclosed."""

from __future__ import annotations

import math
from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.numerics.float_cases import block_triangular, companion, stable
from tests.numerics.rigorous_cases import one_way
from verify.numerics.bounds import conditioning
from verify.numerics.bounds.similarity import verify_similarity
from verify.numerics.exact import RationalMatrix
from verify.numerics.powers import transient_peak
from verify.numerics.similarity import discrete_lyapunov, noise_gain, similarity_bound

SEEDS = st.integers(0, 2**32 - 1)


def sharp_form(gamma: float, b: float, c: float) -> float:
    """N3 of the theory, at ``M = [[γ, b], [c, γ]]`` with ``0 <= b <= c``."""
    m = 1 - gamma**2 + b * c
    return 1.0 if b + c <= m else 2 * c / (m + math.sqrt(m * m - 4 * b * c))


@pytest.mark.parametrize(("gamma", "b", "c"), [(0.9, 0, 1), (0.99, 0, 5), (0.9, 0.005, 1), (0.999, 0, 1), (0.999999, 0, 1), (0.5, 0.1, 0.2), (0.0, 0.0, 3.0)])
def test_closed_form(gamma: float, b: float, c: float) -> None:
    matrix, sharp = [[gamma, b], [c, gamma]], sharp_form(gamma, b, c)
    found = similarity_bound(matrix)
    assert found.label == "global in floating point"
    assert found.lower * (1 - 1e-9) <= sharp <= found.value * (1 + 1e-9)
    assert found.value <= 1.05 * sharp
    enclosure = conditioning.similarity_bound(RationalMatrix.from_floats(np.array(matrix, dtype=float)))
    assert enclosure.lower * Fraction(1 - 1e-9) <= sharp <= enclosure.upper * Fraction(1 + 1e-9)
    assert enclosure.upper <= 1.06 * sharp


@given(SEEDS, st.integers(2, 8), st.booleans())
@settings(max_examples=25, deadline=None)
def test_the_form_is_admissible_and_nearly_best(seed: int, n: int, real: bool) -> None:
    J = stable(np.random.default_rng(seed), n, real)
    found = similarity_bound(J)
    assert found.P is not None
    decay = found.P - J.conj().T @ found.P @ J
    assert np.linalg.eigvalsh(decay)[0] >= -1e-12 * np.linalg.norm(found.P)
    assert found.value == pytest.approx(math.sqrt(np.linalg.cond(found.P)), rel=1e-6)
    assert transient_peak(J).value <= found.value * (1 + 1e-9)
    assert found.lower <= found.value
    if found.value < 1e4:
        assert found.value <= found.lower * 1.05 * (1 + 1e-9), "the optimiser did not close its gap"


@given(SEEDS, st.integers(1, 4), st.integers(1, 4))
@settings(max_examples=15, deadline=None)
def test_the_enclosure_agrees_with_the_float_bound_and_lies_above_the_peak(seed: int, p: int, q: int) -> None:
    J = block_triangular(np.random.default_rng(seed), p, q)
    found, enclosure = similarity_bound(J), conditioning.similarity_bound(RationalMatrix.from_floats(J))
    assert float(enclosure.lower) <= found.value * (1 + 1e-9)
    assert found.lower <= float(enclosure.upper) * (1 + 1e-9)
    assert transient_peak(J).value <= float(enclosure.upper) * (1 + 1e-9)
    if enclosure.upper_witness is not None:
        form = RationalMatrix.from_json(enclosure.upper_witness["matrix"])
        proofs = verify_similarity(RationalMatrix.from_floats(J), form, Fraction(enclosure.upper_witness["value"]), continuous=False)
        assert all(proof.holds is True for proof in proofs)


def test_a_form_that_claims_too_small_a_condition_number_is_refused() -> None:
    """Trap 6: a solver's ``P`` may be infeasible, with a condition number below the true peak."""
    matrix = RationalMatrix.from_floats(companion())
    found = conditioning.similarity_bound(matrix)
    assert found.upper >= Fraction(transient_peak(companion()).value)
    form = RationalMatrix.from_json(found.upper_witness["matrix"])  # type: ignore[index]
    shrunk = form + RationalMatrix.identity(4) * Fraction(1, 10)
    assert not all(proof.holds is True for proof in verify_similarity(matrix, shrunk, Fraction(found.lower) / 2, continuous=False))
    assert not all(proof.holds is True for proof in verify_similarity(matrix, RationalMatrix.identity(4), Fraction(1), continuous=False))


def test_a_wrong_dual_point_proves_nothing() -> None:
    matrix = one_way(Fraction(9, 10), Fraction(1))
    identity = RationalMatrix.identity(2)
    assert conditioning.verify_dual(matrix, identity, RationalMatrix.zeros(2, 2)) == 1
    assert conditioning.verify_dual(matrix, identity * 100, identity * 1000) == 1, "Y is indefinite there"
    v = RationalMatrix.from_rows([[1], [0]])
    powers = [matrix.power(t) * v for t in range(10)]
    z = RationalMatrix.zeros(2, 2)
    for power in powers[:-1]:
        z = z + power * power.adjoint()
    last = powers[-1] * powers[-1].adjoint()
    assert float(conditioning.verify_dual(matrix, last, z)) == pytest.approx(math.sqrt(float(last.trace().real)), rel=1e-12)  # type: ignore[union-attr]


def test_contractions_unstable_and_marginal_matrices() -> None:
    assert similarity_bound(np.eye(3) * 0.5).value == 1.0
    assert similarity_bound([[1.1]]).value == math.inf
    assert conditioning.similarity_bound(RationalMatrix.from_rows([[Fraction(11, 10), 0], [0, 0]])).lower == math.inf
    swap = np.array([[0.0, 2.0], [0.5, 0.0]])
    found = similarity_bound(swap)
    assert found.value == pytest.approx(2.0, rel=1e-12)
    assert found.label == "local"
    with pytest.raises(ValueError, match="rtol"):
        similarity_bound(swap, rtol=0.0)


@pytest.mark.parametrize(("gamma", "c"), [(Fraction(9, 10), Fraction(1)), (Fraction(99, 100), Fraction(5)), (1 - Fraction(1, 10**12), Fraction(1))])
def test_noise_gain_in_closed_form(gamma: Fraction, c: Fraction) -> None:
    """T11: ``Σ (M^t)ᵀM^t = [[1/s + c²(1+γ²)/s³, cγ/s²], [·, 1/s]]``, ``s = 1 − γ²``."""
    s = 1 - gamma**2
    a, b, d = 1 / s + c**2 * (1 + gamma**2) / s**3, c * gamma / s**2, 1 / s
    found = conditioning.noise_gain(one_way(gamma, c))

    def excess(x: Fraction) -> Fraction:
        """Negative between the eigenvalues, positive beyond the largest."""
        return (a - x) * (d - x) - b * b

    assert excess(Fraction(found.lower)) <= 0 <= excess(Fraction(found.upper))
    assert found.upper <= found.lower * (1 + Fraction(1, 10**8))
    if gamma < Fraction(999, 1000):
        assert noise_gain([[float(gamma), 0], [float(c), float(gamma)]]) == pytest.approx(float(found.lower), rel=1e-8)


@given(SEEDS, st.integers(1, 5), st.booleans())
@settings(max_examples=20, deadline=None)
def test_noise_gain_against_partial_sums(seed: int, n: int, real: bool) -> None:
    J = stable(np.random.default_rng(seed), n, real)
    found = conditioning.noise_gain(RationalMatrix.from_floats(J))
    total, power = np.zeros((n, n)), np.eye(n)
    for _ in range(200):
        total, power = total + power.conj().T @ power, power @ J
    assert np.linalg.norm(total, 2) <= float(found.upper) * (1 + 1e-10)
    assert float(found.lower) * (1 - 1e-7) <= noise_gain(J) <= float(found.upper) * (1 + 1e-7)
    form = discrete_lyapunov(J)
    assert form is not None
    np.testing.assert_allclose(form - J.conj().T @ form @ J, np.eye(n), atol=1e-8 * np.linalg.norm(form))


def test_noise_gain_of_unstable_matrices() -> None:
    assert noise_gain([[1.0]]) == math.inf
    assert conditioning.noise_gain(RationalMatrix.from_rows([[2]])).lower == math.inf
    assert conditioning.noise_gain(RationalMatrix.from_rows([[1]])).upper == math.inf
