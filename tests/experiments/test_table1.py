"""Table 1: the paper's estimator, the instances, the printed column."""

from __future__ import annotations

import json
from pathlib import Path

import numpy as np
import pytest

import verify
from verify.cli import main
from verify.experiments.grid import SPACINGS, grid_estimate, grid_estimate_on_real_axis, grid_radii
from verify.experiments.jobs import QuietSteps
from verify.experiments.model import REPRODUCED
from verify.experiments.problems import coupled_quadratics, extremal, generator
from verify.experiments.table1 import Settings, examine, table_1


@pytest.mark.parametrize("spacing", SPACINGS)
def test_radii_are_equally_spaced_where_they_say(spacing: str) -> None:
    excesses = grid_radii(60, spacing)  # type: ignore[arg-type]
    steps = np.diff(np.log(excesses) if spacing == "log(r-1)" else np.log1p(excesses))
    assert np.ptp(steps) <= 1e-12
    assert (excesses[0], excesses[-1]) == pytest.approx((1e-3, 2.0), rel=1e-12)


def test_radii_refuse_what_they_cannot_do() -> None:
    with pytest.raises(ValueError, match="count = 1"):
        grid_radii(1, "log r")
    with pytest.raises(ValueError, match="spacing = 'linear'"):
        grid_radii(20, "linear")  # type: ignore[arg-type]
    with pytest.raises(ValueError, match="0 < nearest < farthest"):
        grid_radii(20, "log r", nearest=3.0)


def test_the_estimator_is_what_it_says() -> None:
    """Against one SVD after another, all 360 arguments, on a matrix whose worst argument is not 0."""
    turn = np.array([[np.cos(1), -np.sin(1)], [np.sin(1), np.cos(1)]])
    J = np.block([[0.95 * turn, 0.5 * np.eye(2)], [np.zeros((2, 2)), 0.95 * turn]])
    excesses = grid_radii(5, "log(r-1)")
    points = [(e, (1 + e) * np.exp(2j * np.pi * k / 360)) for e in excesses for k in range(360)]
    expected = max(e / np.linalg.svd(z * np.eye(4) - J, compute_uv=False)[-1] for e, z in points)
    assert grid_estimate(J, excesses) == pytest.approx(expected, rel=1e-12)
    assert grid_estimate(J.astype(complex), excesses) == pytest.approx(expected, rel=1e-12)
    assert grid_estimate_on_real_axis(J, excesses) < 0.9 * expected


@pytest.mark.parametrize("number", range(4))
def test_the_real_axis_is_enough_for_the_class(number: int) -> None:
    J = coupled_quadratics(0.95, 1.0, 3, 2, generator(0, "test", number))
    for spacing in SPACINGS:
        excesses = grid_radii(20, spacing)
        assert grid_estimate_on_real_axis(J, excesses) == pytest.approx(grid_estimate(J, excesses), rel=1e-12)


def test_instances_belong_to_the_class() -> None:
    J = coupled_quadratics(0.9, 0.3, 4, 3, generator(1, "class"))
    A, C, D = J[:4, :4], J[4:, :4], J[4:, 4:]
    assert not J[:4, 4:].any() and (A == A.T).all() and (D == D.T).all()
    assert [np.linalg.norm(block, 2) for block in (A, C, D)] == pytest.approx([0.9, 0.3, 0.9], rel=1e-12)
    assert np.array_equal(J, coupled_quadratics(0.9, 0.3, 4, 3, generator(1, "class")))
    assert not np.array_equal(J, coupled_quadratics(0.9, 0.3, 4, 3, generator(2, "class")))


def test_an_instance_is_enclosed_and_the_grid_is_below() -> None:
    found = examine("0.90", "1.00", 0, 0, 0, 0)
    assert found.kreiss[0] <= 2.6 <= found.kreiss[1] <= 2.6 * (1 + 2e-6)
    assert found.peak_time == 9 and found.peak[0] <= verify.power_norm(extremal(0.9, 1.0), 9) * (1 + 1e-12)
    assert all(value <= found.kreiss[1] * (1 + 1e-9) for value in found.grid.values())
    for spacing in SPACINGS:
        assert found.grid_error(spacing, 200) <= found.grid_error(spacing, 20)


@pytest.fixture(scope="module")
def small() -> object:
    return table_1(Settings(((2, 2),), 1), 0, QuietSteps())


def test_all_four_printed_bounds_reproduce(small) -> None:  # type: ignore[no-untyped-def]
    assert small.counts() == (4, 4)
    column = [row[2] for row in small.tables[0].rows]
    assert [(cell.shown, cell.printed, cell.status) for cell in column] == [
        ("20.025", "20.03", REPRODUCED), ("22.5", "22.50", REPRODUCED), ("40.5", "40.50", REPRODUCED), ("225", "225.00", REPRODUCED),
    ]


def test_a_wrong_bound_would_not_reproduce(monkeypatch: pytest.MonkeyPatch) -> None:
    from verify.experiments import bounds

    right = bounds.paper_bound
    monkeypatch.setattr(bounds, "paper_bound", lambda gamma, c: right(gamma, c) + c / 10)
    assert table_1(Settings(((1, 1),), 1), 0, QuietSteps()).counts() == (1, 4)


def test_the_command_writes_and_says_where(tmp_path: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, small) -> None:  # type: ignore[no-untyped-def]
    monkeypatch.setattr("verify.experiments.table1.table_1", lambda settings, jobs, steps: small)
    assert main(["tables", "1", "--out", str(tmp_path / "out"), "--quick"]) == 0
    assert capsys.readouterr().out.startswith(f"Table 1: linear–quadratic problems. 4 of 4 surviving numbers reproduced. {tmp_path}/out/table1.html")
    data = json.loads((tmp_path / "out" / "table1.json").read_text(encoding="utf-8"))
    assert data["reproduced"] == 4 and "numpy" in data["versions"]
    assert {path.suffix for path in (tmp_path / "out").glob("table1.*")} == {".html", ".md", ".tex", ".json"}


@pytest.mark.parametrize(
    ("words", "message"),
    [
        (["tables", "7"], "argument TABLE: '7' is none of "),
        (["tables", "--seed", "x"], "argument --seed: got 'x', must be a whole number"),
        (["tables", "--jobs", "0"], "argument --jobs: got '0', must be a whole number"),
    ],
)
def test_bad_input_is_one_clear_message(
    words: list[str], message: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(words) == 2
    captured = capsys.readouterr()
    assert message in captured.err and captured.err.count("\n") == 1 and captured.out == ""
    assert not list(tmp_path.iterdir())


def test_an_unusable_folder_is_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "file").write_text("")
    assert main(["tables", "1", "--out", str(tmp_path / "file")]) == 2
    assert "argument --out" in capsys.readouterr().err


def test_the_command_knows_every_table() -> None:
    import importlib

    from verify.cli.commands import tables as command
    from verify.experiments.tables import TABLES

    assert command.NAMES == tuple(TABLES)
    for entry in TABLES.values():
        module = importlib.import_module(entry.module)
        assert callable(getattr(module, entry.function)) and module.Settings.quick(3).seed == module.Settings(seed=3).seed == 3
