"""One-way coupled matrices: the structured way against the general one, against circles, and against enclosures."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.numerics.float_cases import block_triangular, haar, rounding, sharp_kreiss, stable
from verify.numerics import batch, bounds, kreiss, one_way
from verify.numerics.circle import resolvent_norm_on_circle
from verify.numerics.exact import RationalMatrix
from verify.numerics.one_way import OneWay, one_way_partition, one_way_partitions
from verify.numerics.structured import kreiss_constant, kreiss_constant_blocks, kreiss_constants

SEEDS = st.integers(0, 2**32 - 1)
ORDERS = st.integers(1, 5)


def blocks(rng: np.random.Generator, p: int, q: int, gamma: float, c: float, real: bool = True) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Hermitian ``A``, any ``C`` of norm ``c``, Hermitian ``D``, with norms at most ``gamma``."""
    diagonal = []
    for order in (p, q):
        Q = haar(rng, order, real)
        block = (Q * (gamma * rng.uniform(-1, 1, order))) @ Q.conj().T
        diagonal.append(0.5 * (block + block.conj().T))
    C = rng.standard_normal((q, p)) + (0 if real else 1j * rng.standard_normal((q, p)))
    return diagonal[0], C * c / np.linalg.norm(C, 2), diagonal[1]


def joined(A: np.ndarray, C: np.ndarray, D: np.ndarray) -> np.ndarray:
    return np.block([[A, np.zeros((len(A), len(D)))], [C, D]])


@given(SEEDS, ORDERS, ORDERS, st.floats(0, 0.999), st.floats(-3, 2), st.floats(-3, 1), st.booleans())
@settings(max_examples=40, deadline=None)
def test_the_maximum_on_a_circle_is_on_the_real_axis(seed: int, p: int, q: int, gamma: float, log_c: float, log_s: float, real: bool) -> None:
    """The lemma of ``one_way``, against the level-set test, which knows nothing of it."""
    A, C, D = blocks(np.random.default_rng(seed), p, q, gamma, 10**log_c, real)
    r = 1 + 10**log_s
    J = joined(A, C, D)
    on_axis = max(1 / np.linalg.svd(sign * r * np.eye(p + q) - J, compute_uv=False)[-1] for sign in (1, -1))
    assert resolvent_norm_on_circle(J, r).value == pytest.approx(on_axis, rel=1e-8)


@given(SEEDS, ORDERS, ORDERS, st.floats(0, 0.9999), st.floats(-3, 3), st.booleans(), st.booleans())
@settings(max_examples=40, deadline=None)
def test_structured_agrees_with_general(seed: int, p: int, q: int, gamma: float, log_c: float, real: bool, transposed: bool) -> None:
    A, C, D = blocks(np.random.default_rng(seed), p, q, gamma, 10**log_c, real)
    J = joined(A, C, D)
    general = kreiss.kreiss_constant(J)
    error = rounding(J, general.z)
    for found in (kreiss_constant_blocks(A, C, D), kreiss_constant(J.conj().T if transposed else J)):
        assert found.value <= general.bracket[1] * (1 + error)
        assert general.value <= found.bracket[1] * (1 + error)
        if np.isfinite(found.z):
            assert (abs(found.z) - 1) * batch.resolvent_norms(J[None], found.z)[0] == pytest.approx(found.value, rel=rounding(J, found.z) + 1e-11)


def test_batch_agrees_with_single_on_a_mixed_stack() -> None:
    rng = np.random.default_rng(5)
    stack = np.array(
        [block_triangular(rng, 2, 2) for _ in range(12)] + [block_triangular(rng, 1, 3).T for _ in range(6)] + [stable(rng, 4) for _ in range(4)]
        + [np.diag([0.5, 0.2, -0.9, 0.0]), np.diag([2.0, 0, 0, 0])]
    )
    found = kreiss_constants(stack)
    local = kreiss_constants(stack, bracket=False)
    for J, value, z, upper, label in zip(stack, found.values, found.z, found.upper, found.labels, strict=True):
        single = kreiss.kreiss_constant(J)
        error = rounding(J, single.z) if np.isfinite(single.value) else 0.0
        assert label == single.label == kreiss.GLOBAL
        assert value <= single.bracket[1] * (1 + error)
        assert single.value <= upper * (1 + error)
        assert np.isinf(z) == np.isinf(single.z)
    assert set(local.labels) == {kreiss.LOCAL}
    assert np.isinf(local.upper).all()
    assert np.all(local.values <= found.upper * (1 + 1e-11))


@pytest.mark.parametrize("kappa", [0.5, 1.999, 2.0, 2.0001, 2.01, 3.0, 100.0, 1e6])
def test_closed_form_from_normal_to_extreme(kappa: float) -> None:
    """``[[g, 0], [c, g]]`` (tool B), in two dimensions and with the pair hidden among others; just above 2 the maximiser runs to infinity."""
    g = 0.9
    for A, C, D in (
        (np.array([[g]]), np.array([[kappa * (1 - g)]]), np.array([[g]])),
        (np.diag([0.1, g]), np.array([[0.0, kappa * (1 - g)], [0.0, 0.0]]), np.diag([g, -0.3])),
    ):
        found = kreiss_constant_blocks(A, C, D)
        error = 1e-13 * max(1.0, kappa)  # the relative rounding of C, times the norm of the resolvent
        assert found.value == pytest.approx(sharp_kreiss(kappa), rel=error)
        assert found.bracket[0] <= found.bracket[1] <= found.bracket[0] * (1 + 2e-8)
        assert found.label == kreiss.GLOBAL


def test_near_tie_on_opposite_sides() -> None:
    """Two pairs, one at each end of the real axis, whose hills differ by ``1e-7``: the higher one wins."""
    for lift in (1e-7, -1e-7):
        A, C, D = np.diag([0.9, -0.9]), np.diag([1.0 + lift, 1.0]), np.diag([0.9, -0.9])
        found = kreiss_constant_blocks(A, C, D)
        assert np.sign(found.z.real) == np.sign(lift)
        assert found.value == pytest.approx(sharp_kreiss(10 * max(1 + lift, 1)), rel=1e-12)


def test_values_lie_in_rigorous_enclosures() -> None:
    rng = np.random.default_rng(3)
    for _ in range(4):
        J = block_triangular(rng, 2, 2)
        p = one_way_partition(J)
        exact = np.tril(J, -1)[p:, :p]
        A, D = 0.5 * (J[:p, :p] + J[:p, :p].T), 0.5 * (J[p:, p:] + J[p:, p:].T)
        enclosure = bounds.kreiss_constant(RationalMatrix.from_floats(joined(A, exact, D)))
        found = kreiss_constant_blocks(A, exact, D)
        assert found.bracket[1] * (1 + 1e-12) >= float(enclosure.lower)
        assert found.bracket[0] * (1 - 1e-12) <= float(enclosure.upper)


def test_krylov_and_stacked_paths_agree(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TRANSIENT_VERIFY_KERNELS", "0")
    rng = np.random.default_rng(8)
    A, C, D = blocks(rng, 9, 11, 0.95, 2.0)
    stacked = kreiss_constant_blocks(A, C, D)
    monkeypatch.setattr(one_way, "SVD_SIZE", 0)
    krylov = kreiss_constant_blocks(A, C, D)
    assert krylov.value == pytest.approx(stacked.value, rel=1e-11)
    assert krylov.label == stacked.label == kreiss.GLOBAL


@pytest.mark.parametrize(("n", "expected"), [(1, 0), (2, 1)])
def test_partition_of_the_smallest(n: int, expected: int) -> None:
    assert one_way_partition(np.tril(np.ones((n, n)))) == expected


def test_partition_is_not_found_where_there_is_none() -> None:
    rng = np.random.default_rng(0)
    assert one_way_partition(rng.standard_normal((4, 4))) == 0
    J = block_triangular(rng, 3, 2)
    assert one_way_partition(J) == 3
    for i, j in ((0, 1), (4, 3), (0, 4)):  # a little asymmetry, and a little coupling back
        other = J.copy()
        other[i, j] += 1e-9
        assert one_way_partition(other) == 0
        assert one_way_partitions(np.array([other, J])).tolist() == [0, 3]


def test_instability_and_the_unit_circle() -> None:
    assert kreiss_constant_blocks([[1.5]], [[1.0]], [[0.5]]).value == np.inf
    assert kreiss_constant_blocks([[0.5]], [[1.0]], [[-1.5]]).z == -1.5
    on_circle = kreiss_constant_blocks([[1.0]], [[1.0]], [[0.5]])
    assert on_circle.label == kreiss.LOCAL
    assert on_circle.bracket[1] == np.inf


def test_bad_blocks_are_named() -> None:
    with pytest.raises(ValueError, match=r"C has shape \(1, 1\)"):
        kreiss_constant_blocks(np.eye(2), [[1.0]], [[0.5]])
    with pytest.raises(ValueError, match="A is not Hermitian"):
        kreiss_constant_blocks([[0.0, 1.0], [0.0, 0.0]], np.ones((1, 2)), [[0.5]])
    with pytest.raises(ValueError, match="rtol = 0"):
        kreiss_constants(np.zeros((1, 2, 2)), 0.0)


def test_sigmas_are_those_of_the_matrix() -> None:
    rng = np.random.default_rng(4)
    A, C, D = blocks(rng, 3, 5, 0.9, 1.0, real=False)
    rows = OneWay.of(A[None], C[None], D[None])
    s = np.array([0.0, 1e-3, 0.7])
    for row, sign in ((0, 1), (1, -1)):
        sigma, _ = rows.sigmas(np.full(3, row), s)
        exact = [np.linalg.svd(sign * (1 + x) * np.eye(8) - joined(A, C, D), compute_uv=False)[-1] for x in s]
        assert sigma == pytest.approx(exact, rel=1e-11)
