"""Stochastic descent: exact moments, simulation, settling times, sentences."""

from __future__ import annotations

import numpy as np
import pytest

from verify.experiments.jobs import QuietSteps
from verify.experiments.model import NOT_REPRODUCED, REPRODUCED
from verify.experiments.problems import coupled_quadratics, extremal, generator
from verify.experiments.stochastic import Settings, exact_moments, settling_time, simulate, slope, stationary, table_stochastic

J = coupled_quadratics(0.8, 1.0, 2, 2, generator(0, "test"))
COVARIANCE = np.diag([0.1, 0.2, 0.3, 0.4])
START = np.array([1.0, -1.0, 2.0, 0.5])


def test_exact_moments_are_the_sum_of_traces() -> None:
    ((mean, second),) = exact_moments(J, COVARIANCE, START, (7,))
    powers = [np.linalg.matrix_power(J, k) for k in range(8)]
    assert mean == pytest.approx(powers[7] @ START, abs=1e-12)
    assert second == pytest.approx(np.linalg.norm(powers[7] @ START) ** 2 + sum(np.trace(P @ COVARIANCE @ P.T) for P in powers[:7]), rel=1e-12)


def test_the_stationary_covariance_solves_its_equation() -> None:
    X = stationary(J, COVARIANCE)
    assert X is not None and X == pytest.approx(J @ X @ J.T + COVARIANCE, abs=1e-12)
    assert exact_moments(J, COVARIANCE, START, (400,))[0][1] == pytest.approx(np.trace(X), rel=1e-10)
    assert stationary(extremal(1.0, 0.0), np.eye(2)) is None and stationary(extremal(1.1, 0.0), np.eye(2)) is None


def test_simulation_agrees_and_repeats() -> None:
    first, second = (simulate(J, COVARIANCE, START, (3, 20), 4000, generator(5, "simulation")) for _ in range(2))
    assert all(np.array_equal(a, b) for one, other in zip(first, second, strict=True) for a, b in zip(one, other, strict=True))
    for (mean, square), (ours, errors, found, error) in zip(exact_moments(J, COVARIANCE, START, (3, 20)), first, strict=True):
        assert (np.abs(ours - mean) <= 4.5 * errors).all() and abs(found - square) <= 4.5 * error


@pytest.mark.parametrize(("gamma", "c", "delta"), [(0.9, 0.0, 0.01), (0.9, 1.0, 0.01), (0.5, 3.0, 1e-3), (0.95, 0.2, 0.5), (0.001, 0.0, 0.01), (0.9, 5.0, 0.9)])
def test_settling_time_against_the_definition(gamma: float, c: float, delta: float) -> None:
    M = extremal(gamma, c)
    above = [t for t in range(2000) if np.linalg.norm(np.linalg.matrix_power(M, t), 2) > delta]
    assert settling_time(M, delta) == above[-1] + 1


def test_a_time_beyond_reach_is_none() -> None:
    assert settling_time(extremal(1.0, 0.0), 0.5) is None


def test_slope_of_a_power() -> None:
    assert slope([1, 2, 4, 8], [3, 12, 48, 192]) == pytest.approx(2)
    assert np.isnan(slope([2, 2], [1, 3]))


def test_the_table_records_what_has_no_number() -> None:
    report = table_stochastic(Settings(200, (5, 50), (0.1, 0.05, 0.02, 0.01), 0), 0, QuietSteps())
    floor = {row[0].shown: row for row in report.tables[1].rows}
    assert floor["extremal, γ = 0.9, c = 1, noise in the second block"][2].reason == "singular covariance"
    assert floor["γ = 1, c = 0"][1].ours is None and floor["γ = 1, c = 0"][1].reason == "no stationary law: ρ(J) ≥ 1"
    assert [s.status for s in report.sentences] == [NOT_REPRODUCED, REPRODUCED, NOT_REPRODUCED, NOT_REPRODUCED, REPRODUCED]
    assert len(report.figures) == 2 and report.counts() == (0, 0)
    assert "does not agree" not in {cell.reason for row in report.tables[0].rows for cell in row}
