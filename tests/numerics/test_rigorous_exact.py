"""Exact matrices and exact positivity."""

from __future__ import annotations

import pickle
from fractions import Fraction

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.numerics.rigorous_cases import matrix
from verify.numerics.exact import GaussianRational, RationalMatrix, shifted
from verify.numerics.positivity import Factor, certify_psd, dyadic_factor, is_psd, verify_factor

rationals = st.fractions(min_value=-4, max_value=4, max_denominator=12)
gaussians = st.builds(GaussianRational, rationals, rationals)


def square(order: int, entries: st.SearchStrategy) -> st.SearchStrategy[RationalMatrix]:
    return st.lists(st.lists(entries, min_size=order, max_size=order), min_size=order, max_size=order).map(RationalMatrix.from_rows)


@settings(max_examples=30, deadline=None)
@given(square(3, gaussians), square(3, gaussians))
def test_ring_operations_agree_with_numpy(x: RationalMatrix, y: RationalMatrix) -> None:
    a, b = x.to_numpy(), y.to_numpy()
    assert np.allclose((x * y).to_numpy(), a @ b)
    assert np.allclose((x + y - x * 2).to_numpy(), b - a)
    assert (x * y).adjoint() == y.adjoint() * x.adjoint()
    assert (x * y).determinant() == x.determinant() * y.determinant()
    assert x.power(3) == x * x * x


@settings(max_examples=30, deadline=None)
@given(square(3, gaussians))
def test_inverse_and_json_go_back(x: RationalMatrix) -> None:
    assert RationalMatrix.from_json(x.to_json()) == x
    assert pickle.loads(pickle.dumps(x)) == x
    if x.determinant() == 0:
        with pytest.raises(ZeroDivisionError):
            x.inverse()
    else:
        assert x * x.inverse() == RationalMatrix.identity(3) == x.power(-2) * x * x


@given(gaussians, gaussians)
def test_gaussian_rationals_are_a_field(z: GaussianRational, w: GaussianRational) -> None:
    assert (z * w).abs_squared == z.abs_squared * w.abs_squared
    if w:
        assert z / w * w == z
    assert z - w == -(w - z)


def test_real_matrices_have_one_representation() -> None:
    i = GaussianRational(Fraction(0), Fraction(1))
    assert (RationalMatrix.identity(2) * i * i) == -RationalMatrix.identity(2)
    assert (RationalMatrix.identity(2) * i * i).is_real
    assert hash(RationalMatrix.identity(2) * i * i) == hash(-RationalMatrix.identity(2))


def test_json_of_symmetric_matrices_is_the_upper_triangle() -> None:
    x = matrix([[1, Fraction(1, 2)], [Fraction(1, 2), 3]])
    assert x.to_json() == {"type": "symmetric", "upper": [["1", "1/2"], ["3"]]}
    assert matrix([[1, 2]]).to_json() == {"type": "matrix", "rows": [["1", "2"]]}
    assert matrix([[(0, 1)]]).to_json() == {"type": "matrix", "rows": [[["0", "1"]]]}


def test_floats_are_taken_exactly() -> None:
    x = RationalMatrix.from_floats(np.array([[0.1, 2.0]]))
    assert x.rows() == ((Fraction(0.1), Fraction(2)),)
    with pytest.raises(ValueError, match="finite"):
        RationalMatrix.from_floats(np.array([np.inf]))


def test_rounding_of_huge_quotients_is_correct() -> None:
    x = matrix([[Fraction(10**400 + 1, 3 * 10**400), Fraction(10) ** 400]])
    assert x.to_numpy().tolist() == [[1 / 3, np.inf]]
    with mpmath.workdps(30):
        assert abs(x.to_mpmath()[0, 0] - mpmath.mpf(1) / 3) < mpmath.mpf(10) ** -29


def test_shapes_that_do_not_fit_are_refused() -> None:
    with pytest.raises(ValueError, match="equal length"):
        RationalMatrix.from_rows([[1, 2], [3]])
    with pytest.raises(ValueError, match="square"):
        matrix([[1, 2]]).determinant()
    assert shifted(matrix([[1, 2], [3, 4]]), Fraction(5)) == matrix([[4, -2], [-3, 1]])


@pytest.mark.parametrize(
    ("rows", "semidefinite", "definite"),
    [
        ([[1, 1], [1, 1]], True, False),
        ([[1, 2], [2, 1]], False, False),
        ([[0, 0], [0, 0]], True, False),
        ([[0, 1], [1, 0]], False, False),
        ([[2, (0, 1)], [(0, -1), Fraction(1, 2)]], True, False),
        ([[2, (0, 1)], [(0, -1), Fraction(1, 3)]], False, False),
        ([[2, (0, 1)], [(0, -1), 1]], True, True),
        ([[0, 0], [0, -1]], False, False),
    ],
)
def test_positivity_of_small_matrices(rows: list, semidefinite: bool, definite: bool) -> None:
    assert (is_psd(matrix(rows)), is_psd(matrix(rows), strict=True)) == (semidefinite, definite)


@settings(max_examples=30, deadline=None)
@given(square(3, gaussians), st.integers(0, 2))
def test_gram_matrices_are_positive_and_shifted_ones_are_not(x: RationalMatrix, index: int) -> None:
    gram = x.adjoint() * x
    assert is_psd(gram)
    assert is_psd(gram, strict=True) == (x.determinant() != 0)
    below = gram.rows()[index][index] + Fraction(1, 10**9)
    spike = RationalMatrix.diagonal([below if i == index else 0 for i in range(3)])
    assert not is_psd(gram - spike)


@pytest.mark.parametrize(("order", "is_complex"), [(30, False), (16, True)])
def test_large_orders_are_proved_by_a_factor(order: int, is_complex: bool) -> None:
    generator = np.random.default_rng(0)
    array = generator.standard_normal((order, order)) + (1j * generator.standard_normal((order, order)) if is_complex else 0)
    x = RationalMatrix.from_floats(array)
    gram = x.adjoint() * x
    proof = certify_psd(gram, strict=True)
    assert proof.holds is True
    assert proof.factor is not None
    edge = RationalMatrix.identity(order) * Fraction(float(np.linalg.eigvalsh(gram.to_numpy())[0]))
    assert certify_psd(gram - edge * 2).holds is False
    assert dyadic_factor(gram - edge * 2) is None


def test_a_perturbed_factor_is_rejected() -> None:
    gram = matrix([[4, 2], [2, 2]])
    integers, denominator = gram.re.numer_denom()
    assert verify_factor(integers, int(denominator), Factor(0, ((2, 0), (1, 1))), strict=False)
    assert not verify_factor(integers, int(denominator), Factor(0, ((2, 0), (1, 1))), strict=True)
    assert not verify_factor(integers, int(denominator), Factor(0, ((2, 0), (1, 2))), strict=False)
    assert not verify_factor(integers, int(denominator), Factor(1, ((5, 0), (2, 2))), strict=False)


def test_positivity_is_asked_of_hermitian_matrices_only() -> None:
    with pytest.raises(ValueError, match="Hermitian"):
        is_psd(matrix([[1, 2], [0, 1]]))
