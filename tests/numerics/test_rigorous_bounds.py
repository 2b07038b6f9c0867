"""Rigorous bounds of norms, radii and eigenvalues: they contain the truth, are as narrow as asked, and reach equality."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction

import mpmath
import pytest

from tests.numerics.rigorous_cases import contains, jordan, matrix, mp_maximum, mp_resolvent_norm, mp_singular, one_way, random_matrix, relative_width
from verify.numerics import bounds
from verify.numerics.enclosure import Enclosure, Rigour
from verify.numerics.exact import GaussianRational, RationalMatrix, shifted
from verify.numerics.truth import Truth

HALF, TENTH = Fraction(1, 2), Fraction(1, 10)
Z = GaussianRational(Fraction(1), Fraction(1, 3))
RANDOM = [random_matrix(order, 10 * order + is_complex, 0.9, bool(is_complex)) for order in (2, 3, 5) for is_complex in (0, 1)]


def spectral_radius(x: mpmath.matrix) -> mpmath.mpf:
    return max(abs(value) for value in mpmath.eig(x, left=False, right=False))


def numerical_radius(x: mpmath.matrix) -> mpmath.mpf:
    def top(angle: mpmath.mpf) -> mpmath.mpf:
        turned = mpmath.expjpi(angle) * x
        return max(mpmath.eighe((turned + turned.transpose_conj()) / 2, eigvals_only=True))

    best = max(range(48), key=lambda k: top(mpmath.mpf(k) / 24))
    return mp_maximum(top, (best - 1) / 24, (best + 1) / 24)


CASES: list[tuple[str, Callable[[RationalMatrix], Enclosure], Callable[[mpmath.matrix], mpmath.mpf]]] = [
    ("norm", bounds.norm, lambda x: mp_singular(x)[0]),
    ("power norm", lambda x: bounds.power_norm(x, 4), lambda x: mp_singular(x**4)[0]),
    ("smallest singular value", bounds.smallest_singular_value, lambda x: mp_singular(x)[-1]),
    ("resolvent norm", lambda x: bounds.resolvent_norm(x, Z), lambda x: mp_resolvent_norm(x, mpmath.mpc(1, mpmath.mpf(1) / 3))),
    ("spectral radius", bounds.spectral_radius, spectral_radius),
]


@pytest.mark.parametrize("x", RANDOM, ids=lambda x: f"{'real' if x.is_real else 'complex'}{x.shape[0]}")
@pytest.mark.parametrize(("quantity", "truth"), [case[1:] for case in CASES], ids=[case[0] for case in CASES])
def test_random_matrices(quantity: Callable[[RationalMatrix], Enclosure], truth: Callable[[mpmath.matrix], mpmath.mpf], x: RationalMatrix) -> None:
    found = quantity(x)
    with mpmath.workdps(40):
        assert contains(found, truth(x.to_mpmath()))
    assert relative_width(found) <= 1e-9
    assert found.rigour is Rigour.EXACT


@pytest.mark.parametrize("x", RANDOM[:4], ids=lambda x: f"{'real' if x.is_real else 'complex'}{x.shape[0]}")
def test_numerical_radius_of_random_matrices(x: RationalMatrix) -> None:
    found = bounds.numerical_radius(x)
    with mpmath.workdps(30):
        assert contains(found, numerical_radius(x.to_mpmath()))
    assert relative_width(found) <= 1e-9


@pytest.mark.parametrize("x", RANDOM, ids=lambda x: f"{'real' if x.is_real else 'complex'}{x.shape[0]}")
def test_extreme_eigenvalues_of_random_matrices(x: RationalMatrix) -> None:
    hermitian = x + x.adjoint()
    with mpmath.workdps(40):
        values = sorted(mpmath.eighe(hermitian.to_mpmath(), eigvals_only=True))
        largest, smallest = bounds.largest_eigenvalue(hermitian), bounds.smallest_eigenvalue(hermitian)
        assert contains(largest, values[-1])
        assert contains(smallest, values[0])
        size = float(max(abs(values[0]), abs(values[-1])))
    assert max(largest.width, smallest.width) <= 1e-9 * size


def test_high_accuracy() -> None:
    for x in RANDOM[:4]:
        found = bounds.norm(x, rtol=Fraction(1, 10**30))
        assert found.upper / found.lower - 1 <= Fraction(1, 10**24)
        with mpmath.workdps(60):
            root = mpmath.sqrt(max(mpmath.eighe((x.adjoint() * x).to_mpmath(), eigvals_only=True)))
            assert mpmath.mpf(found.lower.numerator) / found.lower.denominator <= root * (1 + mpmath.mpf(10) ** -50)


# -- equality ---------------------------------------------------------------------------------------------------------


def test_norm_reaches_equality() -> None:
    gamma = Fraction(9, 10)
    scalar = RationalMatrix.identity(3) * gamma
    assert bounds.norm(scalar, side="upper", target=gamma).upper == gamma
    assert bounds.norm(scalar, side="lower", target=gamma).lower == gamma
    rotated = matrix([[Fraction(3, 5), Fraction(4, 5)], [Fraction(-4, 5), Fraction(3, 5)]])
    symmetric = rotated * RationalMatrix.diagonal([gamma, Fraction(1, 7)]) * rotated.transpose()
    found = bounds.norm(symmetric, target=gamma)
    assert found.lower == found.upper == gamma
    below = bounds.norm(symmetric, side="upper", target=gamma - Fraction(1, 10**15))
    assert below.upper >= gamma


def test_every_quantity_reaches_equality() -> None:
    rotation = matrix([[Fraction(3, 5), Fraction(4, 5)], [Fraction(-4, 5), Fraction(3, 5)]])
    assert bounds.spectral_radius(rotation).is_exact
    assert bounds.smallest_singular_value(rotation, target=Fraction(1)).lower == 1
    assert bounds.numerical_radius(matrix([[0, 1], [0, 0]]), target=HALF).upper == HALF
    assert bounds.numerical_radius(one_way(Fraction(9, 10), Fraction(1, 5)), target=Fraction(1)).upper == 1
    assert bounds.resolvent_norm(one_way(HALF, Fraction(0)), Fraction(2), target=Fraction(2, 3)).upper == Fraction(2, 3)
    assert bounds.largest_eigenvalue(matrix([[1, 1], [1, 1]]), target=Fraction(2)).upper == 2
    assert bounds.smallest_eigenvalue(matrix([[1, 1], [1, 1]]), target=Fraction(0)).lower == 0
    assert bounds.pseudospectral_radius(RationalMatrix.identity(2) * HALF, TENTH, target=Fraction(3, 5)).upper == Fraction(3, 5)


def test_spectral_radius_of_a_reducible_matrix_reaches_the_target() -> None:
    block, zero, identity = (
        matrix([[Fraction(3, 10), Fraction(4, 10)], [Fraction(4, 10), Fraction(-3, 10)]]),
        RationalMatrix.zeros(2, 2),
        RationalMatrix.identity(2),
    )
    for lower in (block, block * HALF):
        found = bounds.spectral_radius(RationalMatrix.blocks([[block, zero], [identity, lower]]), target=HALF)
        assert found.lower == found.upper == HALF


def test_closed_forms_of_the_spectral_radius() -> None:
    assert bounds.spectral_radius(matrix([[HALF, TENTH], [Fraction(5, 2), HALF]])).is_exact
    assert bounds.spectral_radius(matrix([[HALF, TENTH], [Fraction(5, 2), HALF]])).lower == 1
    assert bounds.spectral_radius(matrix([[1, 5, 7], [0, -2, 1], [0, 0, 1]])).upper == 2
    irrational = bounds.spectral_radius(matrix([[1, 1], [1, 0]]))
    assert irrational.lower < irrational.upper
    assert irrational.lower**2 < irrational.lower + 1
    assert irrational.upper**2 > irrational.upper + 1


@pytest.mark.parametrize("order", [3, 5])
def test_defective_eigenvalues(order: int) -> None:
    """Floats place the eigenvalues of a Jordan block off by ``eps^(1/n)``; the bounds do not follow them."""
    change = matrix([[7 if i == j else (3 * i - 2 * j) % 5 - 2 for j in range(order)] for i in range(order)])
    x = change * jordan(order, HALF) * change.inverse()
    found = bounds.spectral_radius(x)
    assert contains(found, HALF)
    assert relative_width(found) <= 1e-9


# -- singular and degenerate cases ------------------------------------------------------------------------------------


def test_singular_matrices() -> None:
    singular = matrix([[1, 2], [2, 4]])
    assert bounds.smallest_singular_value(singular).is_exact
    assert bounds.smallest_singular_value(singular).upper == 0
    assert bounds.resolvent_norm(one_way(HALF, Fraction(1)), HALF).lower == math.inf
    assert bounds.norm(RationalMatrix.zeros(2, 3)).upper == 0
    nearly = bounds.smallest_singular_value(matrix([[1, 10**12], [0, 1]]))
    assert relative_width(nearly) <= 1e-9
    assert contains(nearly, 2 / mpmath.mpf(10**12 + mpmath.sqrt(mpmath.mpf(10) ** 24 + 4)))


def test_one_by_one() -> None:
    x = matrix([[Fraction(-3, 4)]])
    for quantity in (bounds.norm, bounds.smallest_singular_value, bounds.spectral_radius, bounds.numerical_radius):
        assert quantity(x) == Enclosure(Fraction(3, 4), Fraction(3, 4)) or (quantity(x).lower, quantity(x).upper) == (Fraction(3, 4), Fraction(3, 4))
    assert bounds.kreiss_constant(x).upper == 1
    assert bounds.transient_peak(x).upper == 1
    assert bounds.kreiss_constant(matrix([[2]])).lower == math.inf


def test_huge_and_tiny_entries_do_not_raise() -> None:
    for scale in (Fraction(10) ** 400, Fraction(1, 10**400)):
        x = (
            matrix(
                [
                    [HALF, 1],
                    [0, HALF],
                ]
            )
            * scale
        )
        assert relative_width(bounds.norm(x)) <= 1e-9
        for quantity in (bounds.kreiss_constant, bounds.continuous_kreiss_constant, bounds.transient_peak, bounds.spectral_radius, bounds.numerical_radius):
            assert quantity(x).lower <= quantity(x).upper


def test_square_matrices_are_asked_for() -> None:
    for quantity in (bounds.spectral_radius, bounds.kreiss_constant, bounds.numerical_radius, bounds.transient_peak):
        with pytest.raises(ValueError, match="square"):
            quantity(matrix([[1, 2]]))
    with pytest.raises(ValueError, match="Hermitian"):
        bounds.largest_eigenvalue(matrix([[1, 2], [0, 1]]))


# -- spectrum, pseudospectrum -----------------------------------------------------------------------------------------


def test_distance_to_the_spectrum() -> None:
    normal = bounds.spectrum_distance(RationalMatrix.identity(2) * HALF, Fraction(2))
    assert normal.is_exact
    assert normal.lower_witness is not None
    assert bounds.spectrum_distance(jordan(3, HALF), Fraction(2)).upper == Fraction(3, 2)
    general = bounds.spectrum_distance(RANDOM[2], Z)
    assert general.rigour is Rigour.BALL
    with mpmath.workdps(40):
        values = mpmath.eig(RANDOM[2].to_mpmath(), left=False, right=False)
        assert contains(general, min(abs(mpmath.mpc(1, mpmath.mpf(1) / 3) - value) for value in values))
    companion = shifted(matrix([[0, 1], [-1, 2]]), Fraction(0))  # defective, not triangular: eigenvalue -1 twice
    assert contains(bounds.spectrum_distance(companion, Fraction(1)), Fraction(2))


def test_determinant_and_trace() -> None:
    assert bounds.determinant(jordan(3, HALF)).lower == Fraction(1, 8)
    assert bounds.trace(jordan(3, HALF)).lower == Fraction(3, 2)
    with pytest.raises(ValueError, match="not real"):
        bounds.trace(matrix([[(0, 1)]]))


@pytest.mark.parametrize(
    ("gamma", "c", "epsilon"), [(Fraction(9, 10), HALF, TENTH), (HALF, Fraction(3), Fraction(1, 1000)), (Fraction(0), Fraction(2), Fraction(1))]
)
def test_pseudospectral_radius_in_closed_form(gamma: Fraction, c: Fraction, epsilon: Fraction) -> None:
    """``ρ_ε = γ + √(ε² + cε)`` (P20)."""
    found = bounds.pseudospectral_radius(one_way(gamma, c), epsilon)
    with mpmath.workdps(40):
        square = epsilon * epsilon + c * epsilon
        assert contains(found, mpmath.mpf(gamma.numerator) / gamma.denominator + mpmath.sqrt(mpmath.mpf(square.numerator) / square.denominator))
    assert relative_width(found) <= 1e-9


def test_comparisons_decide() -> None:
    """The point of all this: ``‖A‖ <= γ`` holds at ``A = γI``, and fails a hair below."""
    gamma = Fraction(9, 10)
    found = bounds.norm(RationalMatrix.identity(2) * gamma, target=gamma)
    assert (found <= Enclosure.exact(gamma)) is Truth.HOLDS
    assert (found <= Enclosure.exact(gamma - Fraction(1, 10**12))) is Truth.VIOLATED
