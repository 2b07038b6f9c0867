"""Table 3: training in JAX, the exact Jacobian, and what is recorded where something goes wrong."""

from __future__ import annotations

import importlib.util
from pathlib import Path

import numpy as np
import pytest

from verify.cli import main
from verify.experiments import tables
from verify.experiments.jobs import QuietSteps
from verify.experiments.model import NOT_REPRODUCED, REPRODUCED
from verify.experiments.printed import TABLE_3
from verify.experiments.table3 import Checkpoint, Settings, Training, powers, sentences
from verify.jacobian import Departures


def test_without_jax_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    find = importlib.util.find_spec
    monkeypatch.setattr(tables.importlib.util, "find_spec", lambda name: None if name == "jax" else find(name))
    assert main(["tables", "3", "--out", str(tmp_path)]) == 2
    captured = capsys.readouterr()
    assert captured.out == "" and captured.err.count("\n") == 1
    assert 'table 3 needs jax, which is not installed: pip install "transient-verify[experiments]"' in captured.err
    assert not list(tmp_path.iterdir())


def test_powers_against_the_definition() -> None:
    J = np.array([[0.9, 1.0], [-0.2, 1.1]])
    norms, last = powers(J, 20)
    assert norms == pytest.approx([np.linalg.norm(np.linalg.matrix_power(J, t), 2) for t in range(21)], rel=1e-12)
    full = np.linalg.matrix_power(J, 20)
    assert last == pytest.approx(full / np.linalg.norm(full, 2), rel=1e-10)


def test_powers_that_overflow_are_refused_and_vanish_gracefully() -> None:
    with pytest.raises(ValueError, match="choose a shorter horizon"):
        powers(np.array([[1e10]]), 100)
    assert powers(np.array([[0.0, 1.0], [0.0, 0.0]]), 4)[0].tolist() == [1.0, 1.0, 0.0, 0.0, 0.0]


def checkpoint(gamma: float, peak: float) -> Checkpoint:
    return Checkpoint(Departures(0.1, 0.1, gamma, gamma, 0.0), peak, peak, gamma, (peak, np.inf), "local", (0.1, 0.1, 1.0, True), peak, (peak, np.nan))


def training(rate: str, number: int, gradient: tuple[float, float, float, int], stopped: str = "", gamma: float = 0.9) -> Training:
    return Training(rate, number, {} if stopped else {0: checkpoint(gamma, 1.5)}, gradient, stopped)


def test_sentences_follow_the_runs() -> None:
    settings = Settings(seeds=2, checkpoints=(0,))
    good = {rate: [training(rate, k, (1.0, 2.0, 0.1, 3)) for k in range(2)] for rate, _ in TABLE_3}
    assert [s.status for s in sentences(good, settings)] == [REPRODUCED, REPRODUCED]
    bad = {rate: [training(rate, 0, (1.0, 1.0, 0.1, 0)), training(rate, 1, (1.0, 2.0, 0.1, 3), gamma=2.0)] for rate, _ in TABLE_3}
    assert [s.status for s in sentences(bad, settings)] == [NOT_REPRODUCED, NOT_REPRODUCED]
    diverged = {rate: [training(rate, k, (1.0, 2.0, 0.1, 3), "training diverged: …") for k in range(2)] for rate, _ in TABLE_3}
    assert [s.status for s in sentences(diverged, settings)] == [NOT_REPRODUCED, NOT_REPRODUCED]


def test_divergent_runs_are_recorded_and_are_no_numbers(monkeypatch: pytest.MonkeyPatch) -> None:
    from verify.experiments import table3

    reason = "training diverged: the gradient is not finite from step 7 on"
    monkeypatch.setattr(table3, "examine_training", lambda rate, number, settings: training(rate, number, (1.0, 2.0, 2.0, 3), reason if number else ""))
    report = table3.table_3(Settings(seeds=2, checkpoints=(0,)), 0, QuietSteps())
    assumptions, runs = (next(table for table in report.tables if table.name == name) for name in ("assumptions", "runs"))
    assert {row[2].shown for row in assumptions.rows} == {"1 of 2"}
    assert [row[-1].reason for row in runs.rows] == ["", reason] * 3
    dynamics = next(table for table in report.tables if table.name == "dynamics")
    assert {(row[4].shown, row[4].reason) for row in dynamics.rows} == {("—", "1 of 1 diverged")}
    monkeypatch.setattr(table3, "examine_training", lambda rate, number, settings: training(rate, number, (1.0, 2.0, 2.0, 3), reason))
    printed = table3.table_3(Settings(seeds=2, checkpoints=(0,)), 0, QuietSteps()).tables[0]
    assert {(row[1].ours, row[1].status, row[1].reason) for row in printed.rows} == {(None, NOT_REPRODUCED, "no run reached the last checkpoint")}
