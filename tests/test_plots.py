"""Pictures contain what they say, and cost nothing until asked for."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

import verify
from verify.plots import numerical_range

J = np.array([[0.9, 0.0, 0.0], [1.0, 0.8, 0.1], [0.0, 0.3, -0.5]])


def test_pseudospectra_with_all_their_parts(tmp_path: Path) -> None:
    figure = verify.plot_pseudospectra(J, points=30)
    axes = figure.axes[0]
    labels = [line.get_label() for line in axes.lines]
    assert labels == ["unit circle", "numerical range", "eigenvalues", "K attained"]
    found = verify.kreiss_constant(J, 1e-6)
    assert axes.lines[3].get_xydata()[0] == pytest.approx((found.z.real, found.z.imag))  # type: ignore[index]
    for values in (np.linalg.eigvals(J), numerical_range(J), np.array([1, -1, 1j, -1j])):
        assert (values.real > axes.get_xlim()[0]).all()
        assert (values.real < axes.get_xlim()[1]).all()
        assert (values.imag > axes.get_ylim()[0]).all()
    assert f"{found.value:.6g}" in axes.get_title()
    figure.savefig(tmp_path / "picture.svg")
    assert (tmp_path / "picture.svg").read_text(encoding="utf-8").lstrip().startswith("<?xml")


def test_the_contour_of_a_jordan_block_is_a_circle() -> None:
    """``Λ_ε([[γ, 0], [c, γ]])`` is the disc of radius ``√(ε² + cε)`` around ``γ`` (P20); a defective eigenvalue is no special case."""
    found = verify.pseudospectra([[0.5, 0.0], [1.0, 0.5]], points=121)
    (curve,) = found.contour(0.1)
    assert abs(curve - 0.5) == pytest.approx(np.sqrt(0.01 + 0.1), rel=2e-3)
    assert (found.re[0] < -1, found.re[-1] > 1, found.im[0] < -1, found.im[-1] > 1) == (True,) * 4
    given = verify.pseudospectra(J, np.array([1.5]), np.array([0.0, 0.25]))
    for height, y in zip(given.norms[:, 0], (0.0, 0.25), strict=True):
        assert height == pytest.approx(verify.resolvent_norm(J, 1.5 + 1j * y), rel=1e-5)
    assert verify.pseudospectra([[0.5]], [0.5], [0.0]).norms[0, 0] > 1e15  # at an eigenvalue
    with pytest.raises(ValueError, match="give both"):
        verify.pseudospectra(J, re=[0.0])
    with pytest.raises(ValueError, match="eps = 0"):
        found.contour(0)


def test_continuous_time_has_the_imaginary_axis() -> None:
    G = np.array([[-1.0, 0.0], [7.0, -2.0]])
    labels = [line.get_label() for line in verify.plot_pseudospectra(G, continuous=True, points=24, levels=[0.1, 1.0]).axes[0].lines]
    assert labels == ["imaginary axis", "numerical range", "eigenvalues", "K_c attained"]


@pytest.mark.parametrize("matrix", [np.zeros((1, 1)), np.eye(3), np.diag([0.5, -0.5]), np.array([[0.0, 1e6], [0.0, 0.0]]), np.array([[2.0]]), 1j * J], ids=str)
def test_degenerate_matrices_are_drawn(matrix: np.ndarray) -> None:
    shifted = matrix - 3 * np.eye(len(matrix))
    figures = [
        verify.plot_pseudospectra(matrix, points=12), verify.plot_powers(matrix),
        verify.plot_pseudospectra(shifted, points=12, continuous=True), verify.plot_powers(shifted, continuous=True, times=3),
    ]  # fmt: skip
    for figure in figures:
        figure.canvas.draw()
        assert len(np.unique(np.asarray(figure.canvas.buffer_rgba()))) > 2  # neither blank nor a frame alone
        assert any(len(line.get_xdata()) for line in figure.axes[0].lines)


def test_powers_between_their_bounds() -> None:
    axes = verify.plot_powers(J).axes[0]
    curve = axes.lines[0].get_ydata()
    assert max(curve) == pytest.approx(verify.transient_peak(J).value)
    names = [str(line.get_label()).split(" ")[0] for line in axes.lines]
    assert names == ["‖J^t‖", "K", "e·3·K", "√cond(P)", "peak"]
    kreiss, times_en, similarity = (float(line.get_ydata()[0]) for line in axes.lines[1:4])
    assert kreiss <= max(curve) <= min(times_en, similarity)
    continuous = verify.plot_powers(J - np.eye(3), continuous=True).axes[0]
    assert str(continuous.lines[0].get_label()) == "‖exp(tG)‖"


def test_the_numerical_range_is_the_segment_of_a_hermitian_matrix() -> None:
    points = numerical_range(np.diag([0.5, -0.25]))
    assert abs(points.imag).max() <= 1e-15
    assert (points.real.min(), points.real.max()) == pytest.approx((-0.25, 0.5))


def test_bad_arguments_are_named() -> None:
    with pytest.raises(ValueError, match="points = 1"):
        verify.plot_pseudospectra(J, points=1)
    with pytest.raises(ValueError, match="levels"):
        verify.plot_pseudospectra(J, levels=[0.0], points=12)
    with pytest.raises(ValueError, match="times = 0"):
        verify.plot_powers(J, times=0)


def test_matplotlib_is_loaded_by_a_picture_only() -> None:
    code = "import sys, verify; verify.kreiss_constant([[0.5]]); verify.plot_powers; assert 'matplotlib' not in sys.modules"
    done = subprocess.run([sys.executable, "-c", code], cwd=Path(__file__).resolve().parents[1], capture_output=True, text=True)
    assert done.returncode == 0, done.stderr
