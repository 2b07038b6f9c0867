"""Table 2: semidefinite programs, what becomes of an inadmissible P, and the sentences."""

from __future__ import annotations

import importlib.util

import numpy as np
import pytest

from verify.experiments import semidefinite
from verify.experiments.jobs import QuietSteps
from verify.experiments.model import NOT_REPRODUCED, REPRODUCED
from verify.experiments.problems import extremal
from verify.experiments.semidefinite import NOT_INSTALLED, Solved, examine_form, solve
from verify.experiments.table2 import Comparison, Settings, compare, sentences, table_2

J = extremal(0.9, 1.0)
CLOSED = 1 / (1 - 0.81)


def needs_cvxpy() -> None:
    pytest.importorskip("cvxpy", reason="cvxpy is in the extra `experiments`")
    pytest.importorskip("clarabel", reason="clarabel is in the extra `experiments`")


def test_an_admissible_form_is_a_number() -> None:
    found = examine_form(J, np.diag([CLOSED**2 * (1 + 1e-9), 1.0]))
    assert found.value == pytest.approx(CLOSED, rel=1e-8)


@pytest.mark.parametrize(
    ("P", "reason"),
    [
        (np.diag([CLOSED**2 * (1 - 1e-12), 1.0]), "infeasible"),  # too small by less than a solver's tolerance
        (np.eye(2), "infeasible: λ_min(P − JᵀPJ) = -"),
        (np.diag([1.0, -1.0]), "P is not positive definite: least eigenvalue -1.0e+00"),
        (np.diag([1.0, np.nan]), "the solver's P is not finite"),
    ],
)
def test_what_is_not_admissible_is_no_number(P: np.ndarray, reason: str) -> None:
    found = examine_form(J, P)
    assert found.value is None and found.reason.startswith(reason)


def test_without_cvxpy_the_column_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(semidefinite.importlib.util, "find_spec", lambda name: None if name == "cvxpy" else find(name))
    assert solve(J) == Solved(None, NOT_INSTALLED)


def test_the_solver_agrees_with_the_closed_form() -> None:
    needs_cvxpy()
    assert solve(J, 1e-7).value == pytest.approx(CLOSED, rel=1e-4)


def test_a_failing_solver_is_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    needs_cvxpy()
    import cvxpy

    def fail(*_: object, **__: object) -> None:
        raise cvxpy.error.SolverError("Solver 'CLARABEL' failed.\nTry another.")

    monkeypatch.setattr(cvxpy.Problem, "solve", fail)
    assert solve(J) == Solved(None, "the solver failed: Solver 'CLARABEL' failed. Try another.")


def test_an_unstable_matrix_has_no_form() -> None:
    needs_cvxpy()
    found = solve(np.diag([1.1, 0.5]))
    assert found.value is None and ("infeasible" in found.reason or "failed" in found.reason)


def test_the_extremal_instance_attains_the_closed_form(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verify.experiments.table2.solve", lambda *_: Solved(None, "left out"))
    found = compare("0.90", "1.00", 0, 0, 0, 0)
    assert found.similarity[0] <= CLOSED <= found.similarity[1]
    assert found.kreiss[0] <= 2.6 <= found.kreiss[1]
    assert found.similarity[1] <= found.similarity[0] * 1.02


def test_the_table_counts_nothing_where_nothing_was_printed(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("verify.experiments.table2.solve", lambda *_: Solved(None, "left out"))
    report = table_2(Settings(((1, 1),), 1), 0, QuietSteps())
    assert report.counts() == (0, 0) and report.headline.startswith("No number of this table survived")
    assert {cell.reason for row in report.tables[0].rows for cell in row[6:8]} == {"left out"}
    assert next(s.status for s in report.sentences) == REPRODUCED


def test_sentences_follow_the_numbers() -> None:
    solved = Solved(None, "")
    good = Comparison("0.95", "1.00", "made up", (10.0, 10.0), (30.0, 30.0), (31.0, 32.0), solved, solved)
    assert [s.status for s in sentences([good])] == [REPRODUCED, REPRODUCED, "NOT_TESTABLE", REPRODUCED, NOT_REPRODUCED]
    broken = Comparison("0.95", "1.00", "made up", (10.0, 10.0), (9.0, 9.5), (400.0, 401.0), solved, solved)
    assert [s.status for s in sentences([broken])] == [NOT_REPRODUCED, NOT_REPRODUCED, "NOT_TESTABLE", NOT_REPRODUCED, REPRODUCED]
