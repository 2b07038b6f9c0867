"""Rigorous Kreiss constants and transient peaks."""

from __future__ import annotations

import math
from fractions import Fraction

import mpmath
import numpy as np
import pytest

from tests.numerics.rigorous_cases import contains, jordan, matrix, mp_maximum, mp_resolvent_norm, one_way, random_matrix, relative_width, sharp, two_by_two
from verify.numerics import bounds
from verify.numerics.bounds.boundary import Disc, HalfPlane
from verify.numerics.bounds.chords import Node, chord_above
from verify.numerics.exact import GaussianRational, RationalMatrix

HALF = Fraction(1, 2)


@pytest.mark.parametrize(
    ("gamma", "c"),
    [
        (Fraction(9, 10), Fraction(1, 10)),
        (Fraction(9, 10), Fraction(1, 5)),  # κ = 2: K = 1 exactly, by a singular matrix inequality
        (Fraction(9, 10), Fraction(1, 2)),
        (Fraction(0), Fraction(4)),
        (Fraction(99, 100), Fraction(10)),
        (1 - Fraction(1, 10**6), Fraction(1)),
        (1 - Fraction(1, 10**12), Fraction(1)),  # κ = 1e12
    ],
)
def test_one_way_coupling(gamma: Fraction, c: Fraction) -> None:
    found, truth = bounds.kreiss_constant(one_way(gamma, c)), sharp(c / (1 - gamma))
    assert found.lower <= truth <= found.upper
    assert relative_width(found) <= 1e-6
    assert (found.lower == found.upper == 1) == (truth == 1)


def test_accuracy_follows_rtol() -> None:
    for rtol in (Fraction(1, 10**2), Fraction(1, 10**4), Fraction(1, 10**8)):
        assert relative_width(bounds.kreiss_constant(one_way(Fraction(9, 10), HALF), rtol=rtol)) <= rtol


@pytest.mark.parametrize(("c", "kappa"), [(Fraction(2, 5), 4), (HALF, 5), (Fraction(1), 10)])
def test_the_supremum_is_attained_at_a_rational_point(c: Fraction, kappa: int) -> None:
    found = bounds.kreiss_constant(one_way(Fraction(9, 10), c), side="lower", target=sharp(Fraction(kappa)))
    assert found.lower == sharp(Fraction(kappa))
    assert found.upper == math.inf


@pytest.mark.parametrize("seed", range(6))
def test_real_eigenvalues_of_two_by_two_matrices(seed: int) -> None:
    generator = np.random.default_rng(seed)
    low, high = np.sort(generator.uniform(0.2, 0.95, 2))
    corner = generator.uniform(1, 5)
    x = RationalMatrix.from_floats(np.array([[low, 0.0], [corner, high]]))
    found, truth = bounds.kreiss_constant(x), two_by_two(x.to_numpy())
    assert float(found.lower) <= truth * (1 + 1e-13)
    assert truth * (1 - 1e-13) <= float(found.upper)
    assert relative_width(found) <= 1e-6


@pytest.mark.parametrize("order", [3, 4])
def test_jordan_blocks(order: int) -> None:
    """Entrywise non-negative: the supremum is over real ``z > 1``."""
    found = bounds.kreiss_constant(jordan(order, HALF))
    with mpmath.workdps(30):
        x = jordan(order, HALF).to_mpmath()
        truth = mp_maximum(lambda s: mpmath.exp(s) * mp_resolvent_norm(x, 1 + mpmath.exp(s)), -4, 2)
        assert contains(found, truth)
    assert relative_width(found) <= 1e-6


@pytest.mark.parametrize("gamma", [Fraction(29, 100), Fraction(3, 10)])
def test_numerical_radius_decides_whether_the_constant_is_one(gamma: Fraction) -> None:
    """L16: ``K(γI + N_3) = 1`` iff ``γ + cos(π/4) <= 1``, that is ``γ <= 0.2929``."""
    found = bounds.kreiss_constant(jordan(3, gamma), rtol=Fraction(1, 10**4))
    assert (found.upper == 1) == (gamma < Fraction(29289, 100000))


@pytest.mark.parametrize(("order", "is_complex"), [(3, False), (5, True)])
def test_random_matrices_contain_a_fine_search(order: int, is_complex: bool) -> None:
    x = random_matrix(order, 7, 0.97, is_complex) + RationalMatrix.from_rows([[3 * int(j > i) for j in range(order)] for i in range(order)]) * Fraction(1, 8)
    x = x * Fraction(4, 5)
    found = bounds.kreiss_constant(x, rtol=Fraction(1, 10**5))
    array, best = x.to_numpy(), 0.0
    angles = np.exp(1j * np.linspace(-np.pi, np.pi, 721))
    for s in np.geomspace(1e-2, 30, 160):
        smallest = np.linalg.svd((1 + s) * angles[:, None, None] * np.eye(order) - array, compute_uv=False)[:, -1].min()
        best = max(best, s / smallest)
    assert best <= float(found.upper)
    assert float(found.lower) >= best * (1 - 1e-3)
    assert relative_width(found) <= 1e-5


def test_unstable_matrices_have_an_infinite_constant() -> None:
    for rows in ([[Fraction(11, 10), 1], [0, HALF]], [[1 + Fraction(1, 10**12), 5, 1], [0, HALF, 1], [0, 0, HALF]], [[0, 2, 0], [0, 0, 1], [1, 0, 0]]):
        found = bounds.kreiss_constant(matrix(rows))
        assert found.lower == found.upper == math.inf
        assert found.lower_witness is not None


def test_spectral_radius_one() -> None:
    semisimple = bounds.kreiss_constant(matrix([[HALF, Fraction(1, 10)], [Fraction(5, 2), HALF]]))
    assert semisimple.lower <= Fraction(13, 5) <= semisimple.upper < math.inf  # numerics.md: K = 13/5
    defective = bounds.kreiss_constant(matrix([[1, 1], [0, 1]]))
    assert defective.lower > 1000
    assert defective.upper == math.inf
    for rows in ([[1, 0], [0, 1]], [[0, 1], [1, 0]], [[(0, 1)]], [[Fraction(3, 5), Fraction(4, 5)], [Fraction(-4, 5), Fraction(3, 5)]]):
        assert bounds.kreiss_constant(matrix(rows)).upper == 1


def test_normal_matrices_have_constant_one() -> None:
    i = GaussianRational(Fraction(0), Fraction(1))
    for x in (RationalMatrix.diagonal([HALF, -HALF, i * HALF]), RationalMatrix.zeros(2, 2), matrix([[0, 1, 0], [0, 0, 1], [1, 0, 0]])):
        found = bounds.kreiss_constant(x)
        assert found.lower == found.upper == 1


def test_a_target_is_proved_with_less_work() -> None:
    x, target = one_way(Fraction(9, 10), HALF), Fraction(3, 2)  # K = 29/20
    found = bounds.kreiss_constant(x, side="upper", target=target)
    assert found.upper == target
    assert found.upper_witness is not None
    assert len(found.upper_witness["circles"]) <= 10
    assert bounds.kreiss_constant(x, side="upper", target=Fraction(14, 10)).upper >= Fraction(29, 20)


@pytest.mark.parametrize(("mu", "c"), [(Fraction(1), Fraction(1)), (Fraction(1), Fraction(2)), (Fraction(1), Fraction(10)), (Fraction(1, 1000), Fraction(1))])
def test_continuous_time(mu: Fraction, c: Fraction) -> None:
    found, truth = bounds.continuous_kreiss_constant(matrix([[-mu, 0], [c, -mu]])), sharp(c / mu)
    assert found.lower <= truth <= found.upper
    assert relative_width(found) <= 1e-6


def test_continuous_time_at_the_boundary_and_beyond() -> None:
    assert bounds.continuous_kreiss_constant(matrix([[0, 1], [-1, 0]])).upper == 1
    turning = bounds.continuous_kreiss_constant(matrix([[0, 1], [-4, 0]]))
    assert Fraction(5, 4) - Fraction(1, 1000) <= turning.lower <= turning.upper <= 2  # similar to a rotation by diag(1, 2)
    for rows in ([[1, 5], [0, -1]], [[Fraction(1, 3), 5], [-1, Fraction(1, 7)]], [[0, 0, 0], [0, 0, 1], [0, 1, 1]]):
        assert bounds.continuous_kreiss_constant(matrix(rows)).lower == math.inf


def test_transient_peaks() -> None:
    gamma, c = Fraction(9, 10), HALF
    found = bounds.transient_peak(one_way(gamma, c))
    peak = max(0.5 * 0.9 ** (t - 1) * (t * 0.5 + math.sqrt(t * t * 0.25 + 4 * 0.81)) for t in range(1, 60))  # L17 at M
    assert float(found.lower) <= peak * (1 + 1e-12)
    assert peak * (1 - 1e-12) <= float(found.upper)
    assert relative_width(found) <= 1e-9
    assert bounds.transient_peak(one_way(Fraction(0), Fraction(4))).upper == 4
    assert bounds.transient_peak(matrix([[0, 2], [HALF, 0]])).upper == 2
    assert bounds.transient_peak(matrix([[1, 1], [0, 1]])).upper == math.inf
    assert bounds.transient_peak(matrix([[Fraction(11, 10), 1], [0, HALF]])).lower == math.inf


def test_kreiss_constant_is_at_most_the_peak() -> None:
    for seed in range(4):
        x = random_matrix(3, seed, 0.8) * Fraction(9, 10)
        assert bounds.kreiss_constant(x, rtol=Fraction(1, 10**3)).lower <= bounds.transient_peak(x).upper


@pytest.mark.parametrize("region", [Disc(), HalfPlane()])
def test_chord_bound_of_a_known_function(region: Disc | HalfPlane) -> None:
    """``M = 1/(|z| − 1/2)``, or ``1/(Re z + 1/2)``, from two exact values."""
    shift = HALF
    left, right = Fraction(1, 5), Fraction(1, 4)
    found = chord_above(region, Node(left, 1 / (left + shift)), Node(right, 1 / (right + shift)))
    truth = right / (right + shift)  # increasing in s
    assert truth <= found <= truth * (1 + Fraction(1, 1000))


DEFECTIVE = {
    "at 1": [[1, 1], [0, 1]],
    "at -1": [[-1, 0], [Fraction(1, 100), -1]],
    "at a rational point": [[0, -1, 0, 0], [1, Fraction(6, 5), 0, 0], [1, 0, 0, -1], [0, 0, 1, Fraction(6, 5)]],
    "at irrational points": [[0, -1, 0, 0], [1, Fraction(4, 3), 0, 0], [1, 0, 0, -1], [0, 0, 1, Fraction(4, 3)]],
    "complex": [[(Fraction(3, 5), Fraction(4, 5)), 1], [0, (Fraction(3, 5), Fraction(4, 5))]],
    "of order 3": [[1, 1, 0, 0], [0, 1, 1, 0], [0, 0, 1, 0], [5, 0, 0, Fraction(1, 2)]],
}
SEMISIMPLE = {
    "identity": [[1, 0], [0, 1]],
    "beside a stable part": [[1, 0, 0], [2, Fraction(1, 2), 0], [0, 3, Fraction(1, 3)]],
    "at irrational points": [[0, -1, 0], [1, Fraction(4, 3), 0], [1, 0, Fraction(1, 2)]],
    "a block inside": [[1, 0, 0], [0, Fraction(1, 2), 1], [0, 0, Fraction(1, 2)]],
    "a block near the circle": [[1 - Fraction(1, 10**9), 1], [0, 1 - Fraction(1, 10**9)]],
}


@pytest.mark.parametrize("name", DEFECTIVE)
def test_a_defective_eigenvalue_on_the_circle_makes_the_constant_infinite(name: str) -> None:
    found = bounds.kreiss_constant(RationalMatrix.from_rows(DEFECTIVE[name]))
    assert found.lower == math.inf
    assert (found.lower_witness or {})["by"] == "defective"


@pytest.mark.parametrize("name", SEMISIMPLE)
def test_a_semisimple_one_does_not(name: str) -> None:
    found = bounds.kreiss_constant(RationalMatrix.from_rows(SEMISIMPLE[name]))
    assert found.lower < math.inf
    assert found.upper < math.inf
