"""Every float stage is perturbed; the bounds may get wide or undecided, never wrong."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator
from dataclasses import replace
from fractions import Fraction
from typing import Any

import numpy as np
import pytest

from tests.numerics.rigorous_cases import matrix, one_way, sharp
from verify.numerics import bounds
from verify.numerics.bounds import (
    boundary,
    chords,
    continuous,
    field_of_values,
    hermitian,
    inequalities,
    kreiss,
    point,
    pseudospectral,
    similarity,
    singular,
    spectral,
    sweep,
    transient,
)
from verify.numerics.enclosure import Enclosure
from verify.numerics.exact import RationalMatrix

GAMMA, C = Fraction(9, 10), Fraction(1, 2)
X = one_way(GAMMA, C)
KREISS = sharp(C / (1 - GAMMA))
ROTATED = matrix([[1, 2], [0, 1]]) * X * matrix([[1, -2], [0, 1]])  # the same spectrum, not triangular
WIDE = matrix([[Fraction(1, 3), Fraction(1, 2), 0], [Fraction(1, 5), Fraction(-1, 4), 1], [Fraction(1, 7), 0, Fraction(1, 6)]])
"""Irreducible, neither normal nor triangular: every bound goes through a proposal."""
FACTORS = [Fraction(9, 10), 1 - Fraction(1, 10**7), 1 + Fraction(1, 10**7), Fraction(11, 10), Fraction(-1), Fraction(0), Fraction(10**6)]


def agree(perturbed: Enclosure, true: Enclosure) -> bool:
    """Two enclosures of one number overlap (``true`` is narrow: here, ``perturbed`` must contain it up to its own width)."""
    return perturbed.lower <= true.upper and true.lower <= perturbed.upper


def widened(perturbed: Enclosure, true: Enclosure) -> bool:
    return perturbed.lower < true.lower or perturbed.upper > true.upper


Replace = Callable[[Any, str, Callable[..., Any]], None]


@pytest.fixture
def spoil(monkeypatch: pytest.MonkeyPatch) -> Iterator[Replace]:
    """``spoil(module, name, change)``: the proposal's answer passes through ``change`` (or, for iterators, each of its answers). It must be asked for.

    A bound that never asks for the proposal would pass any test of a wrong one.
    """
    unasked: set[str] = set()

    def apply(home: Any, name: str, change: Callable[..., Any]) -> None:
        original = getattr(home, name)
        unasked.add(name)

        def spoiled(*args: Any, **options: Any) -> Any:
            answer = original(*args, **options)
            unasked.discard(name)
            return (change(x) for x in answer) if isinstance(answer, Iterator) else change(answer)

        monkeypatch.setattr(home, name, spoiled)
        kreiss._plan.cache_clear()  # a plan made of sound proposals would hide the spoiled ones

    kreiss._plan.cache_clear()
    yield apply
    kreiss._plan.cache_clear()
    assert not unasked


def noise(order: int, size: Fraction, seed: int = 0) -> RationalMatrix:
    entries = np.random.default_rng(seed).standard_normal((order, order))
    x = RationalMatrix.from_floats(entries)
    return (x + x.transpose()) * size


@pytest.mark.parametrize("factor", FACTORS)
def test_wrong_estimates_of_singular_values(spoil: Replace, factor: Fraction) -> None:
    true = [bounds.norm(WIDE), bounds.smallest_singular_value(WIDE), bounds.resolvent_norm(WIDE, Fraction(2))]
    skewed = RationalMatrix.column([1, -5, 3])
    spoil(singular, "propose_norm", lambda answer: (answer[0] * factor, skewed))
    spoil(singular, "propose_smallest", lambda answer: (answer[0] * factor, skewed))
    found = [bounds.norm(WIDE), bounds.smallest_singular_value(WIDE), bounds.resolvent_norm(WIDE, Fraction(2))]
    for perturbed, known in zip(found, true, strict=True):
        assert agree(perturbed, known)
        assert widened(perturbed, known)


@pytest.mark.parametrize("factor", FACTORS)
def test_wrong_estimates_of_eigenvalues(spoil: Replace, factor: Fraction) -> None:
    symmetric = WIDE + WIDE.transpose()
    true = [bounds.largest_eigenvalue(symmetric), bounds.smallest_eigenvalue(symmetric), bounds.numerical_radius(WIDE)]
    vector = RationalMatrix.column([1, 1, -1])
    spoil(hermitian, "propose_largest", lambda answer: (answer[0] * factor, vector, answer[2] * abs(factor)))
    spoil(field_of_values, "propose_numerical_radius", lambda answer: (answer[0] * factor, vector))
    found = [bounds.largest_eigenvalue(symmetric), bounds.smallest_eigenvalue(symmetric), bounds.numerical_radius(WIDE)]
    for perturbed, known in zip(found, true, strict=True):
        assert agree(perturbed, known)
        assert widened(perturbed, known)


@pytest.mark.parametrize("size", [Fraction(1, 10**12), Fraction(1, 100), Fraction(10)])
def test_wrong_certificates_of_the_numerical_radius(spoil: Replace, size: Fraction) -> None:
    true = bounds.numerical_radius(WIDE)
    spoil(field_of_values, "propose_certificates", lambda z: z + noise(z.shape[0], size))
    assert agree(bounds.numerical_radius(WIDE), true)
    assert bounds.kreiss_constant(one_way(GAMMA, Fraction(21, 100))).lower > 1  # κ = 2.1: no wrong Z may prove K = 1


def test_a_certificate_that_is_not_hermitian_is_refused(spoil: Replace) -> None:
    true = bounds.numerical_radius(WIDE)
    spoil(field_of_values, "propose_certificates", lambda z: z + matrix([[0, 1, 0], [0, 0, 0], [0, 0, 0]]))
    assert agree(bounds.numerical_radius(WIDE), true)


@pytest.mark.parametrize("factor", [float(factor) for factor in FACTORS])
def test_wrong_eigenvalues(spoil: Replace, factor: float) -> None:
    true = bounds.spectral_radius(WIDE)
    spoil(spectral, "propose_eigenvalues", lambda answer: (answer[0] * factor, answer[1]))
    assert agree(bounds.spectral_radius(WIDE), true)


@pytest.mark.parametrize("size", [Fraction(1, 10**4), Fraction(1)])
def test_wrong_lyapunov_matrices(spoil: Replace, size: Fraction) -> None:
    true = bounds.spectral_radius(WIDE)
    for name in ("propose_from_eigenvectors", "propose_contraction", "propose_stein"):
        spoil(spectral, name, lambda form: None if form is None else form + noise(3, size))
    found = bounds.spectral_radius(WIDE)
    assert agree(found, true)
    assert widened(found, true)
    assert bounds.kreiss_constant(WIDE).upper < math.inf  # nothing "proves" instability


def test_a_stable_matrix_is_never_proved_unstable(spoil: Replace) -> None:
    spoil(spectral, "propose_eigenvalues", lambda answer: (answer[0] * 3, answer[1]))
    spoil(spectral, "propose_from_eigenvectors", lambda form: None if form is None else -form)
    assert spectral.prove_unstable(WIDE) is None
    assert spectral.prove_unstable(ROTATED) is None


@pytest.mark.parametrize("change", [0.5, 0.999999, 1.000001, 1.5, 1e6, math.nan, -1.0])
def test_wrong_heights_of_the_resolvent(spoil: Replace, change: float) -> None:
    spoil(boundary.ResolventSearch, "peak", lambda peak: replace(peak, height=peak.height * change, position=peak.position + 0.3))
    found = bounds.kreiss_constant(X, rtol=Fraction(1, 10**4))
    assert found.lower <= KREISS <= found.upper
    lines = bounds.continuous_kreiss_constant(matrix([[-1, 0], [10, -1]]), rtol=Fraction(1, 10**4))
    assert lines.lower <= sharp(Fraction(10)) <= lines.upper


@pytest.mark.parametrize("factor", [Fraction(1, 2), 1 - Fraction(1, 10**3), 1 + Fraction(1, 10**3), Fraction(2), Fraction(-1)])
def test_wrong_matrices_of_circles_and_lines(spoil: Replace, factor: Fraction) -> None:
    narrow = bounds.kreiss_constant(X, rtol=Fraction(1, 10**4))
    spoil(inequalities, "propose_matrices", lambda p: p * factor)
    found = bounds.kreiss_constant(X, rtol=Fraction(1, 10**4))
    assert found.lower <= KREISS <= found.upper
    assert found.upper > narrow.upper
    lines = bounds.continuous_kreiss_constant(matrix([[-1, 0], [10, -1]]), rtol=Fraction(1, 10**4))
    assert lines.lower <= sharp(Fraction(10)) <= lines.upper


def test_a_circle_matrix_that_is_not_hermitian_is_refused(spoil: Replace) -> None:
    spoil(inequalities, "propose_matrices", lambda p: p + matrix([[0, Fraction(1, 10**9)], [0, 0]]))
    assert bounds.kreiss_constant(X).upper_witness is None or bounds.kreiss_constant(X).upper_witness["by"] != "circles"


def test_too_small_a_g_is_not_proved() -> None:
    search = boundary.ResolventSearch(X, boundary.Disc())
    peak = search.peak(0.25)
    below = inequalities.prove_barrier(search, peak, Fraction(1, 10**6), exact_g=Fraction(peak.height) * (1 - Fraction(1, 10**6)))
    assert below is None
    above = inequalities.prove_barrier(search, peak, Fraction(1, 10**6), exact_g=Fraction(peak.height) * (1 + Fraction(1, 10**6)))
    assert above is not None


@pytest.mark.parametrize("shift", [Fraction(1, 100), Fraction(-1, 20), Fraction(10)])
def test_wrong_points_and_vectors(spoil: Replace, shift: Fraction) -> None:
    spoil(point, "propose_points", lambda z: z + shift)
    spoil(point, "propose_vectors", lambda v: v + RationalMatrix.column([10**8, -(10**9)]))
    found = bounds.kreiss_constant(X, rtol=Fraction(1, 10**4))
    assert found.lower < KREISS <= found.upper


def test_wrong_tangent_points(monkeypatch: pytest.MonkeyPatch) -> None:
    for share in (Fraction(1, 1000), Fraction(1, 2), Fraction(1)):
        monkeypatch.setattr(chords, "_near_maximiser", lambda region, left, right, slope, share=share: left.s + (right.s - left.s) * share)
        found = bounds.kreiss_constant(X, rtol=Fraction(1, 10**4))
        assert found.lower <= KREISS <= found.upper


def test_a_plan_without_most_of_its_nodes_gives_a_wider_bound(spoil: Replace) -> None:
    narrow = bounds.kreiss_constant(X, rtol=Fraction(1, 10**4))
    spoil(kreiss, "plan", lambda sweep_plan: sweep.Sweep((sweep_plan.nodes[0], sweep_plan.nodes[-1]), sweep_plan.best))
    found = bounds.kreiss_constant(X, rtol=Fraction(1, 10**4))
    assert found.upper > narrow.upper
    assert found.lower <= KREISS


@pytest.mark.parametrize("size", [Fraction(1, 10**3), Fraction(1), Fraction(-1)])
def test_wrong_similarities(spoil: Replace, size: Fraction) -> None:
    x = matrix([[Fraction(1, 2), Fraction(1, 10)], [Fraction(5, 2), Fraction(1, 2)]])  # ρ = 1, K = 13/5
    for name in ("propose_forms", "propose_continuous_forms"):
        spoil(similarity, name, lambda form: form + noise(2, size, seed=3))
    assert bounds.kreiss_constant(x).upper >= Fraction(13, 5)
    assert bounds.transient_peak(x).upper >= Fraction(13, 5)
    assert bounds.continuous_kreiss_constant(matrix([[0, 1], [-4, 0]])).upper >= Fraction(5, 4)


@pytest.mark.parametrize("change", [lambda h: [*h[:3], 0.5], lambda h: [1.0, 0.9], lambda h: [x * 0.9 for x in h], lambda h: [x * 2 for x in h]])
def test_wrong_powers(spoil: Replace, change: Callable[[list[float]], list[float]]) -> None:
    true = bounds.transient_peak(X)
    spoil(transient, "propose_heights", change)
    found = bounds.transient_peak(X)
    assert agree(found, true)


@pytest.mark.parametrize("factor", [0.5, 0.999, 1.001, 3.0])
def test_wrong_pseudospectral_radii(spoil: Replace, factor: float) -> None:
    epsilon = Fraction(1, 10)
    true = bounds.pseudospectral_radius(X, epsilon)
    spoil(pseudospectral, "propose_radius", lambda peak: replace(peak, s=(1 + peak.s) * factor - 1, position=peak.position + 0.2))
    assert agree(bounds.pseudospectral_radius(X, epsilon), true)


def test_a_dissipative_matrix_is_never_proved_growing(spoil: Replace) -> None:
    x = matrix([[-1, 30], [0, -2]])
    assert continuous.prove_growing(x, np.array([5.0, 1.0 + 1j])) is None
    spoil(spectral, "propose_eigenvalues", lambda answer: (answer[0] * 10, answer[1]))  # else nothing is proposed for a matrix that looks stable
    spoil(spectral, "propose_from_eigenvectors", lambda form: None if form is None else -form)
    assert continuous.prove_growing(x, np.array([5.0, 1.0 + 1j])) is None
