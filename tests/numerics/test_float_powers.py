"""Norms of powers and their supremum."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.numerics.float_cases import U, stable
from verify.numerics.powers import power_norm, power_norms, transient_peak, transient_peaks

SEEDS = st.integers(0, 2**32 - 1)


def extremal_norm(g: float, c: float, t: int) -> float:
    """``‖[[g, 0], [c, g]]^t‖ = g^t exp(arsinh(t c / 2g))`` (theory.md, T8)."""
    return float(np.exp(t * np.log(g) + np.arcsinh(t * c / (2 * g))))


@pytest.mark.parametrize(("g", "c"), [(0.9, 1.0), (0.99, 0.3), (0.5, 0.1), (0.999, 2.0), (0.99999, 1.0)])
def test_extremal_two_by_two(g: float, c: float) -> None:
    """The peak time is an integer next to ``t* = sqrt(1/L² - 4 g²/c²)``; powers lose at most ``u`` a multiplication."""
    J = np.array([[g, 0], [c, g]])
    L = -np.log(g)
    real_time = np.sqrt(max(1 / L**2 - 4 * g**2 / c**2, 0.0))
    exact = max(extremal_norm(g, c, t) for t in range(max(int(real_time) - 1, 0), int(real_time) + 3))
    peak = transient_peak(J)
    assert peak.label == "global in floating point"
    assert abs(peak.time - real_time) <= 2
    assert peak.value == pytest.approx(exact, rel=16 * U * (peak.time + 1))
    assert power_norm(J, peak.time) == pytest.approx(exact, rel=16 * U * (peak.time + 1))


@given(SEEDS, st.integers(1, 5), st.booleans())
@settings(max_examples=30, deadline=None)
def test_peak_against_all_powers(seed: int, n: int, real: bool) -> None:
    J = stable(np.random.default_rng(seed), n, real)
    peak = transient_peak(J)
    norms = power_norms(J, 500)
    error = 1 + 32 * n * U * 500
    assert norms[0] == 1.0
    assert norms.max() <= peak.value * error
    assert peak.horizon is not None
    assert power_norm(J, peak.horizon) <= 1 + 8 * n * U
    assert peak.time < peak.horizon
    values, times = transient_peaks(J[None])
    assert values[0] <= peak.value * error
    assert power_norm(J, int(times[0])) == pytest.approx(values[0], rel=32 * n * U * (times[0] + 1))


def test_the_batch_finds_early_and_late_peaks() -> None:
    stack = np.array([[[0.0, 5.0], [0.0, 0.0]], [[0.9999, 0.0], [1.0, 0.9999]], [[0.5, 0.0], [0.0, 0.5]]])
    values, times = transient_peaks(stack)
    assert times[0] == 1
    assert times[2] == 0
    assert values[0] == 5.0
    assert values[2] == 1.0
    assert values[1] == pytest.approx(max(extremal_norm(0.9999, 1.0, t) for t in range(9990, 10010)), rel=16 * U * 1e4)


def test_infinite_and_marginal() -> None:
    assert transient_peak([[1.1]]).value == np.inf
    assert transient_peak([[1.1]]).time == -1
    angle = np.array([[np.cos(1), -np.sin(1)], [np.sin(1), np.cos(1)]])
    turning = transient_peak(angle)
    assert turning.value == pytest.approx(1.0, rel=16 * U)
    assert turning.label == "global in floating point"
    growing = transient_peak([[1.0, 1.0], [0.0, 1.0]])  # defective on the circle: no finite supremum, and floats cannot know
    assert growing.label == "local"
    assert growing.horizon is None


def test_bad_exponents_are_named() -> None:
    with pytest.raises(TypeError, match=r"t = 1\.5"):
        power_norm([[0.5]], 1.5)  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="t = -1"):
        power_norm([[0.5]], -1)
    with pytest.raises(ValueError, match="times = 0"):
        power_norms([[0.5]], 0)


def test_powers_that_overflow_are_infinite() -> None:
    """A nilpotent matrix whose third power is beyond the range of floats: ``inf``, without a complaint, and nothing for its neighbour."""
    wild = np.diag(np.full(3, 1e150), -1)
    mild = np.diag([3.0, 0.5, 0.5], -1)
    values, times = transient_peaks(np.stack([wild, mild]))
    assert values[0] == np.inf
    assert times[0] == -1
    assert values[1] == transient_peaks(mild[None])[0][0]
