"""Pictures: pseudospectra with what the Kreiss constant sees in them, and the transient with its bounds. Floating point, for looking at.

Matplotlib is imported when a picture is asked for. A picture is a ``Figure`` that is registered nowhere: ``figure.savefig("name.svg")`` writes it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, cast

import numpy as np
from numpy.typing import ArrayLike

from verify.numerics.arrays import Array, ComplexArray, RealArray, square
from verify.numerics.exponential import exponential, exponential_peak
from verify.numerics.kreiss import kreiss_constant
from verify.numerics.powers import power_norms, transient_peak
from verify.numerics.pseudospectrum import resolvent_norm_grid
from verify.numerics.similarity import similarity_bound
from verify.numerics.spectra import spectral_norms

if TYPE_CHECKING:
    from matplotlib.axes import Axes
    from matplotlib.figure import Figure

__all__ = ["Pseudospectra", "plot_powers", "plot_pseudospectra", "pseudospectra"]

INK, BOUNDARY, RANGE, SPECTRUM, POINT = "#7b8087", "#d2553f", "#9a6fc0", "#2f9466", "#3d86c6"
"""Of middle lightness: they read on white and on black."""
ANGLES = 181
FARTHEST = 3.0
"""A maximising point beyond so many times the size of the picture is named in the title instead of drawn."""
MOST_TIMES = 20_000


@dataclass(frozen=True)
class Pseudospectra:
    """Resolvent norms on a grid: ``norms[j, k] = ‖((re[k] + i im[j])I − J)^{-1}‖``; at an eigenvalue the reciprocal of rounding. Floating point."""

    re: RealArray
    im: RealArray
    norms: RealArray

    def contour(self, eps: float) -> list[ComplexArray]:
        """The boundary of ``Λ_ε = {z : ‖R(z)‖ > 1/ε}`` inside the region, as curves of complex points, interpolated linearly in ``log ‖R‖``.

        Raises:
            ValueError: if ``eps`` is not positive and finite.
        """
        if not 0 < eps < np.inf:
            raise ValueError(f"eps = {eps}; a positive finite number is needed")
        from contourpy import contour_generator

        heights = np.log(np.minimum(self.norms, 1e300))
        lines = cast("list[RealArray]", contour_generator(self.re, self.im, heights).lines(-np.log(eps)))
        return [line[:, 0] + 1j * line[:, 1] for line in lines]


def pseudospectra(
    J: ArrayLike, re: ArrayLike | None = None, im: ArrayLike | None = None, *, points: int = 160, continuous: bool = False, rtol: float = 1e-5
) -> Pseudospectra:
    """``‖R(z)‖`` on a grid, to a relative ``rtol``; on a region chosen to hold the spectrum, the numerical range, the stability boundary and the point
    where the Kreiss constant is attained (if that is near), unless the axes ``re`` and ``im`` are both given. Not rigorous.

    Multiple and defective eigenvalues are no special case: nothing is interpolated from eigenvalues.

    Raises:
        TypeError, ValueError: if ``J`` is not a square matrix of finite machine numbers, ``points < 2``, or only one axis is given or an axis is empty.
    """
    matrix = square(J, "G" if continuous else "J")
    if points < 2:
        raise ValueError(f"points = {points}; at least 2 grid points on an axis are needed")
    if (re is None) != (im is None):
        raise ValueError("re and im are the two axes of one grid: give both, or neither")
    if re is None or im is None:
        found = kreiss_constant(matrix, 1e-6, continuous=continuous)
        axes = _region(np.linalg.eigvals(matrix), numerical_range(matrix), found.z, continuous, points)
    else:
        axes = np.asarray(re, dtype=float).ravel(), np.asarray(im, dtype=float).ravel()
        if any(axis.size == 0 or not np.isfinite(axis).all() for axis in axes):
            raise ValueError("re and im must be non-empty and finite")
    return Pseudospectra(*axes, resolvent_norm_grid(matrix, *axes, rtol))


def plot_pseudospectra(J: ArrayLike, *, levels: ArrayLike | None = None, points: int = 160, continuous: bool = False, ax: Axes | None = None) -> Figure:
    """Contours of ``log10 ‖R(z)‖``, the eigenvalues, the boundary of the numerical range, the unit circle (``continuous``: the imaginary axis) and the
    point where ``(|z| − 1)‖R(z)‖`` (``Re z ‖R(z)‖``) attains the Kreiss constant.

    The region contains all of these with a margin. ``levels``: the ``ε`` of the ``ε``-pseudospectra, seven powers of 10 if not given. ``points``: grid
    points on each axis. Returns the figure, that of ``ax`` where one was given.

    Raises:
        TypeError, ValueError: if ``J`` is not a square matrix of finite machine numbers, ``points < 2`` or a level is not positive.
    """
    matrix = square(J, "G" if continuous else "J")
    if points < 2:
        raise ValueError(f"points = {points}; at least 2 grid points on an axis are needed")
    values, hull = np.linalg.eigvals(matrix), numerical_range(matrix)
    found = kreiss_constant(matrix, 1e-6, continuous=continuous)
    re, im = _region(values, hull, found.z, continuous, points)
    heights = -np.log10(np.maximum(pseudospectra(matrix, re, im).norms, 1e-300))
    figure, axes = _axes(ax)
    contours = axes.contour(re, im, heights, levels=_log_levels(levels, heights), cmap="viridis", linewidths=1.1)
    bar = figure.colorbar(contours, ax=axes, shrink=0.85)
    bar.set_label("log₁₀ ε")
    if continuous:
        axes.axvline(0.0, color=BOUNDARY, linewidth=1.3, label="imaginary axis")
    else:
        turn = np.exp(1j * np.linspace(0, 2 * np.pi, 361))
        axes.plot(turn.real, turn.imag, color=BOUNDARY, linewidth=1.3, label="unit circle")
    axes.plot(hull.real, hull.imag, color=RANGE, linewidth=1.2, linestyle="--", label="numerical range")
    axes.plot(values.real, values.imag, linestyle="", marker="x", markersize=6, color=SPECTRUM, label="eigenvalues")
    axes.set(xlabel="Re z", ylabel="Im z", xlim=(re[0], re[-1]), ylim=(im[0], im[-1]), aspect="equal")
    name = "K_c" if continuous else "K"
    if np.isfinite(found.z) and np.isfinite(found.value):
        inside = re[0] <= found.z.real <= re[-1] and im[0] <= found.z.imag <= im[-1]
        if inside:
            axes.plot(found.z.real, found.z.imag, linestyle="", marker="*", markersize=11, color=POINT, label=f"{name} attained")
    axes.set_title(f"{name} = {found.value:.6g} ({found.label}){_place(found.z)}", fontsize=10)
    axes.legend(fontsize=8, loc="upper right", framealpha=0.6)
    return figure


def plot_powers(J: ArrayLike, *, times: int | None = None, continuous: bool = False, ax: Axes | None = None) -> Figure:
    """``‖J^t‖`` against ``t`` (``continuous``: ``‖e^{tG}‖``), with the peak, the Kreiss constant below it, and above it ``e n K`` and, in discrete
    time, ``√cond(P)``.

    ``times``: the last time, chosen from the peak if not given. Returns the figure.

    Raises:
        TypeError, ValueError: if ``J`` is not a square matrix of finite machine numbers, or ``times < 1``.
    """
    matrix = square(J, "G" if continuous else "J")
    if times is not None and times < 1:
        raise ValueError(f"times = {times}; the last time is at least 1")
    constant = kreiss_constant(matrix, 1e-6, continuous=continuous).value
    peak = exponential_peak(matrix, 1e-6) if continuous else transient_peak(matrix)
    shown = times if times is not None else _last_time(peak.time)
    if continuous:
        t: np.ndarray = np.linspace(0.0, shown, 400)
        norms = _exponential_norms(matrix, t)
    else:
        t = np.arange(min(int(shown), MOST_TIMES) + 1)
        norms = power_norms(matrix, len(t))
    figure, axes = _axes(ax)
    axes.plot(t, norms, color=POINT, linewidth=1.6, label="‖exp(tG)‖" if continuous else "‖J^t‖")
    bounds = [("K", constant, SPECTRUM, "-."), (f"e·{len(matrix)}·K", np.e * len(matrix) * constant, BOUNDARY, "--")]
    if not continuous:
        bounds.append(("√cond(P)", similarity_bound(matrix).value, RANGE, ":"))
    for name, value, colour, dash in bounds:
        if np.isfinite(value):
            axes.axhline(value, color=colour, linestyle=dash, linewidth=1.4, label=f"{name} = {value:.5g}")
    if np.isfinite(peak.value) and peak.time <= t[-1]:
        axes.plot(peak.time, peak.value, linestyle="", marker="o", color=INK, label=f"peak {peak.value:.5g} at t = {peak.time:.5g} ({peak.label})")
    axes.set(xlabel="t", ylabel="norm", yscale="log")
    axes.legend(fontsize=8, framealpha=0.6)
    return figure


def numerical_range(J: Array, angles: int = ANGLES) -> ComplexArray:
    """Points of the boundary of ``{v*Jv : ‖v‖ = 1}``, one for each direction of a supporting line, the first repeated at the end; shape ``(angles,)``."""
    theta = np.linspace(0, 2 * np.pi, angles)
    turned = np.exp(-1j * theta)[:, None, None] * J
    vectors = np.linalg.eigh(0.5 * (turned + turned.conj().swapaxes(1, 2)))[1][:, :, -1]
    return np.einsum("ki,ij,kj->k", vectors.conj(), J, vectors)


def _region(values: ComplexArray, hull: ComplexArray, z: complex, continuous: bool, points: int) -> tuple[RealArray, RealArray]:
    """A square grid's axes around the spectrum, the numerical range, the stability boundary and, if it is near, the maximising point."""
    corners = np.concatenate([values, hull, np.array([0.0]) if continuous else np.array([1, -1, 1j, -1j])])
    size = max(float(np.ptp(corners.real)), float(np.ptp(corners.imag)), 1e-3 * float(np.abs(corners).max()), 1e-12)
    if np.isfinite(z) and abs(z - corners.mean()) <= FARTHEST * size:
        corners = np.append(corners, z)
    low, high = corners.real.min() + 1j * corners.imag.min(), corners.real.max() + 1j * corners.imag.max()
    middle, half = 0.5 * (low + high), 0.5 * max((high - low).real, (high - low).imag, size) * 1.15
    return np.linspace(middle.real - half, middle.real + half, points), np.linspace(middle.imag - half, middle.imag + half, points)


def _log_levels(levels: ArrayLike | None, heights: RealArray) -> list[float]:
    if levels is not None:
        given = np.asarray(levels, dtype=float).ravel()
        if given.size == 0 or not (given > 0).all():
            raise ValueError(f"levels = {levels}; positive values of ε are needed")
        return sorted({float(x) for x in np.log10(given)})
    top = float(np.median(heights[np.isfinite(heights)]))
    step = max(0.25, np.ceil(2 * (top - max(float(np.quantile(heights, 0.001)), top - 14)) / 7) / 4)
    return [step * (np.floor(top / step) - k) for k in reversed(range(7))]


def _place(z: complex) -> str:
    return "" if not np.isfinite(z) else f", z = {z.real:.5g}" + ("" if z.imag == 0 else f" {'+' if z.imag > 0 else '−'} {abs(z.imag):.5g}i")


def _last_time(peak_time: float) -> int:
    return 60 if not 0 <= peak_time < np.inf else max(10, int(np.ceil(4 * peak_time)))


def _exponential_norms(G: Array, t: RealArray) -> RealArray:
    """On a uniform grid: one exponential, then products."""
    step, flow, norms = exponential(G, float(t[1])), np.eye(len(G), dtype=G.dtype), []
    for _ in t:
        norms.append(float(spectral_norms(flow[None])[0]))
        flow = flow @ step
    return np.array(norms)


def _axes(ax: Axes | None) -> tuple[Figure, Axes]:
    from matplotlib.backends.backend_agg import FigureCanvasAgg
    from matplotlib.figure import Figure

    if ax is not None:
        return ax.figure, ax  # type: ignore[return-value]
    figure = Figure(figsize=(6.4, 5.2), layout="constrained")
    FigureCanvasAgg(figure)
    return figure, figure.add_subplot()
