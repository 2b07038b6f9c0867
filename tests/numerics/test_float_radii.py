"""Spectral, numerical and pseudospectral radii."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.numerics.float_cases import U, haar, stable
from verify.numerics import batch
from verify.numerics.circle import resolvent_norm_on_circle
from verify.numerics.pseudospectrum import pseudospectral_maximisers, pseudospectral_radius, resolvent_norm_grid
from verify.numerics.radii import numerical_radius, spectral_abscissa, spectral_radius

SEEDS = st.integers(0, 2**32 - 1)


def grcar(n: int) -> np.ndarray:
    return sum((np.diag(np.ones(n - k), k) for k in range(4)), -np.diag(np.ones(n - 1), -1))


@pytest.mark.parametrize("n", [2, 3, 5, 9])
def test_numerical_radius_of_a_jordan_block(n: int) -> None:
    """``w(N) = cos(pi/(n+1))`` (Haagerup and de la Harpe 1992); its numerical range is a disc: every angle is a maximiser."""
    shift = np.diag(np.ones(n - 1), 1)
    for J in (shift, 1j * shift, -shift):
        assert numerical_radius(J).value == pytest.approx(np.cos(np.pi / (n + 1)), rel=1e-12)
        assert batch.numerical_radii(J[None])[0] == pytest.approx(np.cos(np.pi / (n + 1)), rel=1e-12)


@given(SEEDS, st.integers(1, 6), st.booleans())
@settings(max_examples=30, deadline=None)
def test_numerical_radius_lies_between_sampled_polygons(seed: int, n: int, real: bool) -> None:
    """Inscribed support values and the circumscribed polygon of 720 supporting lines enclose it; ``v`` attains it."""
    J = stable(np.random.default_rng(seed), n, real)
    found = numerical_radius(J)
    angles = np.linspace(0, 2 * np.pi, 720, endpoint=False)
    turned = np.exp(-1j * angles)[:, None, None] * J
    support = np.linalg.eigvalsh((turned + turned.conj().swapaxes(1, 2)) / 2)[:, -1].max()
    noise = 8 * n * U * np.linalg.norm(J, 2)
    assert support - noise <= found.value <= support / np.cos(np.pi / 720) + noise
    assert batch.numerical_radii(J[None])[0] == pytest.approx(found.value, abs=noise + 1e-12 * found.value)
    # The angle is known to the root of rounding only, so is the phase of v*Jv; its modulus is not affected to first order.
    assert abs(found.v.conj() @ J @ found.v) == pytest.approx(found.value, rel=1e-12)


def test_spectral_radius_and_abscissa() -> None:
    assert spectral_radius([[0.5, 1], [0, -0.75]]) == 0.75
    assert spectral_abscissa([[0.5, 1], [0, -0.75]]) == 0.5


@pytest.mark.parametrize(("g", "b", "c", "eps"), [(0.9, 0, 1, 1e-3), (0.9, 0.01, 0.5, 1e-2), (0.5, 0, 10, 0.3), (0.99, 0, 1, 1e-8)])
def test_pseudospectral_radius_closed_form(g: float, b: float, c: float, eps: float) -> None:
    """``rho_eps([[g, b], [c, g]]) = g + sqrt((eps + b)(eps + c))`` (theory.md, tool B and P20); error ``u ‖J‖/d sigma/dr``."""
    J = np.array([[g, b], [c, g]])
    exact = g + np.sqrt((eps + b) * (eps + c))
    slope = (exact - g) / (2 * eps + b + c) * 2  # d sigma/dr: from (r - g)² = (sigma + b)(sigma + c)
    room = 16 * U * (np.linalg.norm(J, 2) + exact) / slope + 2e-12 * eps / slope
    assert pseudospectral_radius(J, eps).value == pytest.approx(exact, abs=room)
    assert batch.pseudospectral_radii(J[None], eps)[0] == pytest.approx(exact, abs=room)


@given(SEEDS, st.integers(1, 5), st.booleans(), st.floats(1e-6, 10))
@settings(max_examples=20, deadline=None)
def test_pseudospectral_radius_of_normal_matrices(seed: int, n: int, real: bool, eps: float) -> None:
    """``rho_eps = rho + eps`` (Trefethen and Embree 2005, Theorem 2.2)."""
    rng = np.random.default_rng(seed)
    Q = haar(rng, n, real)
    values = rng.uniform(-1, 1, n)
    J = Q @ np.diag(values) @ Q.conj().T
    exact = np.abs(values).max() + eps
    assert pseudospectral_radius(J, eps).value == pytest.approx(exact, abs=32 * n * U * (1 + eps) + 4e-12 * eps)


@given(SEEDS, st.integers(1, 5), st.booleans(), st.floats(-6, 0))
@settings(max_examples=30, deadline=None)
def test_pseudospectral_radius_and_circles_agree(seed: int, n: int, real: bool, exponent: float) -> None:
    """Two methods: ``M(rho_eps) = 1/eps``, and the batch does not exceed the global value."""
    J, eps = stable(np.random.default_rng(seed), n, real), 10**exponent
    found = pseudospectral_radius(J, eps)
    noise = 1e-9 + 64 * n * U * (np.linalg.norm(J, 2) + found.value) / eps
    # rtol 1e-10 in r becomes r M'/M <= n (r + rho)/(r - rho) times as much in M (Bernstein).
    rho = spectral_radius(J)
    noise += 1e-10 * n * (found.value + rho) / (found.value - rho)
    assert found.settled
    assert resolvent_norm_on_circle(J, found.value).value * eps == pytest.approx(1.0, abs=noise)
    values, z = pseudospectral_maximisers(J[None], [eps])
    assert values[0] <= found.value * (1 + 1e-9)
    assert abs(z[0]) == pytest.approx(values[0], rel=4 * U)
    assert batch.resolvent_norms(J[None], z)[0] * eps == pytest.approx(1.0, abs=noise)


def test_published_pseudospectral_radius() -> None:
    """grcar(100) at ``eps = 1e-4``: 2.85216 (Guglielmi and Overton 2011, as in the tests of Pseudospectra.jl)."""
    assert batch.pseudospectral_radii(grcar(100)[None], 1e-4)[0] == pytest.approx(2.85216, abs=0.5e-5)


def test_extreme_levels_do_not_overflow() -> None:
    J = np.diag([0.5, -0.25])[None]
    assert batch.pseudospectral_radii(J, 1e-300)[0] == pytest.approx(0.5, rel=4 * U)
    assert batch.pseudospectral_radii(J, 1e300)[0] == pytest.approx(1e300, rel=1e-11)


def test_bad_levels_are_named() -> None:
    with pytest.raises(ValueError, match=r"eps\[0\]"):
        pseudospectral_radius([[0.5]], 0.0)


@given(SEEDS, st.integers(1, 12), st.booleans())
@settings(max_examples=15, deadline=None)
def test_a_grid_of_resolvent_norms(seed: int, n: int, real: bool) -> None:
    J = stable(np.random.default_rng(seed), n, real)
    re, im = np.linspace(-1.5, 1.5, 7), np.linspace(-1, 1, 5)
    grid = resolvent_norm_grid(J, re, im, rtol=1e-8)
    z = re[None, :] + 1j * im[:, None]
    sigmas = np.linalg.svd(z[..., None, None] * np.eye(n) - J, compute_uv=False)
    assert grid.shape == (5, 7)
    backward = 64 * n * U * sigmas[..., 0] / sigmas[..., -1]
    assert np.all(grid * sigmas[..., -1] <= 1 + backward)
    assert np.all(grid * sigmas[..., -1] >= 1 - 1e-6 - backward)  # two steps changed it by 1e-8: the rest is a tail


def test_a_grid_through_an_eigenvalue() -> None:
    grid = resolvent_norm_grid(np.diag([0.5, 0.25]), [0.5, 1.0], [0.0])
    assert grid[0, 0] > 1 / (8 * U)
    assert grid[0, 1] == pytest.approx(2.0, rel=1e-6)
    with pytest.raises(ValueError, match="im has shape"):
        resolvent_norm_grid([[0.5]], [0.0], [])
