"""Operators known through products: the bound is attained by its pair, is below rigorous enclosures, and is close on easy matrices."""

from __future__ import annotations

import numpy as np
import pytest
from scipy.sparse import random_array
from scipy.sparse.linalg import LinearOperator

from tests.numerics.float_cases import block_triangular, rounding, stable, thin_peak
from verify.numerics import bounds, kreiss
from verify.numerics.exact import RationalMatrix
from verify.numerics.operators import INFINITE, LOWER_BOUND, kreiss_lower_bound
from verify.numerics.structured import kreiss_constant_blocks


def products_only(J: np.ndarray) -> LinearOperator:
    return LinearOperator(J.shape, matvec=lambda v: J @ v, rmatvec=lambda v: J.conj().T @ v, dtype=J.dtype)


@pytest.mark.parametrize("real", [True, False])
@pytest.mark.parametrize("n", [1, 2, 5, 30])
def test_the_value_belongs_to_the_pair_and_is_below_the_bracket(n: int, real: bool) -> None:
    J = stable(np.random.default_rng(n), n, real)
    found = kreiss_lower_bound(products_only(J))
    general = kreiss.kreiss_constant(J)
    assert found.label == LOWER_BOUND
    assert found.value <= general.bracket[1] * (1 + rounding(J, found.z))
    if np.isfinite(found.z):
        assert (abs(found.z) - 1) / np.linalg.norm(found.z * found.v - J @ found.v) == pytest.approx(found.value, rel=1e-9)
        assert np.linalg.norm(found.v) == pytest.approx(1, rel=1e-14)
    else:
        assert found.value == 1.0
    assert found.value >= 0.999 * general.value


def test_below_the_rigorous_enclosure() -> None:
    rng = np.random.default_rng(2)
    for J in (block_triangular(rng, 2, 2), block_triangular(rng, 1, 2), thin_peak()):
        upper = float(bounds.kreiss_constant(RationalMatrix.from_floats(J)).upper)
        assert 1.0 <= kreiss_lower_bound(products_only(J)).value <= upper * (1 + 1e-12)


def test_a_large_one_way_operator() -> None:
    """n = 1200, never formed: two diagonal blocks and a coupling of rank three; the structured bracket is the yardstick."""
    rng = np.random.default_rng(6)
    p = 600
    a, d = 0.9 * rng.uniform(-1, 1, p), 0.9 * rng.uniform(-1, 1, p)
    left, right = rng.standard_normal((p, 3)), rng.standard_normal((p, 3))
    scale = 8.0 / np.linalg.norm(left @ right.T, 2)
    J = LinearOperator(
        (2 * p, 2 * p),
        matvec=lambda v: np.concatenate([a * v[:p], d * v[p:] + scale * (left @ (right.T @ v[:p]))]),
        rmatvec=lambda v: np.concatenate([a * v[:p] + scale * (right @ (left.T @ v[p:])), d * v[p:]]),
        dtype=float,
    )
    found = kreiss_lower_bound(J)
    known = kreiss_constant_blocks(np.diag(a), scale * left @ right.T, np.diag(d), 1e-6)
    assert known.label == kreiss.GLOBAL
    assert 0.999 * known.value <= found.value <= known.bracket[1]


@pytest.mark.parametrize("dtype", [np.float64, np.complex128, np.float32])
@pytest.mark.parametrize("n", [1, 3, 60])
def test_an_eigenvalue_outside_and_a_radius_beyond_it(n: int, dtype: type) -> None:
    """``K = inf`` where ``ρ(J) > 1``; ``K_r`` for a larger ``r`` is that of ``J/r``, at ``z`` for ``J``."""
    J = stable(np.random.default_rng(n), n, dtype != np.complex128)
    J = (1.01 * J / np.abs(np.linalg.eigvals(J)).max()).astype(dtype)
    found = kreiss_lower_bound(products_only(J))
    assert (found.value, found.label) == (np.inf, INFINITE)
    assert found.spectral_radius == pytest.approx(1.01, rel=1e-4) and abs(found.z) == pytest.approx(found.spectral_radius)
    assert np.linalg.norm(found.z * found.v - J @ found.v) <= 1e-4
    for radius in (1.02, 3.0):
        found, known = kreiss_lower_bound(products_only(J), radius=radius), kreiss.kreiss_constant(J, radius=radius)
        assert found.label == LOWER_BOUND and 0.99 * known.value <= found.value <= known.bracket[1] * (1 + 1e-5)
        if np.isfinite(found.z):
            assert (abs(found.z) - radius) / np.linalg.norm(found.z * found.v - J @ found.v) == pytest.approx(found.value, rel=1e-3)


def test_a_finite_constant_is_not_called_infinite() -> None:
    """A defective eigenvalue just inside, which rounding moves outside; eigenvalues on the circle; and one that is not to be had in time."""
    jordan = np.diag([0.9999] * 4) + np.diag([1.0] * 3, 1)
    for J in (jordan, np.kron(jordan, np.eye(12)), np.eye(60), np.diag([1.0, -1.0, 0.5])):
        found = kreiss_lower_bound(J, climbs=0)
        assert found.label == LOWER_BOUND and np.isfinite(found.value)
    circle = LinearOperator((500, 500), matvec=lambda v: np.roll(v, 1), rmatvec=lambda v: np.roll(v, -1), dtype=float)
    found = kreiss_lower_bound(circle, climbs=0)
    assert found.label == LOWER_BOUND and found.value == 1 and not found.spectral_radius > 1 + 1e-9


def test_sparse_and_dense_matrices_are_taken() -> None:
    rng = np.random.default_rng(1)
    sparse = random_array((60, 60), density=0.05, rng=rng, format="csr") * 0.3
    one, other = kreiss_lower_bound(sparse), kreiss_lower_bound(sparse.toarray())
    assert one.value == pytest.approx(other.value, rel=1e-9)


def test_what_is_no_operator_is_named() -> None:
    with pytest.raises(TypeError, match="J is a str"):
        kreiss_lower_bound("matrix")
    with pytest.raises(ValueError, match=r"shape \(2, 3\)"):
        kreiss_lower_bound(np.zeros((2, 3)))
    with pytest.raises(ValueError, match="not finite"):
        kreiss_lower_bound(np.full((2, 2), np.nan))
    for radius in (0.0, -1.0, np.inf, np.nan):
        with pytest.raises(ValueError, match=r"radius = .*; a positive finite radius is needed"):
            kreiss_lower_bound(np.eye(2), radius=radius)
