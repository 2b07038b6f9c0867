"""The closed forms against linear algebra in floats, on matrices of every kind: full, triangular, symmetric, defective, rotations."""

from __future__ import annotations

import functools
from collections.abc import Callable
from fractions import Fraction

import numpy as np
import pytest
from sympy import Expr, I, Matrix, Rational, Symbol, eye, symbols

from verify import (
    KreissConstant,
    LargestEigenvalue,
    Norm,
    NumericalRadius,
    PseudospectralRadius,
    ResolventNorm,
    SmallestEigenvalue,
    SmallestSingularValue,
    SpectralRadius,
    kreiss_constant,
)
from verify.language.quantities import PowerNorm
from verify.prove.evaluation import NoValue, value_at
from verify.prove.scalarise import scalarise

a, b, c, d = symbols("a b c d", real=True)
z = Symbol("z", complex=True)
FREE = Matrix([[a, b], [c, d]])
RNG = np.random.default_rng(20)
TOLERANCE = 1e-9  # of the float side: the other is exact or in 256-bit balls


@functools.cache
def form(quantity: Expr) -> Expr:
    """Twice the closed form, from a relation with 0 (doubled, since a resolvent norm alone on one side is rewritten)."""
    return scalarise(2 * quantity >= 0).lhs


def closed_form(quantity: Expr, values: dict[Symbol, Fraction]) -> float:
    return float(value_at(form(quantity), values)) / 2


def matrices() -> list[np.ndarray]:
    """With rational entries, so that both sides speak of the same matrix."""
    rough = [RNG.integers(-8, 9, (2, 2)) / 8 for _ in range(8)]
    special = [[[1, 0], [3, 1]], [[0.5, 2], [0, -0.25]], [[0.5, 1], [-1, 0.5]], [[2, 1], [1, -1]], [[0, 0], [0, 0]], [[0.25, 0], [0, -1]]]
    return [*rough, *(np.array(entry, dtype=float) for entry in special)]


def entries(matrix: np.ndarray) -> dict[Symbol, Fraction]:
    return dict(zip((a, b, c, d), map(Fraction, matrix.ravel().tolist()), strict=True))


def patterns(matrix: np.ndarray) -> list[tuple[Matrix, dict[Symbol, Fraction]]]:
    """The matrix with free entries, and with its zeros and coincidences written out, which the closed forms treat apart."""
    (p, q), (r, s) = matrix
    written = Matrix([[a, b if q else 0], [b if r == q else c if r else 0, a if s == p else d]])
    return [(FREE, entries(matrix)), (written, entries(matrix))]


ORDINARY: dict[str, tuple[Callable[[Matrix], Expr], Callable[[np.ndarray], float]]] = {
    "norm": (Norm, lambda x: np.linalg.norm(x, 2)),
    "smallest singular value": (SmallestSingularValue, lambda x: np.linalg.svd(x, compute_uv=False)[-1]),
    "spectral radius": (SpectralRadius, lambda x: max(abs(np.linalg.eigvals(x)))),
    "norm of the cube": (lambda x: PowerNorm(x, 3), lambda x: np.linalg.norm(x @ x @ x, 2)),
    "largest eigenvalue": (lambda x: LargestEigenvalue(x + x.T), lambda x: np.linalg.eigvalsh(x + x.T)[-1]),
    "smallest eigenvalue": (lambda x: SmallestEigenvalue(x + x.T), lambda x: np.linalg.eigvalsh(x + x.T)[0]),
    "norm of an inverse": (lambda x: Norm((3 * eye(2) - x).inv()), lambda x: np.linalg.norm(np.linalg.inv(3 * np.eye(2) - x), 2)),
}


@pytest.mark.parametrize("name", ORDINARY)
def test_closed_forms_agree_with_linear_algebra(name: str) -> None:
    quantity, expected = ORDINARY[name]
    for matrix in matrices():
        for written, values in patterns(matrix):
            assert closed_form(quantity(written), values) == pytest.approx(expected(matrix), abs=TOLERANCE), (name, matrix, written)


@pytest.mark.parametrize("point", [Rational(7, 4), Rational(-5, 4), Rational(3, 2) + I / 2, 2 * I])
def test_resolvent_norms(point: Expr) -> None:
    for matrix in matrices():
        shifted = complex(point) * np.eye(2) - matrix
        expected = 1 / np.linalg.svd(shifted, compute_uv=False)[-1]
        for written, values in patterns(matrix):
            assert closed_form(ResolventNorm(written, point), values) == pytest.approx(expected, rel=TOLERANCE)
            smallest = closed_form(SmallestSingularValue(point * eye(2) - written), values)
            assert smallest == pytest.approx(1 / expected, rel=TOLERANCE)


def test_a_free_complex_point() -> None:
    x, y = (Symbol(name, real=True) for name in ("re(z)", "im(z)"))
    values = {**entries(np.array([[0.5, 0.25], [1, -0.5]])), x: Fraction(1), y: Fraction(2)}
    shifted = (1 + 2j) * np.eye(2) - np.array([[0.5, 0.25], [1, -0.5]])
    assert closed_form(ResolventNorm(FREE, z), values) == pytest.approx(1 / np.linalg.svd(shifted, compute_uv=False)[-1], rel=TOLERANCE)


def contractions() -> list[np.ndarray]:
    """With real eigenvalues inside the unit disc, of either sign."""
    rough = (RNG.integers(-8, 9, (2, 2)) / 8 for _ in range(400))
    found = [x for x in rough if np.all(np.isreal(np.linalg.eigvals(x))) and max(abs(np.linalg.eigvals(x))) < 0.95]
    triangular = [[[0.875, 0], [2, 0.875]], [[-0.875, 0], [2, -0.875]], [[0.75, 3], [0, -0.5]], [[-0.75, 3], [0, 0.5]], [[0.5, 0], [1, 0]]]
    return [*found[:8], *(np.array(entry) for entry in triangular)]


def test_kreiss_constants() -> None:
    """Against the global float method of ``verify.numerics.kreiss``."""
    for matrix in contractions():
        expected = kreiss_constant(matrix).value
        for written, values in patterns(matrix):
            assert closed_form(KreissConstant(written), values) == pytest.approx(expected, rel=1e-7), matrix


def test_pseudospectral_and_numerical_radii() -> None:
    """Against the largest point of a fine grid of angles: a lower bound, to second order in the step."""
    angles = np.exp(1j * np.linspace(0, 2 * np.pi, 361))
    for matrix in contractions():
        rotated = [np.linalg.eigvalsh((w * matrix + (w * matrix).conj().T) / 2)[-1] for w in angles]
        for written, values in patterns(matrix):
            assert closed_form(NumericalRadius(written), values) == pytest.approx(max(rotated), rel=1e-4)
            radius = closed_form(PseudospectralRadius(written, Rational(1, 4)), values)
            outside = min(np.linalg.svd(1.001 * radius * w * np.eye(2) - matrix, compute_uv=False)[-1] for w in angles)
            inside = min(np.linalg.svd(0.999 * radius * w * np.eye(2) - matrix, compute_uv=False)[-1] for w in angles)
            assert inside < 0.25 < outside


def test_forms_have_no_value_outside_their_conditions() -> None:
    rotation = entries(np.array([[0, 0.5], [-0.5, 0]]))
    expanding = entries(np.array([[2.0, 0], [1, 0]]))
    for quantity, values in ((KreissConstant(FREE), rotation), (KreissConstant(FREE), expanding), (NumericalRadius(FREE), rotation)):
        with pytest.raises(NoValue):
            closed_form(quantity, values)
