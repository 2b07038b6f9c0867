"""Beyond the toy: every Jacobian against differences of its step, the bounds around the peak, failures."""

from __future__ import annotations

import numpy as np
import pytest

from verify.experiments import beyond
from verify.experiments.beyond import PROBLEMS, Settings, comparison, fixed_point, study
from verify.experiments.jobs import QuietSteps
from verify.jacobian import of_matrix

SMALL = Settings(3, 2000, 0)


@pytest.mark.parametrize("name", ["ridge", "network"])
def test_the_jacobian_of_a_nonlinear_step_is_its_slope(name: str, monkeypatch: pytest.MonkeyPatch) -> None:
    steps = []
    keep = beyond._at_rest
    monkeypatch.setattr(beyond, "_at_rest", lambda step, start, p, settings: steps.append((step, start)) or keep(step, start, p, settings))
    problem = PROBLEMS[name][1](SMALL)
    (step, start), direction = steps[0], np.random.default_rng(0).standard_normal(len(problem.J.matrix))
    z, residual = fixed_point(step, start, SMALL.steps)
    slope = (step(z + 1e-6 * direction) - step(z - 1e-6 * direction)) / 2e-6
    assert problem.J.matrix @ direction == pytest.approx(slope, abs=1e-7)
    assert problem.J.p == 1 and problem.residual == residual


def test_the_ridge_settles_where_its_hyper_gradient_vanishes() -> None:
    problem = PROBLEMS["ridge"][1](Settings())
    assert problem.residual <= beyond.SETTLED and problem.J.spectral_radius < 1


def test_linear_problems_by_their_definition() -> None:
    J = PROBLEMS["heavy-ball"][1](SMALL).J
    x, v = np.ones(3), np.array([1.0, 2.0, 3.0])
    H = -J.C
    after = 0.9 * v - H @ x
    assert J.matrix @ np.concatenate([x, v]) == pytest.approx(np.concatenate([x + after, after]))
    assert np.linalg.eigvalsh(H) == pytest.approx(np.geomspace(0.01, 1, 3))
    J = PROBLEMS["descent-ascent"][1](SMALL).J
    assert J.B == pytest.approx(-J.C.T) and J.departures().gamma == pytest.approx(0.95)
    assert study("descent-ascent", SMALL).kreiss == (1.0, 1.0)  # normal up to a rotation of the blocks: ‖J‖ < 1


def test_the_critic_converges_to_the_projected_values() -> None:
    """The slow block's fixed point is that of TD, whatever the correction: J has no eigenvalue 1."""
    J = PROBLEMS["td"][1](Settings()).J
    assert J.spectral_radius < 1 and abs(np.linalg.det(np.eye(len(J.matrix)) - J.matrix)) > 0


@pytest.mark.parametrize("name", list(PROBLEMS))
def test_the_bounds_are_in_order(name: str) -> None:
    one = study(name, SMALL)
    assert one.reason == "" and one.departures is not None
    assert 1 <= one.kreiss[0] <= one.kreiss[1] and one.kreiss[0] <= one.peak[1] and one.peak[0] <= one.similarity[1]
    assert one.departures.unmet, "none of these steps meets the paper's assumptions"


def test_comparison_bounds_a_coupled_matrix_and_gives_up_on_strong_feedback() -> None:
    J = of_matrix(np.array([[0.9, 0.0], [1.0, 0.9]]), 1)
    assert comparison(J) == pytest.approx(2.6)
    assert comparison(of_matrix(np.array([[0.9, -0.5], [0.5, 0.9]]), 1)) == np.inf


def test_a_divergent_step_is_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    with pytest.raises(ValueError, match="the step diverges"):
        fixed_point(lambda z: 10 * z, np.ones(2), 400)
    monkeypatch.setitem(beyond.PROBLEMS, "ridge", ("a divergent step", lambda settings: (_ for _ in ()).throw(ValueError("the step diverges"))))
    monkeypatch.setattr(beyond, "PROBLEMS", {"ridge": beyond.PROBLEMS["ridge"], "heavy-ball": beyond.PROBLEMS["heavy-ball"]})
    report = beyond.table_beyond(SMALL, 0, QuietSteps())
    for table in report.tables:
        assert {(cell.ours, cell.reason) for cell in table.rows[0][1:]} == {(None, "the step diverges")}
    assert [figure.name for figure in report.figures] == ["beyond-heavy-ball"]
