"""The search's own way with one-way coupled matrices: the closed forms for few columns, and the climb on the half axes, against general means."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.numerics.float_cases import block_triangular, rounding, sharp_kreiss, stable
from verify.numerics import batch, few_columns, kreiss, multiprecision, on_axis
from verify.numerics.one_way import OneWay

SEEDS = st.integers(0, 2**32 - 1)
SHAPES = ["generic", "one gap", "gaps in pairs", "a row of zeros", "a column of zeros", "one entry", "nothing"]


def couplings(rng: np.random.Generator, shape: str, p: int, q: int, real: bool) -> tuple[np.ndarray, np.ndarray, np.ndarray, np.ndarray]:
    """Gaps, couplings and shifts over many decades, with the coincidences that a search meets."""
    count = 8
    a, b = 10 ** rng.uniform(-6, 0.3, (count, p)), 10 ** rng.uniform(-6, 0.3, (count, q))
    C = rng.standard_normal((count, q, p)) + (0 if real else 1j * rng.standard_normal((count, q, p)))
    C = C * 10 ** rng.uniform(-12, 4, (count, 1, 1))
    if shape == "one gap":
        a[:], b[:] = a[:, :1], a[:, :1]
    elif shape == "gaps in pairs":
        a[:] = a[:, :1]
    elif shape == "a row of zeros":
        C[:, 0] = 0
    elif shape == "a column of zeros":
        C[:, :, 0] = 0
    elif shape == "one entry":
        C[:, 1:], C[:, :, 1:] = 0, 0
    elif shape == "nothing":
        C[:] = 0
    return a, b, C, 10 ** rng.uniform(-6, 4, count)


@pytest.mark.parametrize("shape", SHAPES)
@given(SEEDS, st.integers(1, 2), st.integers(1, 4), st.booleans())
@settings(max_examples=40, deadline=None)
def test_few_columns_are_singular_values(shape: str, seed: int, p: int, q: int, real: bool) -> None:
    a, b, C, s = couplings(np.random.default_rng(seed), shape, p, q, real)
    sigma, slope = few_columns.sigmas(a, b, C, s, 1e-7)
    for k in range(len(s)):
        X = np.diag(s[k] + np.concatenate([a[k], b[k]])).astype(C.dtype)
        X[p:, :p] = -C[k]
        exact = np.linalg.svd(X, compute_uv=False)
        assert sigma[k] == pytest.approx(exact[-1], rel=1e-12 + 1e-15 * exact[0] / exact[-1])
    step = 1e-4 * s
    above, below = (few_columns.sigmas(a, b, C, s + side * step, 1e-7)[0] for side in (1, -1))
    assert np.median(np.abs((above - below) / (2 * step) - slope)) < 1e-5  # some stand at a kink
    assert ((slope > 0) & (slope <= 1 + 1e-9)).all()


@given(SEEDS, st.integers(1, 2), st.integers(1, 4), st.floats(1e-9, 0.1))
@settings(max_examples=25, deadline=None)
def test_a_guess_changes_no_more_than_the_rounding(seed: int, p: int, q: int, off: float) -> None:
    a, b, C, s = couplings(np.random.default_rng(seed), "generic", p, q, True)
    plain = few_columns.sigmas(a, b, C, s, 1e-8)[0]
    for guess in (plain * (1 + off), plain * (1 - off), np.full(len(s), np.nan), np.zeros(len(s)), np.full(len(s), np.inf)):
        assert few_columns.sigmas(a, b, C, s, 1e-8, guess)[0] == pytest.approx(plain, rel=1e-13)


@given(SEEDS, st.integers(1, 2), st.integers(1, 4), st.booleans())
@settings(max_examples=40, deadline=None)
@example(seed=0, p=2, q=2, transposed=False)
def test_no_maximum_is_missed(seed: int, p: int, q: int, transposed: bool) -> None:
    """Never below the global value by more than rounding, which a bracket of the general way vouches for; nor above its upper end."""
    rng = np.random.default_rng(seed)
    stack = np.array([block_triangular(rng, p, q) for _ in range(6)])
    stack = stack.swapaxes(1, 2) if transposed else stack
    values, places = batch.kreiss_lower_bounds(stack)
    for J, value, z in zip(stack, values, places, strict=True):
        known = kreiss.kreiss_constant(J)
        error = rounding(J, known.z) if np.isfinite(known.z) else 1e-12
        assert known.value * (1 - error - 1e-10) <= value <= known.bracket[1] * (1 + error)
        if np.isfinite(z):
            assert (abs(z) - 1) * batch.resolvent_norms(J[None], z)[0] == pytest.approx(value, rel=rounding(J, z) + 1e-11)


def test_two_hills_in_one_cell_of_the_grid() -> None:
    """A matrix with hills at ``s = 0.35`` and ``0.76`` that differ by 1 per cent, which general means with their coarse grid may take for one."""
    J = np.array([[0.68413083, -0.0698997, 0, 0], [-0.0698997, -0.0788509, 0, 0],
                  [-6.54571708, 16.21677489, 0.68045218, 0.05681386], [-11.94007895, -23.26844944, 0.05681386, 0.36865181]])  # fmt: skip
    value, z = (part[0] for part in batch.kreiss_lower_bounds(J[None]))
    assert value == pytest.approx(kreiss.kreiss_constant(J).value, rel=1e-9)
    assert z.real == pytest.approx(1.788, abs=1e-3)


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize("off", [0.0, 1e-16, -1e-16, 1e-12])
def test_a_coupled_eigenvalue_on_the_circle_makes_it_large(sign: int, off: float) -> None:
    """``K`` is infinite, or about ``1/(4 off)``; floats look no nearer than about ``1e-8``."""
    for J in (np.array([[1.0, 0.0], [2.0, 1.0 - off]]), np.array([[1.0, 0, 0, 0], [0, 0.5, 0, 0], [0.3, 1.0, 1.0 - off, 0], [-1.0, 1.0, 0, 0.2]])):
        found = batch.kreiss_lower_bounds(np.array([sign * J, 0.5 * J]))[0]
        general = batch._lower_bounds(sign * J[None], continuous=False)[0]
        assert general[0] <= found[0] <= 10 * general[0]
        assert general[0] > 1e7


@pytest.mark.parametrize("kappa", [0.5, 1.999, 2.0, 2.0001, 2.01, 3.0, 100.0, 1e6])
def test_closed_form(kappa: float) -> None:
    """``[[g, 0], [c, g]]``, alone and hidden among others; just above 2 the maximiser runs to infinity, and the value is 1 up to ``1e-9``."""
    g, error = 0.9, 1e-13 * max(1.0, kappa)
    alone = np.array([[g, 0], [kappa * (1 - g), g]])
    hidden = np.zeros((4, 4))
    hidden[[0, 1, 2, 3], [0, 1, 2, 3]], hidden[2, 1] = [0.1, g, g, -0.3], kappa * (1 - g)
    for J in (alone, hidden):
        for stack in (J[None], np.array([J, J])):
            assert batch.kreiss_lower_bounds(stack)[0] == pytest.approx(np.full(len(stack), sharp_kreiss(kappa)), rel=error)


def test_a_member_is_worth_the_same_alone_and_among_others() -> None:
    rng = np.random.default_rng(2)
    stack = np.array([block_triangular(rng, 2, 2) for _ in range(20)] + [stable(rng, 4), np.eye(4), np.diag([1.5, 0, 0, 0])])
    together = batch.kreiss_lower_bounds(stack)[0]
    assert [batch.kreiss_lower_bounds(J[None])[0][0] for J in stack] == pytest.approx(together, rel=1e-11)
    assert together[-2:] == pytest.approx(np.array([1.0, np.inf]))


@given(SEEDS, st.integers(1, 2), st.integers(1, 3))
@settings(max_examples=10, deadline=None)
def test_multiprecision_starts_at_the_same_maximum(seed: int, p: int, q: int) -> None:
    """Thirty digits from the places found on the axis, and from those of the general way."""
    J = block_triangular(np.random.default_rng(seed), p, q)
    exact = np.where(np.abs(J) < 1e-15, 0.0, J)
    exact[:p, :p], exact[p:, p:] = 0.5 * (exact[:p, :p] + exact[:p, :p].T), 0.5 * (exact[p:, p:] + exact[p:, p:].T)
    found, known = multiprecision.kreiss_constant(exact, 30), kreiss.kreiss_constant(exact)
    if np.isfinite(known.z):
        assert on_axis.maximisers(exact, 1e-6)
        assert float(found) == pytest.approx(known.value, rel=rounding(exact, known.z) + 1e-10)


def test_near_ties_are_kept_and_others_are_not() -> None:
    """Two pairs, one at each end of the axis, whose hills differ by ``1e-7``, and by ``1e-3``."""
    for lift, expected in ((1e-7, [1, -1]), (-1e-7, [-1, 1]), (1e-3, [1])):
        A, C = np.diag([0.9, -0.9]), np.diag([1.0 + lift, 1.0])
        found = on_axis.maximisers(np.block([[A, np.zeros((2, 2))], [C, A]]), 1e-6)
        assert found is not None
        assert [np.sign(z.real) for _, z in found] == expected
    assert on_axis.maximisers(np.array([[0.5, 1.0], [1.0, 0.5]]) @ np.diag([1.0, 0.3]), 1e-6) is None


def test_the_numpy_path_does_not_ask_for_kernels(monkeypatch: pytest.MonkeyPatch) -> None:
    from verify.numerics import kernels

    monkeypatch.setattr(kernels, "available", lambda: pytest.fail("a kernel was asked for"))
    J = block_triangular(np.random.default_rng(0), 2, 3)
    assert batch.kreiss_lower_bounds(J[None])[0][0] > 1
    assert OneWay.of(J[None, :2, :2], J[None, 2:, :2], J[None, 2:, 2:], compiled=False).sigmas(np.zeros(1, dtype=np.int64), np.ones(1))[0][0] > 0


def brute(a: np.ndarray, b: np.ndarray, C: np.ndarray) -> float:
    """The largest of ``s ‖R‖`` over 900 points of both half axes, for diagonal blocks."""
    rows = OneWay.of(np.diag(a)[None], C[None], np.diag(b)[None], compiled=False)
    s = np.geomspace(max(float(rows.gaps.min()), 1e-13) / (6 * (len(a) + len(b))), 1e3 * (1 + np.linalg.norm(C)), 900)
    return max(1.0, *(float(np.max(s / rows.sigmas(np.full(900, row), s)[0])) for row in (0, 1)))


@given(SEEDS)
@settings(max_examples=60, deadline=None)
def test_never_below_a_fine_grid(seed: int) -> None:
    """Gaps over nine decades at both ends, equal ones, couplings that are sparse, or of many sizes: and the same alone as in a stack."""
    rng = np.random.default_rng(seed)
    p, q, count = int(rng.integers(1, 3)), int(rng.integers(1, 4)), 5

    def eigenvalues(order: int) -> np.ndarray:
        found = np.clip((1 - 10 ** rng.uniform(-9, 0.3, (count, order))) * np.where(rng.random((count, order)) < 0.3, -1, 1), -1 + 1e-10, 1 - 1e-10)
        return np.repeat(found[:, :1], order, axis=1) if rng.random() < 0.3 else found

    a, b = eigenvalues(p), eigenvalues(q)
    if rng.random() < 0.3:
        b[:, 0] = a[:, 0]
    C = rng.standard_normal((count, q, p)) * 10 ** rng.uniform(-6, 3, (count, 1, 1)) * 10 ** rng.uniform(-3, 0, (count, q, p))
    C *= rng.random((count, q, p)) < rng.choice([0.5, 1.0])
    A, D = np.zeros((count, p, p)), np.zeros((count, q, q))
    A[:, range(p), range(p)], D[:, range(q), range(q)] = a, b
    values = on_axis.lower_bounds(A, C, D)[0]
    for k in range(count):
        assert values[k] >= brute(a[k], b[k], C[k]) * (1 - 1e-9)
        assert on_axis.lower_bounds(A[k : k + 1], C[k : k + 1], D[k : k + 1])[0][0] == pytest.approx(values[k], rel=1e-12)


def lower_triangular(diagonal: list[float], column: list[float]) -> np.ndarray:
    """``diag(diagonal)`` with this below the first entry."""
    J = np.diag(diagonal)
    J[1:, 0] = column
    return J


@pytest.mark.parametrize(("J", "least"), [
    (lower_triangular([1.0, 0.5], [1.0]), 2.23606),  # the highest point is the first of the grid
    (lower_triangular([1 - 5e-10, 1 - 5e-10], [1.0]), 4.9999e8),  # gaps below 1e-9
    (lower_triangular([1 - 1e-5, 1 - 1e-5], [1e12]), 2.4999e16),  # a coupling beside which they are rounding
    (lower_triangular([0.999, 0.999, 1 - 1e-8], [0.003, 0.0]), 1.083333),  # two hills, one hidden behind the other's tangent
    (lower_triangular([-0.9999999570867475, 0.9985795202173641, 0.9998333035646152], [-33.69359182404129, -107.84561411211438]), 56.49337),  # a plateau
    (lower_triangular([1 + 3e-7, 0.5], [1e8]), np.inf),  # outside the disc, however large the coupling
])  # fmt: skip
def test_places_that_were_missed_once(J: np.ndarray, least: float) -> None:
    assert batch.kreiss_lower_bounds(J[None])[0][0] >= least


def test_a_climb_that_arrives_exactly_stays_there() -> None:
    """At a slope that is 0 in floats the climb is over, at that place."""
    A, D, C = 0.921923805851724, 0.9997744004921691, -6.842116023223367
    assert batch.kreiss_lower_bounds(np.array([[[A, 0], [C, D]]]))[0][0] == pytest.approx(78.92687673, rel=1e-9)


def test_what_does_not_fit_takes_the_general_way() -> None:
    """A square that overflows, and an entry that counts as rounding only beside a huge coupling: no error, no false value for the others."""
    with np.errstate(all="ignore"):
        found = batch.kreiss_lower_bounds(np.array([[[0.9, 0], [1e200, 0.9]], [[0.5, 0], [3.0, 0.5]]]))[0]
    assert found[1] == pytest.approx(sharp_kreiss(6.0), rel=1e-9)
    assert batch.kreiss_lower_bounds(np.array([[[0.5, 1e-7], [1e8, 0.5]]]))[1][0].real == pytest.approx(0.5 + 10**0.5, abs=1e-3)  # its eigenvalue
