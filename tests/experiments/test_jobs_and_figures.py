"""Work over processes, progress, and the figures' data."""

from __future__ import annotations

import io
import operator
import os
from fractions import Fraction

import numpy as np
import pytest

from verify.experiments import figures
from verify.experiments.jobs import LineSteps, QuietSteps, TerminalSteps, in_order, steps_for
from verify.experiments.printed import TABLE_3
from verify.report.figures import draw


@pytest.mark.parametrize("jobs", [0, 2])
def test_results_come_in_order_whatever_the_number_of_processes(jobs: int) -> None:
    before = dict(os.environ)
    assert in_order(pow, [(k, 2) for k in range(7)], jobs, QuietSteps(), "squares") == [k * k for k in range(7)]
    assert dict(os.environ) == before


@pytest.mark.parametrize("jobs", [0, 1])
def test_an_error_comes_through(jobs: int) -> None:
    with pytest.raises(ZeroDivisionError):
        in_order(operator.truediv, [(1, 1), (1, 0)], jobs, QuietSteps(), "quotients")


def test_lines_tell_how_far_it_is() -> None:
    stream = io.StringIO()
    in_order(pow, [(2, 3), (2, 4)], 0, LineSteps(stream, pause=0), "Table 9")
    assert stream.getvalue() == "Table 9: 1 of 2\nTable 9: 2 of 2\n"
    assert isinstance(steps_for(True), QuietSteps) and isinstance(steps_for(False, stream), LineSteps)


def test_a_bar_on_a_terminal_goes_away() -> None:
    stream = io.StringIO()
    in_order(pow, [(2, 3)], 0, TerminalSteps(stream), "Table 9")
    assert "\n\n" not in stream.getvalue()


def test_a_transient_figure_leaves_infinite_bounds_out() -> None:
    J = np.array([[0.9, 0.0], [1.0, 0.9]])
    data = figures.transient("f", "A transient", J, {"$K$": (2.6, "lower"), "bound": (np.inf, "claimed")}, 1000, "Caption.")
    assert [curve.label for curve in data.curves] == ["$\\|J^t\\|$", "peak 3.913 at $t = 9$", "$K$ = 2.6"]
    assert data.curves[0].y[:2] == (1.0, pytest.approx(np.linalg.norm(J, 2))) and len(data.curves[0].x) <= 170 and data.curves[0].x[-1] == 1000
    svg = draw(data)
    assert "<svg" in svg and "currentColor" not in svg


def test_contours_are_where_the_resolvent_says() -> None:
    J = np.array([[0.9, 0.0], [1.0, 0.9]])
    x, y = figures.pseudospectra_curves(J, 0.01, tuple(np.linspace(0.6, 1.2, 201)), tuple(np.linspace(-0.3, 0.3, 201)))
    z = np.array([complex(a, b) for a, b in zip(x, y, strict=True) if not np.isnan(a)])
    assert len(z) > 50 and np.abs(z - 0.9) == pytest.approx(np.full(len(z), np.sqrt(0.01**2 + 0.01)), rel=1e-2)  # P20 (i)
    assert np.isnan(figures.pseudospectra_curves(J, 1e-9, (2.0, 2.1, 2.2), (0.0, 0.1, 0.2))[0]).all()
    drawn = figures.pseudospectra_figure("p", "Title", {"step 0": (x, y)}, 0.2, "Caption.")
    assert [curve.label for curve in drawn.curves] == ["step 0", "unit circle"] and "<svg" in draw(drawn)


def test_the_printed_second_column_is_one_minus_twice_the_rate() -> None:
    assert all(Fraction(gamma) == 1 - 2 * Fraction(rate) for rate, gamma in TABLE_3)
