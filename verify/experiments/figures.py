"""The figures of the experiments, as curves that the report's drawing sets in light and dark. Floating point, for looking at."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import Any

import numpy as np

from verify.numerics.arrays import square
from verify.numerics.powers import power_norms
from verify.plots import pseudospectra
from verify.report.figures import Curve, FigureData

__all__ = ["bound_over_kappa", "level", "pseudospectra_curves", "pseudospectra_figure", "transient"]

MOST_TIMES, EVERY = 120, 50
"""So many times are drawn, the first ones one by one."""


def level(label: str, value: float, kind: str, first: float, last: float) -> Curve:
    """A horizontal line."""
    return Curve(f"{label} = {value:.4g}", (first, last), (value, value), kind)


def transient(name: str, title: str, J: Any, levels: Mapping[str, tuple[float, str]], times: int, caption: str) -> FigureData:
    """``‖J^t‖`` for ``t = 0, …, times`` with its largest value, and horizontal lines ``label: (value, kind)``; infinite ones are left out."""
    norms = power_norms(square(J), times + 1)
    shown = np.unique(np.concatenate([np.arange(min(times + 1, EVERY)), np.linspace(0, times, min(times + 1, MOST_TIMES)).astype(int)]))
    curve = Curve("$\\|J^t\\|$", tuple(map(float, shown)), tuple(float(norms[t]) for t in shown), "sharp")
    top = int(norms.argmax())
    peak = Curve(f"peak {norms[top]:.4g} at $t = {top}$", (float(top),), (float(norms[top]),), "found")
    lines = [level(label, value, kind, 0.0, float(times)) for label, (value, kind) in levels.items() if np.isfinite(value)]
    return FigureData(name, title, "$t$", "norm", "linear", "log", (curve, peak, *lines), caption)


def bound_over_kappa(
    name: str, gamma: float, curves: Mapping[str, tuple[Callable[[float], float], str]], points: Mapping[str, tuple[Sequence[float], Sequence[float], str]],
    kappas: Sequence[float],
) -> FigureData:
    """Bounds ``f(c)`` as curves over ``κ = c/(1 − γ)``, and measured values as points."""
    drawn = [Curve(label, tuple(kappas), tuple(f(kappa * (1 - gamma)) for kappa in kappas), kind) for label, (f, kind) in curves.items()]
    drawn += [Curve(label, tuple(x), tuple(y), kind) for label, (x, y, kind) in points.items()]
    caption = "Bounds and measured Kreiss constants over the coupling $\\kappa = c/(1-\\gamma)$; every point is certified."
    return FigureData(name, f"Bound against measured, γ = {gamma:g}", "$\\kappa$", "$K$", "log", "log", tuple(drawn), caption)


def pseudospectra_curves(J: Any, eps: float, re: Sequence[float], im: Sequence[float]) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The boundary of ``Λ_ε`` inside a region, its pieces parted by NaN."""
    found = pseudospectra(J, re, im, rtol=1e-3).contour(eps)
    pieces = [np.append(piece, complex(np.nan, np.nan)) for piece in found]
    z = np.concatenate(pieces) if pieces else np.array([complex(np.nan, np.nan)])
    return tuple(z.real.tolist()), tuple(z.imag.tolist())


def pseudospectra_figure(name: str, title: str, curves: Mapping[str, tuple[tuple[float, ...], tuple[float, ...]]], arc: float, caption: str) -> FigureData:
    """Several boundaries of ``Λ_ε`` by label, with the part of the unit circle near 1 up to the angle ``arc``."""
    kinds = ("sharp", "claimed", "lower")
    drawn = [Curve(label, x, y, kinds[k % len(kinds)]) for k, (label, (x, y)) in enumerate(curves.items())]
    turn = np.linspace(-arc, arc, 61)
    drawn.append(Curve("unit circle", tuple(np.cos(turn).tolist()), tuple(np.sin(turn).tolist()), "reference"))
    return FigureData(name, title, "Re $z$", "Im $z$", "linear", "linear", tuple(drawn), caption)
