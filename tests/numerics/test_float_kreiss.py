"""The Kreiss constant of one matrix: closed forms, invariances, and the circles that carry the upper bound."""

from __future__ import annotations

from typing import Any

import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.numerics.float_cases import (
    block_triangular,
    companion,
    haar,
    rotation,
    rounding,
    sharp_kreiss,
    stable,
    thin_peak,
    two_by_two_kreiss,
)
from verify.numerics import triangular
from verify.numerics.kreiss import EXACT, GLOBAL, LOCAL, KreissConstant, kreiss_constant, kreiss_maximisers
from verify.numerics.powers import transient_peak
from verify.numerics.radii import numerical_radius
from verify.numerics.resolvent import resolvent_norm

SEEDS = st.integers(0, 2**32 - 1)


def holds(result: KreissConstant, J: np.ndarray, exact: float) -> bool:
    """Whether ``exact`` lies in the bracket, up to rounding of the attained value."""
    error = rounding(np.asarray(J), result.z)
    return bool(result.bracket[0] * (1 - error) <= exact <= result.bracket[1] * (1 + error))


@pytest.mark.parametrize("sign", [1, -1])
@pytest.mark.parametrize(("g", "c"), [(0.9, 1.0), (0.9, 0.01), (0.5, 0.9), (0.5, 1.1), (0.99, 1.0), (0.999, 30.0), (0.0, 3.0), (0.0, 1.0)])
def test_extremal_two_by_two(g: float, c: float, sign: int) -> None:
    J = np.array([[g, 0], [sign * c, g]])
    result = kreiss_constant(J)
    assert result.label == GLOBAL
    assert result.bracket[1] <= result.value * (1 + 1e-8 + 2 * rounding(J, result.z))
    assert holds(result, J, sharp_kreiss(c / (1 - g)))


@example(0.0, 0.0, 6.0, 5e-324)
@given(st.floats(-0.99, 0.99), st.floats(-0.99, 0.99), st.floats(0, 50), st.floats(0, np.pi))
@settings(max_examples=60, deadline=None)
def test_every_real_two_by_two_with_real_eigenvalues(first: float, second: float, nu: float, phi: float) -> None:
    J = rotation(phi) @ np.array([[first, nu], [0, second]]) @ rotation(-phi)
    nu = abs(J[0, 1] - J[1, 0])
    result = kreiss_constant(J)
    exact = two_by_two_kreiss(first, second, nu)
    # J is a rounded matrix, and a perturbation dJ changes K by the relative amount ‖R(z)‖ ‖dJ‖: of the order of the rounding of K itself.
    room = 1e-14 + 4 * rounding(J, result.z)
    assert result.bracket[0] <= exact * (1 + room)
    assert exact <= result.bracket[1] * (1 + room)


def test_published_and_hard_cases() -> None:
    assert 3.19190 <= kreiss_constant(companion()).value <= 3.19201  # reference_values.md
    result = kreiss_constant(thin_peak())
    assert holds(result, thin_peak(), sharp_kreiss(0.001 / (1 - 0.99999)))
    assert result.label == GLOBAL


@pytest.mark.parametrize("n", [2, 3, 5, 8])
def test_jordan_blocks(n: int) -> None:
    """``K(gamma I + N) = 1`` iff ``gamma + cos(pi/(n+1)) <= 1`` (theory.md, L16), and the Kreiss matrix theorem."""
    shift = np.diag(np.ones(n - 1), 1)
    bound = 1 - np.cos(np.pi / (n + 1))
    assert kreiss_constant((bound - 1e-6) * np.eye(n) + shift).value == 1.0
    above = kreiss_constant((bound + 0.01) * np.eye(n) + shift)
    assert above.value > 1.0
    assert np.isfinite(above.z)


@given(SEEDS, st.integers(1, 6), st.booleans())
@settings(max_examples=20, deadline=None)
def test_normal_matrices_have_constant_one(seed: int, n: int, real: bool) -> None:
    rng = np.random.default_rng(seed)
    Q = haar(rng, n, real)
    result = kreiss_constant(Q @ np.diag(rng.uniform(-1, 1, n) * (1 - 1e-12)) @ Q.conj().T)
    assert result.value == 1.0
    assert not np.isfinite(result.z)


@given(SEEDS, st.integers(2, 5), st.booleans())
@settings(max_examples=30, deadline=None)
def test_invariances(seed: int, n: int, real: bool) -> None:
    """``K(QJQ*) = K(J*) = K(J)`` and ``K(J (+) J') = max``: the brackets must meet."""
    rng = np.random.default_rng(seed)
    J, other, Q = stable(rng, n, real), stable(rng, 2, real), haar(rng, n, real)
    zero = np.zeros((n, 2))
    one, two = kreiss_constant(J), kreiss_constant(other)
    room = 1 + 4 * rounding(J, one.z) + 4 * rounding(other, two.z)
    for twin in (Q @ J @ Q.conj().T, J.conj().T):
        same = kreiss_constant(twin)
        assert same.bracket[0] <= one.bracket[1] * room
        assert one.bracket[0] <= same.bracket[1] * room
    both = kreiss_constant(np.block([[J, zero], [zero.T, other]]))
    assert both.bracket[0] <= max(one.bracket[1], two.bracket[1]) * room
    assert max(one.bracket[0], two.bracket[0]) <= both.bracket[1] * room


@given(SEEDS, st.integers(1, 6), st.booleans())
@settings(max_examples=40, deadline=None)
def test_the_value_is_attained_and_nothing_sampled_exceeds_the_bracket(seed: int, n: int, real: bool) -> None:
    rng = np.random.default_rng(seed)
    J = stable(rng, n, real)
    result = kreiss_constant(J)
    if np.isfinite(result.z):
        attained = (abs(result.z) - 1) * resolvent_norm(J, result.z)
        assert attained == pytest.approx(result.value, rel=rounding(J, result.z))
    s = 10 ** rng.uniform(-4, 3, 3000)
    z = (1 + s) * np.exp(1j * rng.uniform(-np.pi, np.pi, 3000))
    sigmas = np.linalg.svd(z[:, None, None] * np.eye(n) - J, compute_uv=False)
    errors = 8 * n * np.finfo(float).eps * (sigmas[:, 0] / sigmas[:, -1] + np.abs(z) / s)
    assert np.all(s / sigmas[:, -1] <= result.bracket[1] * (1 + errors))


@given(SEEDS, st.integers(1, 3), st.integers(1, 3))
@settings(max_examples=25, deadline=None)
def test_the_circles_carry_the_upper_bound(seed: int, p: int, q: int) -> None:
    """Independently of tangents: chord bounds between the circles (numerics.md), the monotone tail, and every bound sampled."""
    J = block_triangular(np.random.default_rng(seed), p, q)
    result = kreiss_constant(J)
    if not result.circles:
        assert result.value == 1.0
        assert numerical_radius(J).value <= 1 + 1e-12
        return
    s, bounds = (np.array(column) for column in zip(*sorted(result.circles), strict=True))
    x = np.log1p(s)
    slope = np.diff(np.log(bounds)) / np.diff(x)
    m = -np.minimum(slope, -1 - 1e-12)
    r = np.clip(m / (m - 1), 1 + s[:-1], 1 + s[1:])  # the maximiser of (r - 1) times the chord
    with np.errstate(divide="ignore"):
        peaks = np.log(r - 1) + np.log(bounds[:-1]) + slope * (np.log(r) - x[:-1])
    room = 1e-12 + rounding(J, result.z)
    assert s[0] == 0.0
    assert peaks.max() <= np.log(result.bracket[1]) + room
    assert np.log(bounds[-1]) + x[-1] <= np.log(result.bracket[1]) + room  # r M(r) is non-increasing
    z = (1 + s)[:, None] * np.exp(1j * np.linspace(-np.pi, np.pi, 181))
    sigmas = np.linalg.svd(z[..., None, None] * np.eye(p + q) - J, compute_uv=False)
    backward = 8 * (p + q) * np.finfo(float).eps * sigmas[..., 0]
    assert np.all(sigmas[..., -1] + backward >= (1 - 1e-12) / bounds[:, None])


@given(SEEDS, st.integers(1, 5))
@settings(max_examples=20, deadline=None)
def test_kreiss_matrix_theorem(seed: int, n: int) -> None:
    """``K <= sup_t ‖J^t‖ <= e n K`` (Kreiss 1962; Spijker 1991)."""
    J = stable(np.random.default_rng(seed), n)
    result, peak = kreiss_constant(J), transient_peak(J)
    assert result.value <= peak.value * (1 + rounding(J, result.z))
    assert peak.value <= np.e * n * result.bracket[1] * (1 + 1e-12)


@pytest.mark.parametrize("b", [1e-3, 1.0, 100.0])
def test_continuous_time_with_an_eigenvalue_on_the_axis(b: float) -> None:
    """``K_c([[0, b], [0, -1]]) = sqrt(1 + b²)`` is the limit at ``x = 0`` (reference_values.md), seen at ``x = 1e-8``."""
    result = kreiss_constant([[0, b], [0, -1]], continuous=True)
    assert result.label in (LOCAL, EXACT)
    assert result.bracket[1] == np.inf or result.label == EXACT
    assert result.bracket[1] >= np.sqrt(1 + b**2)
    assert result.value == pytest.approx(np.sqrt(1 + b**2), rel=4e-8)
    assert result.value <= np.sqrt(1 + b**2) * (1 + 1e-7)


@pytest.mark.parametrize("c", [0.5, 2.5, 10.0, -100.0])
def test_continuous_time_closed_form(c: float) -> None:
    """``K_c([[-mu, 0], [c, -mu]]) = k(|c|/mu)`` (theory.md, N1)."""
    result = kreiss_constant([[-2.0, 0], [2 * c, -2.0]], continuous=True)
    assert result.label == GLOBAL
    assert result.bracket[0] * (1 - 1e-13) <= sharp_kreiss(abs(c)) <= result.bracket[1] * (1 + 1e-13)


@given(SEEDS, st.integers(1, 5), st.booleans())
@settings(max_examples=25, deadline=None)
def test_continuous_time_sampled(seed: int, n: int, real: bool) -> None:
    rng = np.random.default_rng(seed)
    G = stable(rng, n, real) - np.eye(n)
    result = kreiss_constant(G, continuous=True)
    x, y = 10 ** rng.uniform(-4, 3, 2000), rng.standard_normal(2000) * np.linalg.norm(G)
    sigmas = np.linalg.svd((x + 1j * y)[:, None, None] * np.eye(n) - G, compute_uv=False)
    assert np.all(x / sigmas[:, -1] <= result.bracket[1] * (1 + 8 * n * np.finfo(float).eps * sigmas[:, 0] / sigmas[:, -1]))


def test_infinite_and_undecided() -> None:
    assert kreiss_constant([[1.1]]).value == np.inf
    assert kreiss_constant([[2.0, 0], [0, 1.0]]).value == np.inf
    assert kreiss_constant([[0.1]], continuous=True).value == np.inf
    defective = kreiss_constant([[1.0, 1.0], [0, 1.0]])
    assert (defective.value, defective.label) == (np.inf, EXACT)
    semisimple = kreiss_constant([[0.5, 0.1], [2.5, 0.5]])  # rho = 1, K = 13/5 (numerics.md)
    assert semisimple.value == pytest.approx(2.6, rel=1e-7)
    assert semisimple.bracket[1] == np.inf
    assert kreiss_constant(np.eye(3)).value == 1.0


def test_a_defective_eigenvalue_inside_is_not_mistaken_for_an_unstable_one() -> None:
    """LAPACK puts the eigenvalues of a rotated Jordan block a distance ``u^(1/n)`` away, here outside the disc.

    The rotation was rounded too, and what the floats hold exactly may be unstable; only exact arithmetic may say so.
    """
    n = 4
    Q = haar(np.random.default_rng(0), n, real=True)
    J = Q @ ((1 - 1e-5) * np.eye(n) + np.diag(np.ones(n - 1), 1)) @ Q.T
    assert np.abs(np.linalg.eigvals(J)).max() > 1
    found = kreiss_constant(J)
    assert found.value < np.inf or found.label == EXACT
    T, inverse = np.array([[1.0, 2, 3], [0, 1, 4], [5, 6, 0]]), np.array([[-24.0, 18, 5], [20, -15, -4], [-5, 4, 1]])
    J = T @ ((1 - 2.0**-20) * np.eye(3) + np.diag(np.ones(2), 1)) @ inverse  # exact in floats
    assert np.abs(np.linalg.eigvals(J)).max() > 1
    assert kreiss_constant(J).value < np.inf


def test_near_ties_are_all_listed() -> None:
    right = np.array([[0.9, 0], [1.0, 0.9]])
    J = np.block([[right, np.zeros((2, 2))], [np.zeros((2, 2)), -right]])
    places = sorted(z.real for _, z in kreiss_maximisers(J))
    assert len(places) == 2
    assert places[0] == pytest.approx(-places[1], rel=1e-6)


def test_bad_tolerances_are_refused() -> None:
    for rtol in (0.0, 1e-13, 1.0):
        with pytest.raises(ValueError, match="rtol"):
            kreiss_constant([[0.5]], rtol)


NOISE = np.array([
    [-1.27e-4, -3.32e-20, -1.21e-20, -1.14e-20, 6.78e-21, 0, 0],
    [-3.34e-20, -1.27e-4, 3.39e-21, 0, -1.36e-20, 0, 0],
    [-1.88e-20, 3.39e-21, -1.27e-4, -6.78e-21, 6.78e-21, 0, 0],
    [-1.84e-20, -3.39e-21, -2.03e-20, -1.27e-4, 1.36e-20, 0, 0],
    [6.99e-21, -3.39e-21, 6.78e-21, 6.78e-21, -1.27e-4, 0, 0],
    [0, -1.70, -2.06, -5.05e-1, -4.39e-1, -1.27e-4, -2.03e-20],
    [1.10, 0, -1.58, -3.87e-1, -3.36e-1, -6.78e-21, -1.27e-4],
])


@pytest.mark.parametrize("failures", [0, 1, 3])
def test_where_the_qr_iteration_does_not_converge_a_matrix_as_good_is_taken(failures: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """LAPACK 3.12 gives up on this one: a multiple of the identity, up to noise, with a coupling."""
    zgees, left = triangular.lapack.zgees, [failures]

    def fails(*arguments: Any, **options: Any) -> Any:
        left[0] -= 1
        found = zgees(*arguments, **options)
        return found if left[0] < 0 else (*found[:-1], 4)

    monkeypatch.setattr(triangular.lapack, "zgees", fails)
    form = triangular.schur_forms(NOISE[None])[0]
    z = 0.3 + 0.2j
    singular = [np.linalg.svd(z * np.eye(7) - X, compute_uv=False)[-1] for X in (NOISE, form)]
    assert singular[0] == pytest.approx(singular[1], rel=1e-12)
    assert np.allclose(np.tril(form, -1), 0)


def test_what_never_converges_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(triangular.lapack, "zgees", lambda *_, **__: (np.eye(7), 0, 0, 0, 0, 4))
    with pytest.raises(ArithmeticError, match="perturb"):
        triangular.schur_forms(NOISE[None])
