"""Every class of matrices and parameters is tested for membership, reach and minimal example."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import HealthCheck, Phase, find, given, settings
from hypothesis import strategies as st
from hypothesis.errors import NoSuchExample
from sympy import MatrixSymbol, Symbol, symbols

from verify.domain import (
    Domain,
    between,
    complex_outside,
    coupling,
    general,
    integer,
    nonnegative,
    normal,
    positive,
    real,
    sequence,
    symmetric,
    unit_vector,
)
from verify.evaluate.enclosing import EnclosingEvaluator
from verify.language.matrices import MatrixSequence
from verify.numerics.exact import RationalMatrix
from verify.numerics.truth import Truth

p, q, n, T = symbols("p q n T", integer=True)
g, x, mu = symbols("gamma x mu", real=True)
z = Symbol("z", complex=True)
A, C, M, v = MatrixSymbol("A", p, p), MatrixSymbol("C", q, p), MatrixSymbol("M", n, n), MatrixSymbol("v", p, 1)
S = MatrixSequence("S", p, p, T)
HALF = between(0, 1, open_high=True)

DOMAINS: dict[str, dict[Any, Any]] = {
    "interval": {g: HALF},
    "positive": {x: positive()},
    "nonnegative": {x: nonnegative()},
    "real": {x: real()},
    "integer": {T: integer(1, 5), x: real()},
    "complex outside": {g: HALF, z: complex_outside(g)},
    "symmetric": {g: HALF, A: symmetric(rho=g)},
    "symmetric attained": {g: HALF, A: symmetric(rho=g, attained=True)},
    "symmetric with eigenvector": {g: HALF, v: unit_vector(), A: symmetric(rho=g, eigenvector=v)},
    "symmetric above": {mu: positive(), A: symmetric(above=mu)},
    "symmetric free": {A: symmetric()},
    "coupling": {C: coupling()},
    "coupling bounded": {x: nonnegative(), C: coupling(norm=x)},
    "general": {M: general()},
    "normal": {M: normal()},
    "sequence": {T: integer(1, 3), g: HALF, S: sequence(symmetric(rho=g), T)},
}
CASES = pytest.mark.parametrize("domain", [Domain(classes) for classes in DOMAINS.values()], ids=list(DOMAINS))


def membership(domain: Domain, instance: Any) -> Truth:
    evaluator = EnclosingEvaluator(instance, Fraction(1, 10**6))
    relations = [relation for variable in domain.variables for relation in variable.cls.relations(variable.symbol)]
    return Truth.all(evaluator.truth(relation, evaluator.env, Truth.HOLDS) for relation in relations)


@CASES
def test_drawn_members_belong_exactly(domain: Domain) -> None:
    @settings(max_examples=25, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(domain.strategy(2))
    def every_example_belongs(instance: Any) -> None:
        assert membership(domain, instance) is Truth.HOLDS

    every_example_belongs()


@CASES
def test_rounded_samples_belong_exactly(domain: Domain) -> None:
    rng = np.random.default_rng(1)
    for digits in (1, 3, 8, 14):
        sizes = domain.draw_sizes(rng, 3)
        assert membership(domain, domain.round(domain.sample(rng, sizes, 1), digits)) is Truth.HOLDS


@CASES
def test_extreme_members_belong_exactly(domain: Domain) -> None:
    rng = np.random.default_rng(2)
    for sizes in list(domain.smallest_sizes(2))[:6]:
        for instance in domain.extremes(sizes, 12, rng):
            assert membership(domain, instance) is Truth.HOLDS


@CASES
def test_parametrisation_inverts_and_stays_inside(domain: Domain) -> None:
    """``build`` after ``parameters`` gives back a sampled member: the parametrisation reaches what the sampler reaches."""
    rng = np.random.default_rng(3)
    for _ in range(8):
        sizes = domain.draw_sizes(rng, 3)
        batch = domain.sample(rng, sizes, 1)
        rebuilt = domain.build(domain.parameters(batch)[None, :], sizes)
        for name, value in batch.values.items():
            for term, other in zip(_terms(value), _terms(rebuilt[name]), strict=True):
                scale = max(1.0, float(np.abs(term).max()))
                assert np.abs(term - other).max() <= 1e-7 * scale  # arcsin near ±1 loses half of the digits


@CASES
def test_rounding_is_near(domain: Domain) -> None:
    rng = np.random.default_rng(4)
    sizes = domain.draw_sizes(rng, 2)
    batch = domain.sample(rng, sizes, 1)
    near = domain.round(batch, 12).batch()
    for name, value in batch.values.items():
        for term, other in zip(_terms(value), _terms(near.values[name]), strict=True):
            assert np.abs(term - other).max() <= 1e-6 * max(1.0, float(np.abs(term).max()))


def _terms(value: Any) -> tuple[Any, ...]:
    return value if isinstance(value, tuple) else (value,)


MINIMAL = settings(max_examples=300, database=None, derandomize=True, phases=(Phase.generate, Phase.shrink), suppress_health_check=list(HealthCheck))


def smallest(domain: dict[Any, Any], condition: Any) -> Any:
    try:
        return find(Domain(domain).strategy(2), condition, settings=MINIMAL).values
    except NoSuchExample:  # pragma: no cover - a failure of reach
        pytest.fail("no example was found: the strategy does not reach this case")


def test_minimal_examples_are_zero() -> None:
    assert smallest({g: HALF, A: symmetric(rho=g)}, lambda _: True)["A"] == RationalMatrix.zeros(1, 1)
    assert smallest({C: coupling()}, lambda _: True)["C"] == RationalMatrix.zeros(1, 1)


def test_reach_of_the_boundary() -> None:
    """The bound itself is reached exactly: ``A = γI`` with ``γ`` near 1, ``‖C‖ = x``."""
    at_bound = smallest({g: HALF, A: symmetric(rho=g)}, lambda i: i.values["gamma"] > 0 and i.values["A"].rows()[0][0] == i.values["gamma"])
    assert at_bound["A"].shape == (1, 1)
    near_one = smallest({g: HALF}, lambda i: i.values["gamma"] >= Fraction(999, 1000))
    assert near_one["gamma"] == Fraction(999, 1000)
    full = smallest({x: nonnegative(), C: coupling(norm=x)}, lambda i: i.values["x"] > 0 and i.values["C"].rows()[0][0] == i.values["x"])
    assert full["x"] > 0


def test_reach_of_full_matrices() -> None:
    full = smallest({g: HALF, A: symmetric(rho=g)}, lambda i: i.values["A"].shape == (2, 2) and all(e != 0 for row in i.values["A"].rows() for e in row))
    assert full["A"].is_symmetric


@given(st.data())
@settings(max_examples=30, deadline=None, database=None, derandomize=True, suppress_health_check=list(HealthCheck))
def test_public_strategies(data: Any) -> None:
    from verify import strategies

    block = data.draw(strategies.symmetric_block(gamma="9/10"))
    assert block.is_symmetric and np.linalg.norm(block.to_numpy(), 2) <= 0.9 * (1 + 1e-14)
    jacobian = data.draw(strategies.block_triangular(gamma="1/2", norm=2))
    assert np.abs(np.linalg.eigvals(jacobian.to_numpy())).max() <= 0.5 + 1e-6  # defective eigenvalues move by sqrt(eps)
    assert data.draw(strategies.normal_matrix()).is_normal()


def test_bad_arguments_name_argument_and_range() -> None:
    from verify import strategies

    with pytest.raises(ValueError, match=r"gamma must lie in \[0, 1\), got 1"):
        strategies.symmetric_block(gamma=1)
    with pytest.raises(ValueError, match="rho or above"):
        symmetric(rho=g, above=mu)
