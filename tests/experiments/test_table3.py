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
    logs, last = powers(J, 20)
    assert np.exp(logs) == pytest.approx([np.linalg.norm(np.linalg.matrix_power(J, t), 2) for t in range(21)], rel=1e-12)
    full = np.linalg.matrix_power(J, 20)
    assert last == pytest.approx(full / np.linalg.norm(full, 2), rel=1e-10)


def test_powers_neither_overflow_nor_vanish() -> None:
    assert powers(np.array([[1e10]]), 100)[0] == pytest.approx(10 * np.log(10) * np.arange(101))
    assert np.exp(powers(np.array([[0.0, 1.0], [0.0, 0.0]]), 4)[0]).tolist() == [1.0, 1.0, 0.0, 0.0, 0.0]


def test_a_small_rate_is_given_more_steps() -> None:
    assert [Settings().steps(rate) for rate, _ in TABLE_3] == [(0, 10_000, 20_000), (0, 1000, 2000), (0, 1000, 2000)]


def checkpoint(gamma: float, peak: float) -> Checkpoint:
    return Checkpoint(Departures(0.1, 0.1, gamma, gamma, 0.0), peak, peak, gamma, (peak, np.inf), "local", (0.1, 0.1, 1.0, True), peak, (peak, np.nan))


def training(rate: str, number: int, gradient: tuple[float, float, float, int], stopped: str = "", gamma: float = 0.9) -> Training:
    return Training(rate, number, {} if stopped else {0: checkpoint(gamma, 1.5)}, gradient, stopped)


def test_sentences_follow_the_runs() -> None:
    settings = Settings(seeds=2, checkpoints=(0,))

    def judged(runs: dict[str, list[Training]]) -> list[bool]:
        return [sentence.status == REPRODUCED for sentence in sentences(runs, settings)]

    good = {rate: [training(rate, k, (1.0, 2.0, 0.1, 3)) for k in range(2)] for rate, _ in TABLE_3}
    # gradient norm; two trajectories, of which the second pair diverged; the Jacobian; then γ, the peak, K_r
    assert judged(good) == [True, True, False, True, True, True, True]
    slow = {rate: [*runs, training(rate, 2, (1.0, 1.0, 0.9, 3))] for rate, runs in good.items()}
    assert judged(slow)[:2] == [True, True]  # what does not converge has nothing that could precede it
    calm = {rate: [training(rate, 0, (1.0, 1.0, 0.1, 0)), training(rate, 1, (1.0, 2.0, 0.1, 3), gamma=2.0)] for rate, _ in TABLE_3}
    assert judged(calm) == [False, True, False, True, False, True, True]
    diverged = {rate: [training(rate, k, (1.0, 2.0, 0.1, 3), "training diverged: …") for k in range(2)] for rate, _ in TABLE_3}
    assert judged(diverged) == [False] * 7


def test_finished_runs_are_kept_when_the_rest_is_stopped(monkeypatch: pytest.MonkeyPatch) -> None:
    from verify.experiments import table3
    from verify.experiments.jobs import Stopped

    def stopped(function: object, plan: list[tuple[str, int, Settings]], *_: object) -> None:
        raise Stopped([training(rate, number, (1.0, 2.0, 0.1, 3)) if number == 0 else None for rate, number, _ in plan])

    monkeypatch.setattr(table3, "in_order", stopped)
    report = table3.table_3(Settings(seeds=2, checkpoints=(0,)), 2, QuietSteps())
    assert report.stopped == "Stopped: 3 of 6 runs were finished, and only those count here."
    monkeypatch.setattr(table3, "in_order", lambda *_: (_ for _ in ()).throw(Stopped([None] * 6)))
    with pytest.raises(KeyboardInterrupt):
        table3.table_3(Settings(seeds=2, checkpoints=(0,)), 2, QuietSteps())


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
