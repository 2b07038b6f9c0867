"""The float evaluator: derivatives against differences, margins against the exact evaluator."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import autograd
import autograd.numpy as anp
import numpy as np
import pytest
from sympy import Abs, And, Eq, Equivalent, Implies, MatrixSymbol, Max, Not, Or, Piecewise, Symbol, oo, sqrt, symbols

from verify.evaluate import primitives
from verify.evaluate.floats import margins, matrix_power, scalar_values
from verify.language.logic import Supremum
from verify.language.quantities import Norm

MATRIX_FUNCTIONS: dict[str, Callable[..., Any]] = {
    name: getattr(primitives, name)
    for name in ("norm", "smallest_singular_value", "kreiss", "spectral_radius", "spectral_abscissa", "numerical_radius", "transient_peak", "determinant")
} | {
    "exponential_norm": lambda x: primitives.exponential_norm(x, np.array([0.5, 1.0, 2.0, -1.5])),
}


def difference(function: Callable[[Any], Any], x: np.ndarray, step: float) -> np.ndarray:
    """Central differences of the sum of a function's values."""
    grad = np.zeros_like(x)
    for index in np.ndindex(*x.shape):
        moved = np.zeros_like(x)
        moved[index] = step
        grad[index] = (np.sum(function(x + moved)) - np.sum(function(x - moved))) / (2 * step)
    return grad


def stack(seed: int, scale: float = 0.6) -> np.ndarray:
    """Non-normal matrices of spectral radius below 1, with simple singular values and a Kreiss constant above 1."""
    rng = np.random.default_rng(seed)
    raw = rng.standard_normal((4, 3, 3))
    raw[:, 2, 0] += 4.0
    return raw * (scale / np.abs(np.linalg.eigvals(raw)).max(axis=1)[:, None, None])


@pytest.mark.parametrize("name", MATRIX_FUNCTIONS)
def test_gradients_of_quantities(name: str) -> None:
    function, x = MATRIX_FUNCTIONS[name], stack(5)
    exact = autograd.grad(lambda y: anp.sum(function(y)))(x)
    # Central differences err by h² f'''/6 plus noise/h; the values carry about 1e-12 of relative noise.
    assert np.abs(exact - difference(function, x, 1e-5)).max() <= 1e-5 * max(1.0, np.abs(exact).max())


def test_gradient_of_resolvent_in_matrix_and_place() -> None:
    x, z = stack(6), np.array([1.2 + 0.3j, -1.1 + 0.1j, 1.5j, 2.0 + 0j])
    exact = autograd.grad(lambda y: anp.sum(primitives.resolvent_norm(y, z)))(x)
    assert np.abs(exact - difference(lambda y: primitives.resolvent_norm(y, z), x, 1e-6)).max() <= 1e-6 * np.abs(exact).max()

    def along(parts: Any) -> Any:
        return primitives.resolvent_norm(x, parts[:, 0] + 1j * parts[:, 1])

    parts = np.stack([z.real, z.imag], axis=1)
    slope = autograd.grad(lambda w: anp.sum(along(w)))(parts)
    assert np.abs(slope - difference(along, parts, 1e-6)).max() <= 1e-6 * np.abs(slope).max()


def test_gradient_of_inverse_and_powers() -> None:
    x = stack(7)
    for function in (lambda y: primitives.norm(primitives.inverse(y)), lambda y: primitives.norm(matrix_power(y, 5))):
        exact = autograd.grad(lambda y, f=function: anp.sum(f(y)))(x)
        assert np.abs(exact - difference(function, x, 1e-6)).max() <= 1e-5 * np.abs(exact).max()


def test_singular_and_infinite_members_do_not_spoil_a_batch() -> None:
    x = np.array([np.eye(2), np.zeros((2, 2)), np.full((2, 2), np.inf)])
    values = primitives.norm(primitives.inverse(x))
    assert values[0] == 1.0
    assert np.isnan(values[1]) and np.isnan(values[2])


a, b, r = symbols("a b r", real=True)
X = MatrixSymbol("X", 2, 2)


@pytest.mark.parametrize(
    ("statement", "violated"),
    [
        (a <= b, False), (b <= a, True), (a >= b, True), (Eq(a, b), True), (Eq(a, a + b - 2), False),
        (And(a <= b, b <= a), True), (Or(a <= b, b <= a), False), (Not(a <= b), True), (Implies(b <= a, a >= 100), False), (Implies(a <= b, a >= 100), True),
        (Equivalent(a <= b, a <= 100), False), (Equivalent(a <= b, a >= 100), True), (Norm(X) <= 2, False), (Norm(X) <= 1, True),
        (Max(a, b) <= 1, True), (Piecewise((a, a <= 0), (b, True)) >= 2, False), (Abs(a - b) <= sqrt(b), False),
    ],
)
def test_sign_of_margins(statement: Any, violated: bool) -> None:
    env = {"a": np.array([1.0, 1.0]), "b": np.array([2.0, 2.0]), "X": np.array([np.diag([1.5, 0.5])] * 2)}
    found = np.broadcast_to(margins(statement, env), (2,))
    assert ((found > 1e-9) == violated).all()


def test_supremum_over_an_unbounded_interval() -> None:
    """``sup_{r>1} (r−1)/(r−a)² = 1/(4(1−a))``, at ``r = 2 − a``."""
    expr = Supremum((r - 1) / (r - a) ** 2, (r, 1, oo))
    gamma = np.array([0.0, 0.5, 0.9, 0.999])
    # A maximum found by comparing values is located to sqrt(eps), so its value is good to rounding.
    assert np.abs(scalar_values(expr, {"a": gamma}) * 4 * (1 - gamma) - 1).max() <= 1e-12


def test_infinite_sides_compare() -> None:
    x = Symbol("x", real=True)
    env = {"x": np.array([np.inf, 1.0]), "a": np.array([1.0, np.inf])}
    assert list(margins(x <= a, env)) == [1.0, -1.0]


def test_the_boundary_of_a_strict_premise_is_outside_and_that_of_a_closed_one_inside() -> None:
    """At a boundary the conclusion may fail by any amount, so members there would hide every true violation behind them."""
    x = Symbol("x", real=True)
    env = {"x": np.array([-1.0, -1e-12, 0.0, 2.0])}
    hidden = 10 - x
    closed, strict = (np.asarray(margins(Implies(premise, hidden <= 0), env)) for premise in (x <= 0, x < 0))
    np.testing.assert_array_equal(closed > 0, [True, True, True, False])
    np.testing.assert_array_equal(strict > 0, [True, True, False, False])
    both = np.asarray(margins(Implies(And(x < 0, x <= 1), hidden <= 0), env))
    np.testing.assert_array_equal(both > 0, strict > 0)
    assert closed[3] < 0 and strict[3] < 0
