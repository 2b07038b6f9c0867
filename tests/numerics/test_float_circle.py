"""Largest resolvent norms on circles and lines; the resolvent itself."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.numerics.float_cases import U, stable
from verify.numerics.circle import resolvent_norm_on_circle, resolvent_norm_on_line
from verify.numerics.radii import distance_to_instability
from verify.numerics.resolvent import resolvent_norm, smallest_singular_triplet

SEEDS = st.integers(0, 2**32 - 1)
RTOL = 1e-10


@given(SEEDS, st.integers(1, 6), st.booleans(), st.floats(1e-3, 3.0))
@settings(max_examples=40, deadline=None)
def test_a_circle_agrees_with_dense_sampling(seed: int, n: int, real: bool, excess: float) -> None:
    """Between samples at distance ``d``, ``sigma_min`` moves by at most ``d/2``: that is the whole tolerance."""
    J = stable(np.random.default_rng(seed), n, real)
    r = 1.0 + excess
    found = resolvent_norm_on_circle(J, r, RTOL)
    angles = np.linspace(0, 2 * np.pi, 2000, endpoint=False)
    sigmas = np.linalg.svd(r * np.exp(1j * angles)[:, None, None] * np.eye(n) - J, compute_uv=False)
    rounding = 8 * n * U * sigmas.max() * found.value
    assert found.settled
    assert 1 / sigmas[:, -1].min() <= found.value * (1 + RTOL + rounding)
    assert 1 / found.value >= sigmas[:, -1].min() - np.pi * r / 2000 - 8 * n * U * sigmas.max()
    assert resolvent_norm(J, r * np.exp(1j * found.theta)) == pytest.approx(found.value, rel=rounding)


@given(SEEDS, st.integers(1, 6), st.booleans(), st.floats(1e-3, 3.0))
@settings(max_examples=25, deadline=None)
def test_a_line_agrees_with_dense_sampling(seed: int, n: int, real: bool, x: float) -> None:
    G = stable(np.random.default_rng(seed), n, real) - np.eye(n)
    found = resolvent_norm_on_line(G, x, RTOL)
    # Farther out ‖R‖ <= 1/(|y| - ‖G‖) <= 1/(x + ‖G‖), and level with an eigenvalue it is at least that: the maximum is in reach.
    reach = 2 * np.linalg.norm(G, 2) + x
    y = np.linspace(-reach, reach, 2001)
    sigmas = np.linalg.svd((x + 1j * y)[:, None, None] * np.eye(n) - G, compute_uv=False)
    rounding = 8 * n * U * sigmas.max() * found.value
    assert found.settled
    assert 1 / sigmas[:, -1].min() <= found.value * (1 + RTOL + rounding)
    assert 1 / found.value >= sigmas[:, -1].min() - reach / 2000 - 8 * n * U * sigmas.max()


def test_near_ties_on_opposite_sides_are_told_apart() -> None:
    left, right = -0.9, 0.9 - 1e-9
    J = np.block([[np.array([[left, 0], [1.0, left]]), np.zeros((2, 2))], [np.zeros((2, 2)), np.array([[right, 0], [1.0, right]])]])
    found = resolvent_norm_on_circle(J, 1.05, 1e-12)
    s = 1.05 - 0.9
    assert found.theta in (np.pi, -np.pi)
    assert found.value == pytest.approx(2 / (np.hypot(2 * s, 1) - 1), rel=64 * U / (1.05 - 0.9) ** 2)  # theory.md, P19


def test_nonnegative_matrices_need_no_eigenproblem() -> None:
    J = np.array([[0.5, 0.2], [1.0, 0.3]])
    found = resolvent_norm_on_circle(J, 1.2)
    assert (found.theta, found.eigenproblems) == (0.0, 0)
    turned = np.diag([1, -1]) @ J @ np.diag([1, -1])  # the same norms, but not recognised
    assert resolvent_norm_on_circle(turned, 1.2).value == pytest.approx(found.value, rel=64 * U)


def test_published_distances_to_instability() -> None:
    chebfun = np.array([[-1, 3, 5, 2], [-3, -2, 4, 6], [-5, -4, -2, 1], [-2, -6, -1, 3]])  # Chebfun example ResolventNorm
    assert resolvent_norm_on_line(chebfun, 0.0).value == pytest.approx(6.227545522966329, rel=1e-12)  # 13 digits are printed there
    assert distance_to_instability(chebfun, continuous=True) == pytest.approx(0.160576907276252, abs=1e-15)
    slicot = np.array(  # SLICOT, AB13FD example
        [[246.5, 242.5, 202.5, -197.5], [-252.5, -248.5, -207.5, 202.5], [-302.5, -297.5, -248.5, 242.5], [-307.5, -302.5, -252.5, 246.5]]
    )
    # 11 digits are printed; here sigma_min is known to u ‖A‖, and the level set to RTOL.
    room = 0.5e-13 + 8 * U * np.linalg.norm(slicot, 2) + RTOL * 0.4e-2
    assert distance_to_instability(slicot, continuous=True) == pytest.approx(0.39196472317e-2, abs=room)


def test_distance_to_instability_of_normal_and_unstable_matrices() -> None:
    assert distance_to_instability(np.diag([0.5, -0.8])) == pytest.approx(0.2, abs=4 * U)
    assert distance_to_instability([[1.0]]) == 0.0
    assert distance_to_instability([[0.5]], continuous=True) == 0.0


@given(SEEDS, st.integers(1, 6), st.booleans())
@settings(max_examples=25, deadline=None)
def test_the_smallest_singular_triplet(seed: int, n: int, real: bool) -> None:
    J = stable(np.random.default_rng(seed), n, real)
    z = 1.1 + 0.3j
    sigma, u, v = smallest_singular_triplet(J, z)
    backward = 8 * n * U * np.linalg.norm(z * np.eye(n) - J, 2)
    assert np.linalg.norm((z * np.eye(n) - J) @ v - sigma * u) <= backward
    assert abs(np.linalg.norm(u) - 1) <= 8 * n * U
    assert abs(np.linalg.norm(v) - 1) <= 8 * n * U
    assert abs(1 / resolvent_norm(J, z) - sigma) <= backward


def test_the_resolvent_at_an_eigenvalue_and_bad_arguments() -> None:
    assert resolvent_norm([[0.5, 0], [0, 0.25]], 0.5) == np.inf
    with pytest.raises(ValueError, match="z = nan"):
        resolvent_norm([[0.5]], float("nan"))
    with pytest.raises(ValueError, match="r = -1"):
        resolvent_norm_on_circle([[0.5]], -1)
    with pytest.raises(ValueError, match="rtol = 2"):
        resolvent_norm_on_circle([[0.5]], 1.5, rtol=2)
    with pytest.raises(ValueError, match="x = inf"):
        resolvent_norm_on_line([[0.5]], np.inf)
