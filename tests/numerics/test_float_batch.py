"""Stacks: every value is attained where it says, no value exceeds the global one, and structured stacks reach it."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.numerics.float_cases import U, block_triangular, rounding, sharp_kreiss, stable, thin_peak
from verify.numerics import batch
from verify.numerics.kreiss import kreiss_constant

SEEDS = st.integers(0, 2**32 - 1)


def stack_of(seed: int, count: int, n: int, real: bool) -> np.ndarray:
    rng = np.random.default_rng(seed)
    return np.array([stable(rng, n, real) for _ in range(count)])


@given(SEEDS, st.integers(1, 6), st.booleans())
@settings(max_examples=15, deadline=None)
def test_values_are_attained_and_below_the_global_bound(seed: int, n: int, real: bool) -> None:
    stack = stack_of(seed, 5, n, real)
    values, z = batch.kreiss_lower_bounds(stack)
    assert np.all(values >= 1.0)
    for J, value, place in zip(stack, values, z, strict=True):
        error = rounding(J, place)
        if np.isfinite(place):
            assert (abs(place) - 1) * batch.resolvent_norms(J[None], place)[0] == pytest.approx(value, rel=error)
        else:
            assert value == 1.0
        assert value <= kreiss_constant(J).bracket[1] * (1 + error)


@given(SEEDS, st.integers(1, 5), st.booleans())
@settings(max_examples=15, deadline=None)
def test_continuous_values_are_attained_and_below_the_global_bound(seed: int, n: int, real: bool) -> None:
    stack = stack_of(seed, 5, n, real) - np.eye(n)
    values, z = batch.continuous_kreiss_lower_bounds(stack)
    for G, value, place in zip(stack, values, z, strict=True):
        if np.isfinite(place):
            norm = batch.resolvent_norms(G[None], place)[0]
            assert place.real * norm == pytest.approx(value, rel=8 * n * U * (np.linalg.norm(G) + abs(place)) * norm)
            assert value <= kreiss_constant(G, continuous=True).bracket[1] * (1 + 8 * n * U * (np.linalg.norm(G) + abs(place)) * norm)
        else:
            assert value == 1.0


def test_the_class_of_theorem_4_is_solved_globally() -> None:
    """A fixed sample: here the local search must not miss a single maximum."""
    rng = np.random.default_rng(7)
    stack = np.array([block_triangular(rng, 2, 2) for _ in range(100)])
    values, z = batch.kreiss_lower_bounds(stack)
    for J, value, place in zip(stack, values, z, strict=True):
        assert value >= kreiss_constant(J).value * (1 - 1e-8 - 2 * rounding(J, place))


def test_closed_forms_in_one_stack() -> None:
    g, c = np.meshgrid([0.0, 0.5, 0.9, 0.999], [0.1, 1.0, 3.0, -10.0])
    stack = np.zeros((g.size, 2, 2))
    stack[:, 0, 0] = stack[:, 1, 1] = g.ravel()
    stack[:, 1, 0] = c.ravel()
    values, z = batch.kreiss_lower_bounds(stack)
    for J, value, place in zip(stack, values, z, strict=True):
        assert value == pytest.approx(sharp_kreiss(abs(J[1, 0]) / (1 - J[0, 0])), rel=1e-12 + 2 * rounding(J, place))


def test_the_thin_peak_and_its_complex_copy() -> None:
    for J in (thin_peak(), thin_peak().astype(complex)):
        assert batch.kreiss_lower_bounds(J[None])[0][0] == pytest.approx(25.01, rel=1e-9)


def test_mixed_stack_of_stable_unstable_and_normal_members() -> None:
    stack = np.array([[[0.9, 0], [1, 0.9]], [[1.5, 0], [0, 0.1]], [[0.5, 0], [0, -0.5]], [[2.0, 0], [0, 1.0]]])
    values, z = batch.kreiss_lower_bounds(stack)
    assert values[0] == pytest.approx(2.6, rel=64 * U)
    assert values[1:].tolist() == [np.inf, 1.0, np.inf]
    assert z[1] == 1.5
    assert batch.continuous_kreiss_lower_bounds(stack)[0].tolist() == [np.inf] * 4


@given(SEEDS, st.integers(1, 5), st.integers(1, 5))
@settings(max_examples=20, deadline=None)
def test_norms_and_spectra_agree_with_numpy(seed: int, p: int, q: int) -> None:
    rng = np.random.default_rng(seed)
    stack, square = rng.standard_normal((4, p, q)), rng.standard_normal((4, p, p))
    z = rng.standard_normal(4) + 1j
    eigenvalues = [np.linalg.eigvals(M) for M in square]
    assert batch.spectral_norms(stack).tolist() == pytest.approx([np.linalg.norm(M, 2) for M in stack], rel=16 * U)
    assert batch.smallest_singular_values(stack).tolist() == pytest.approx([np.linalg.norm(M, -2) for M in stack], rel=16 * U)
    assert batch.spectral_radii(square).tolist() == pytest.approx([np.abs(e).max() for e in eigenvalues], rel=16 * U)
    expected = [np.abs(e - w).min() for e, w in zip(eigenvalues, z, strict=True)]
    assert batch.spectrum_distances(square, z).tolist() == pytest.approx(expected, rel=16 * U)


def test_infinite_shifts_and_empty_stacks() -> None:
    assert batch.resolvent_norms(np.eye(2)[None], [np.inf]).tolist() == [0.0]
    assert batch.resolvent_norms(np.eye(2)[None], 1.0).tolist() == [np.inf]
    empty = np.zeros((0, 2, 2))
    for function in (batch.spectral_norms, batch.spectral_radii, batch.smallest_singular_values, batch.numerical_radii):
        assert function(empty).shape == (0,)
    for function in (batch.kreiss_lower_bounds, batch.continuous_kreiss_lower_bounds, batch.transient_peaks):
        assert function(empty)[0].shape == (0,)
    assert batch.pseudospectral_radii(empty, 0.1).shape == (0,)


def test_bad_stacks_are_named() -> None:
    with pytest.raises(ValueError, match=r"stack has shape \(2, 2\)"):
        batch.kreiss_lower_bounds(np.eye(2))
    with pytest.raises(ValueError, match=r"stack\[0, 1, 1\] = nan"):
        batch.kreiss_lower_bounds(np.array([[[1, 0], [0, np.nan]]]))
