"""The library as its user sees it: pairs of float and enclosure, the sandwich, invariances, and what bad input is told."""

from __future__ import annotations

import math
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import mpmath
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from mpmath import mp

import verify
from tests.numerics.float_cases import block_triangular, companion, haar, stable, thin_peak
from tests.numerics.rigorous_cases import contains, sharp
from verify.numerics import multiprecision
from verify.numerics.enclosure import Enclosure
from verify.numerics.kreiss import kreiss_constant as dense_kreiss_constant
from verify.numerics.truth import Truth

SEEDS = st.integers(0, 2**32 - 1)
ROOM = 1 + 1e-7


def one_way(gamma: Fraction, c: Fraction) -> list[list[Any]]:
    return [[gamma, 0], [c, gamma]]


def meets(one: Enclosure, other: Enclosure, room: float = 0.0) -> bool:
    """Whether two enclosures of equal numbers (up to a relative ``room``) intersect."""
    return one.lower * (1 - Fraction(room)) <= other.upper and other.lower * (1 - Fraction(room)) <= one.upper


# -- closed forms, to any digits ---------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kappa", [Fraction(1), Fraction(3), Fraction(10**4), Fraction(10**8), Fraction(10**12)])
@pytest.mark.parametrize("exponent", [1, 6, 12])
def test_kreiss_constant_of_one_way_coupling(kappa: Fraction, exponent: int) -> None:
    """Tool B: ``K = k(κ)``; S9 and N1: ``K_c([[−μ, 0], [c, −μ]]) = k(c/μ)``."""
    delta = Fraction(1, 10**exponent)
    found = verify.kreiss_enclosure(one_way(1 - delta, kappa * delta))
    assert found.lower <= sharp(kappa) <= found.upper
    assert found.upper <= found.lower * (1 + Fraction(1, 10**5))
    continuous = verify.kreiss_enclosure([[-delta, 0], [kappa * delta, -delta]], continuous=True)
    assert continuous.lower <= sharp(kappa) <= continuous.upper
    assert continuous.upper <= continuous.lower * (1 + Fraction(1, 10**5))


@pytest.mark.parametrize("digits", [8, 12, 16, 20, 30])
def test_digits_are_free(digits: int) -> None:
    gamma, c, width = Fraction(9, 10), Fraction(1), Fraction(1, 10**digits)
    matrix = one_way(gamma, c)
    found = verify.kreiss_enclosure(matrix, rtol=width)
    assert found.lower <= Fraction(13, 5) <= found.upper
    assert found.upper <= found.lower * (1 + 2 * width)
    assert contains(found, multiprecision.kreiss_constant(matrix, digits + 10))
    power = verify.power_norm_enclosure(matrix, 9, rtol=width)
    with mp.workdps(60):
        g = mp.mpf(9) / 10
        assert contains(power, g**9 * mp.exp(mp.asinh(9 / (2 * g))))
    assert power.upper <= power.lower * (1 + 2 * width)


@given(SEEDS, st.integers(2, 3), st.booleans())
@settings(max_examples=4, deadline=None)
def test_twenty_digits_of_a_random_matrix(seed: int, n: int, real: bool) -> None:
    """Off the axis too, where ``z`` and its vector are irrational; the enclosure contains the maximum that multiprecision finds by itself."""
    J = stable(np.random.default_rng(seed), n, real) * 0.9 + np.diag(np.ones(n - 1), 1)
    J *= 0.9 / verify.spectral_radius(J)
    found = verify.kreiss_enclosure(J, rtol=Fraction(1, 10**20))
    assert contains(found, multiprecision.kreiss_constant(mp.matrix(J.tolist()), 40))
    assert found.upper <= found.lower * (1 + Fraction(2, 10**20)) or found.lower < Fraction(11, 10)


TWENTY: dict[str, tuple[tuple[Any, ...], Callable[[Any], Any]]] = {
    "pseudospectral_radius": ((Fraction(1, 10),), lambda J: multiprecision.pseudospectral_radius(J, mp.mpf(1) / 10, 40)),
    "numerical_radius": ((), lambda J: multiprecision.numerical_radius(J, 40)),
    "spectral_radius": ((), lambda J: multiprecision.spectral_radius(J, 40)),
    "resolvent_norm": (((Fraction(5, 4), Fraction(1, 2)),), lambda J: multiprecision.resolvent_norm(J, mp.mpc(1.25, 0.5), 40)),
    "power_norm": ((7,), lambda J: multiprecision.spectral_norm(J**7, 40)),
    "transient_peak": ((), lambda J: multiprecision.transient_peak(J, 40)),
    "noise_gain": ((), lambda J: None),
    "resolvent_norm_on_circle": ((Fraction(5, 4),), lambda J: None),
    "resolvent_norm_on_line": ((Fraction(5, 4),), lambda J: None),
    "distance_to_instability": ((), lambda J: None),
}


@pytest.mark.parametrize("name", TWENTY)
@pytest.mark.parametrize("seed", [0, 1, 2, 3])
def test_twenty_digits_of_every_quantity(name: str, seed: int) -> None:
    arguments, truth = TWENTY[name]
    J = stable(np.random.default_rng(seed), 3, seed % 2 == 0) * 0.9
    found = getattr(verify, f"{name}_enclosure")(J, *arguments, rtol=Fraction(1, 10**20))
    enclosure = getattr(found, "enclosure", found)
    with mp.workdps(50):
        value = truth(mp.matrix(J.tolist()))
    assert value is None or contains(enclosure, value)
    wanted = Fraction(1, 10**15) if name == "numerical_radius" else Fraction(2, 10**20)
    assert enclosure.upper <= enclosure.lower * (1 + wanted)
    coarse = getattr(verify, f"{name}_enclosure")(J, *arguments, rtol=Fraction(1, 10**6))
    assert meets(enclosure, getattr(coarse, "enclosure", coarse))


def test_digits_at_the_edge_of_stability() -> None:
    """γ = 1 − 1e-12, κ = 1e12 and more: no entry of ``J`` is a float, ``σ_min`` is ``1e-36``."""
    delta = Fraction(1, 10**12)
    for c in (Fraction(10), Fraction(10**12)):
        found = verify.kreiss_enclosure([[1 - delta, 0], [c, 1 - delta]], rtol=Fraction(1, 10**20))
        assert found.lower <= sharp(c / delta) <= found.upper <= found.lower * (1 + Fraction(2, 10**20))


@pytest.mark.parametrize("kernels", ["1", "0"], ids=["compiled", "NumPy"])
@pytest.mark.parametrize("c", [1e4, 1e8, 1e10, 1e12, 1e15])
def test_floats_that_are_too_coarse_hand_over(c: float, kernels: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """``σ_min`` is ``1/c`` beside entries of size ``c``: below rounding from ``c = 1e8`` on. The one-way solver does not mind, with kernels or without."""
    monkeypatch.setenv("TRANSIENT_VERIFY_KERNELS", kernels)
    one_way = verify.kreiss_constant([[0.5, c], [0.0, 0.5]])
    assert one_way.label == "global in floating point"
    assert one_way.bracket[0] * (1 - 1e-12) <= float(sharp(Fraction(2 * c))) <= one_way.bracket[1] <= one_way.bracket[0] * (1 + 2e-8)
    for J, continuous in (([[0.5, c], [0.0, 0.5]], False), ([[-0.5, c], [0.0, -0.5]], True)):
        found = dense_kreiss_constant(J, continuous=continuous)
        assert found.value == pytest.approx(float(sharp(Fraction(2 * c))), rel=1e-8)
        assert found.bracket[0] * (1 - 1e-12) <= float(sharp(Fraction(2 * c))) <= found.bracket[1]
        assert found.bracket[1] <= found.bracket[0] * (1 + 1e-2)
        assert ("exact arithmetic" in found.label) == (c >= 1e8)


def test_the_published_companion_matrix() -> None:
    found = verify.kreiss_enclosure(companion())
    assert Fraction("3.19190") <= found.lower <= found.upper <= Fraction("3.19201")


@pytest.mark.parametrize("b", [0.5, 7.0, 100.0])
def test_a_simple_eigenvalue_on_the_axis(b: float) -> None:
    """``K_c([[0, b], [0, −1]]) = √(1 + b²)``, a limit at the axis."""
    found = verify.kreiss_constant([[0, b], [0, -1]], continuous=True)
    assert found.value == pytest.approx(math.hypot(1, b), rel=1e-7)
    assert found.label != "global in floating point"
    assert found.bracket[0] <= math.hypot(1, b) * ROOM
    assert found.bracket[1] >= math.hypot(1, b) / ROOM
    enclosure = verify.kreiss_enclosure([[0, b], [0, -1]], continuous=True)
    assert float(enclosure.lower) <= math.hypot(1, b) <= float(enclosure.upper)
    assert enclosure.stopped != "" or enclosure.upper <= enclosure.lower * (1 + Fraction(1, 10**5))


@given(SEEDS, st.integers(1, 4), st.floats(0.3, 4.0))
@settings(max_examples=15, deadline=None)
def test_the_constant_of_a_larger_circle(seed: int, n: int, r: float) -> None:
    """``K_r(J) = K(J/r) = sup (|z| − r)‖R(z)‖``, attained where the result says; growth is bounded by ``e n K_r r^t``."""
    J = stable(np.random.default_rng(seed), n) * r
    found = verify.kreiss_constant(J, radius=r)
    assert found.value == pytest.approx(verify.kreiss_constant(J / r).value, rel=1e-10)
    if np.isfinite(found.z):
        assert (abs(found.z) - r) * verify.resolvent_norm(J, found.z) == pytest.approx(found.value, rel=1e-6)
    enclosure = verify.kreiss_enclosure(J, 1e-4, radius=Fraction(r))
    assert float(enclosure.lower) <= found.bracket[1] * ROOM
    assert found.value <= float(enclosure.upper) * ROOM
    for t in (1, 5, 20):
        assert verify.power_norm(J, t) <= math.e * n * float(enclosure.upper) * r**t * ROOM


# -- metamorphic properties --------------------------------------------------------------------------------------------------

QUANTITIES: dict[str, Callable[[np.ndarray], float]] = {
    "K": lambda J: verify.kreiss_constant(J).value,
    "w": lambda J: verify.numerical_radius(J).value,
    "rho": lambda J: verify.spectral_radius(J),
    "rho_eps": lambda J: verify.pseudospectral_radius(J, 0.1).value,
    "alpha_eps": lambda J: verify.pseudospectral_abscissa(J, 0.1),
    "distance": lambda J: -verify.distance_to_instability(J),
    "circle": lambda J: verify.resolvent_norm_on_circle(J, 1.25).value,
    "line": lambda J: verify.resolvent_norm_on_line(J, 1.25).value,
    "power": lambda J: verify.power_norm(J, 5),
    "peak": lambda J: verify.transient_peak(J).value,
    "noise": lambda J: verify.noise_gain(J),
    "exponential": lambda J: verify.exponential_peak(J - 1.1 * np.eye(len(J))).value,
}
"""Each grows with the matrix in a direct sum: it is the larger of the two values (the distance enters with a minus)."""


@pytest.mark.parametrize("name", QUANTITIES)
@given(SEEDS, st.integers(1, 4), st.booleans())
@settings(max_examples=8, deadline=None)
def test_unitary_invariance_adjoint_and_direct_sum(name: str, seed: int, n: int, real: bool) -> None:
    rng = np.random.default_rng(seed)
    J, other, Q = stable(rng, n, real), stable(rng, 2, real), haar(rng, n, real)
    quantity, size = QUANTITIES[name], 1e-7
    value = quantity(J)
    room = size * max(1.0, abs(value)) * max(1.0, np.linalg.cond(np.linalg.eig(J)[1]) * 1e-3)
    assert quantity(Q.conj().T @ J @ Q) == pytest.approx(value, abs=room)
    assert quantity(J.conj().T.copy()) == pytest.approx(value, abs=room) or name == "noise"
    both = np.block([[J, np.zeros((n, 2))], [np.zeros((2, n)), other]])
    assert quantity(both) == pytest.approx(max(value, quantity(other)), abs=10 * room)


@given(SEEDS, st.integers(1, 4), st.floats(0, 1))
@settings(max_examples=15, deadline=None)
def test_averaging_with_the_identity_lowers_the_constant(seed: int, n: int, alpha: float) -> None:
    """``K((1 − α)I + αJ) <= K(J)``: a lazy step is no worse."""
    J = stable(np.random.default_rng(seed), n)
    lazy = (1 - alpha) * np.eye(n) + alpha * J
    assert verify.kreiss_constant(lazy).value <= verify.kreiss_constant(J).bracket[1] * ROOM


@given(SEEDS, st.integers(2, 4), st.integers(1, 4))
@settings(max_examples=15, deadline=None)
def test_circles_are_log_convex_and_fall(seed: int, n: int, count: int) -> None:
    """Trap 2: ``r M(r)`` is non-increasing and ``log M`` convex in ``log r``; enclosures of three circles cannot contradict that."""
    rng = np.random.default_rng(seed)
    J = stable(rng, n)
    radii = [Fraction(1) + Fraction(k, 4) for k in range(1, 4)]
    found = [verify.resolvent_norm_on_circle_enclosure(J, r) for r in radii]
    for (r, left), (s, right) in zip(zip(radii, found, strict=True), list(zip(radii, found, strict=True))[1:], strict=False):
        assert s * right.lower <= r * left.upper
    share = math.log(radii[1] / radii[0]) / math.log(radii[2] / radii[0])
    assert math.log(found[1].lower) <= ((1 - share) * math.log(found[0].upper) + share * math.log(found[2].upper)) + 1e-12


@given(SEEDS, st.integers(1, 5), st.booleans())
@settings(max_examples=15, deadline=None)
def test_numerical_radius_one_decides_whether_the_constant_is_one(seed: int, n: int, real: bool) -> None:
    """Trap 5: ``K = 1`` iff ``w <= 1``."""
    J = stable(np.random.default_rng(seed), n, real)
    J = J / verify.numerical_radius(J).value
    assert verify.kreiss_enclosure(J * 0.999).upper == 1
    if verify.spectral_radius(J) < 0.97:
        assert verify.kreiss_constant(J * 1.01).value > 1


# -- the stress set ----------------------------------------------------------------------------------------------------------


@given(SEEDS, st.integers(1, 3), st.integers(1, 3))
@settings(max_examples=15, deadline=None)
def test_enclosures_contain_the_multiprecision_value(seed: int, p: int, q: int) -> None:
    J = block_triangular(np.random.default_rng(seed), p, q)
    rows = mp.matrix(J.tolist())
    assert contains(verify.kreiss_enclosure(J, 1e-4), multiprecision.kreiss_constant(rows, 30))
    assert contains(verify.transient_peak_enclosure(J, 1e-4).enclosure, multiprecision.transient_peak(rows, 30))
    assert contains(verify.pseudospectral_radius_enclosure(J, Fraction(1, 100)), multiprecision.pseudospectral_radius(rows, mp.mpf(1) / 100, 30))
    assert contains(verify.resolvent_norm_enclosure(J, (Fraction(3, 4), Fraction(1))), multiprecision.resolvent_norm(rows, mp.mpc(0.75, 1), 30))
    radius = verify.spectral_radius_enclosure(J)
    assert float(radius.lower) * (1 - 1e-7) <= float(multiprecision.spectral_radius(rows, 30)) <= float(radius.upper) * ROOM
    numerical = verify.numerical_radius_enclosure(J)
    assert float(numerical.lower) * (1 - 1e-7) <= verify.numerical_radius(J).value <= float(numerical.upper) * ROOM


@given(SEEDS, st.integers(1, 6), st.booleans())
@settings(max_examples=15, deadline=None)
def test_the_sandwich_holds(seed: int, n: int, real: bool) -> None:
    J = stable(np.random.default_rng(seed), n, real)
    found = verify.sandwich(J, 1e-4)
    assert found.consistent is Truth.HOLDS
    assert 1 <= found.kreiss.lower <= found.peak.upper
    assert found.kreiss.lower <= found.peak.lower <= found.similarity.upper
    assert found.peak.lower <= found.kreiss_times_en.upper
    if found.peak_time is not None and found.peak.lower > found.kreiss.lower:
        assert verify.power_norm(J, int(found.peak_time)) == pytest.approx(float(found.peak.lower), rel=1e-3)


def test_the_sandwich_in_words() -> None:
    text = repr(verify.sandwich(one_way(Fraction(9, 10), Fraction(1)), 1e-3))
    assert [line.split("[")[0].strip() for line in text.splitlines()] == ["1 ≤ K", "≤ sup ‖J^t‖", "≤ √cond(P)", "and ≤ e·2·K"]
    assert "t = 9" in text
    infinite = verify.sandwich([[2]])
    assert infinite.kreiss.lower == math.inf
    assert infinite.consistent is Truth.HOLDS
    assert verify.sandwich(np.eye(2)).similarity.upper == 1
    assert verify.sandwich(thin_peak(), 1e-3).kreiss.lower > 25  # trap 1


def test_an_enclosure_is_printed_outward() -> None:
    third = Enclosure(Fraction(1, 3), Fraction(1, 3) + Fraction(1, 10**9))
    low, high = (Fraction(end) for end in str(third)[1:-1].split(", "))
    assert low <= third.lower <= third.upper <= high <= third.upper + Fraction(1, 10**9)
    assert str(Enclosure(Fraction(1), math.inf)) == "[1, inf]"
    assert Enclosure(Fraction(1, 3), Fraction(10**400)).floats == (float.fromhex("0x1.5555555555555p-2"), math.inf)
    assert Enclosure(Fraction(10**400), math.inf).floats[0] < math.inf


# -- what bad input is told --------------------------------------------------------------------------------------------------

ENCLOSURES: dict[str, Callable[[Any], Any]] = {
    "kreiss": verify.kreiss_enclosure,
    "resolvent": lambda J: verify.resolvent_norm_enclosure(J, 2),
    "circle": lambda J: verify.resolvent_norm_on_circle_enclosure(J, 2),
    "line": lambda J: verify.resolvent_norm_on_line_enclosure(J, 2),
    "distance": verify.distance_to_instability_enclosure,
    "pseudospectral radius": lambda J: verify.pseudospectral_radius_enclosure(J, 0.1),
    "pseudospectral abscissa": lambda J: verify.pseudospectral_abscissa_enclosure(J, 0.1),
    "numerical radius": verify.numerical_radius_enclosure,
    "spectral radius": verify.spectral_radius_enclosure,
    "spectral abscissa": verify.spectral_abscissa_enclosure,
    "power": lambda J: verify.power_norm_enclosure(J, 2),
    "peak": verify.transient_peak_enclosure,
    "exponential": lambda J: verify.exponential_norm_enclosure(J, 1),
    "exponential peak": verify.exponential_peak_enclosure,
    "similarity": verify.similarity_bound_enclosure,
    "noise": verify.noise_gain_enclosure,
    "sandwich": verify.sandwich,
}


@pytest.mark.parametrize("name", ENCLOSURES)
def test_matrices_that_are_none(name: str) -> None:
    for bad in ([[1, 2]], np.zeros((0, 0)), [[1.0, math.nan], [0.0, 1.0]], [[Fraction(1), Fraction(2)]]):
        with pytest.raises(ValueError, match=r"^[JG]"):
            ENCLOSURES[name](bad)
    with pytest.raises(TypeError, match=r"^[JG] has dtype"):
        ENCLOSURES[name]([["a"]])
    with pytest.raises(ValueError, match="order 401"):
        ENCLOSURES[name](np.zeros((401, 401)))


@pytest.mark.parametrize("name", ENCLOSURES)
def test_entries_beyond_the_range_of_squares_do_not_raise(name: str) -> None:
    for entries in ([[Fraction(10**200), 0], [1, 0]], [[1e200, 0.0], [1.0, 0.0]], [[Fraction(1, 10**200), 0], [1, 0]]):
        if name == "exponential" and entries[0][0] > 1:
            with pytest.raises(ValueError, match="shorter time"):
                ENCLOSURES[name](entries)
        else:
            ENCLOSURES[name](entries)


def test_arguments_out_of_range_are_named() -> None:
    J = [[0.5]]
    for call, words in (
        (lambda: verify.kreiss_enclosure(J, rtol=0), "rtol = 0"),
        (lambda: verify.kreiss_enclosure(J, radius=-1), "radius = -1"),
        (lambda: verify.kreiss_enclosure(J, continuous=True, radius=2), "radius = 2"),
        (lambda: verify.kreiss_constant(J, radius=0.0), r"radius = 0\.0"),
        (lambda: verify.resolvent_norm_enclosure(J, math.nan), "z = nan"),
        (lambda: verify.pseudospectral_radius_enclosure(J, math.inf), "eps = inf"),
        (lambda: verify.power_norm_enclosure(J, -1), "t = -1"),
        (lambda: verify.transient_peak_enclosure(J, horizon=-1), "horizon = -1"),
        (lambda: verify.exponential_norm_enclosure(J, -2), "t = -2"),
    ):
        with pytest.raises(ValueError, match=words):
            call()


@pytest.mark.parametrize("exponent", [10, 16, 30, 60])
def test_both_sides_of_the_circle_are_told_apart(exponent: int) -> None:
    """ρ = 1 ± 10^-exponent: floats see 1 from exponent 16 on; more digits decide."""
    delta = Fraction(1, 10**exponent)
    assert verify.kreiss_enclosure([[1 + delta, 0], [1, Fraction(1, 2)]]).lower == math.inf
    inside = verify.kreiss_enclosure([[1 - delta, 0], [1, Fraction(1, 2)]])
    assert inside.lower <= inside.upper < 5


def test_what_stopped_an_enclosure_is_said() -> None:
    marginal = [[Fraction(1, 2), Fraction(1, 10)], [Fraction(5, 2), Fraction(1, 2)]]  # ρ = 1, semisimple: K = 13/5 is a limit at z = 1
    found = verify.kreiss_enclosure(marginal)
    assert found.lower <= Fraction(13, 5) <= found.upper < math.inf
    assert found.stopped.startswith("no sharper inequality")
    assert verify.kreiss_enclosure([[Fraction(9, 10), 0], [1, Fraction(9, 10)]]).stopped == ""
    assert verify.noise_gain_enclosure([[1]]).stopped != ""
    assert verify.transient_peak_enclosure(marginal).stopped != ""
    assert mpmath.mp.dps == 15, "nothing leaves a changed precision behind"
