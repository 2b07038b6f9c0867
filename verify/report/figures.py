"""Curves drawn as SVG that reads on light and on dark paper; the same data give the same bytes.

Colours are of middle lightness (contrast above 3 on white and on near-black), and every kind of curve has a dash or a marker of its own.
"""

from __future__ import annotations

import io
import re
from dataclasses import dataclass
from typing import TYPE_CHECKING

from verify.report.markup import Html

if TYPE_CHECKING:
    from matplotlib.axes import Axes

__all__ = ["KINDS", "SCALES", "Curve", "FigureData", "draw", "inline"]

SCALES = ("linear", "log", "symlog")
INK = "#7b8087"
"""Axes and letters. Inline in the page it becomes ``currentColor``."""

KINDS: dict[str, dict[str, object]] = {
    "claimed": {"color": "#d2553f", "linestyle": (0, (6, 2.5)), "linewidth": 1.8},
    "sharp": {"color": "#3d86c6", "linestyle": "-", "linewidth": 1.8},
    "found": {"color": "#2f9466", "linestyle": "", "marker": "o", "markersize": 4.5, "markerfacecolor": "none"},
    "lower": {"color": "#9a6fc0", "linestyle": (0, (1, 2)), "linewidth": 2.0},
    "reference": {"color": INK, "linestyle": (0, (6, 2, 1, 2)), "linewidth": 1.2},
}
"""How each kind of curve looks: the paper's claim, the exact worst case, certified instances, a lower bound, anything to compare with."""

MOST_INSIDE = 3
"""So many curves have their legend inside the axes."""

MARKERS = ("", "s", "^", "D", "v")
"""A second, third, … curve of the same kind is told apart by sparse markers."""

SETTINGS = {
    "svg.hashsalt": "verify", "svg.fonttype": "path", "font.family": "STIXGeneral", "mathtext.fontset": "stix", "font.size": 11.5,
    "axes.edgecolor": INK, "axes.labelcolor": INK, "xtick.color": INK, "ytick.color": INK, "text.color": INK, "axes.linewidth": 0.8,
    "axes.spines.top": False, "axes.spines.right": False, "grid.color": INK, "grid.alpha": 0.22, "grid.linewidth": 0.6, "axes.grid": True,
    "axes.axisbelow": True, "legend.frameon": False, "legend.fontsize": 10.5, "lines.markeredgewidth": 1.2,
}


@dataclass(frozen=True)
class Curve:
    """Points joined in their order. ``kind`` is a key of ``KINDS``. A NaN breaks the line."""

    label: str
    x: tuple[float, ...]
    y: tuple[float, ...]
    kind: str

    def __post_init__(self) -> None:
        if self.kind not in KINDS:
            raise ValueError(f"Curve.kind = {self.kind!r}: choose one of {', '.join(KINDS)}")
        if not self.x or len(self.x) != len(self.y):
            raise ValueError(f"Curve {self.label!r}: {len(self.x)} values x and {len(self.y)} values y; give as many of each, at least one")


@dataclass(frozen=True)
class FigureData:
    """One figure. ``name`` becomes ``figures/NAME.svg``; labels and caption may hold ``$LaTeX$``; scales are of ``SCALES``."""

    name: str
    title: str
    xlabel: str
    ylabel: str
    xscale: str
    yscale: str
    curves: tuple[Curve, ...]
    caption: str

    def __post_init__(self) -> None:
        if not re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9_-]*", self.name):
            raise ValueError(f"FigureData.name = {self.name!r}: use letters, digits, hyphens and underscores; it becomes a file name")
        for scale in (self.xscale, self.yscale):
            if scale not in SCALES:
                raise ValueError(f"FigureData {self.name!r}: scale {scale!r} is unknown; choose one of {', '.join(SCALES)}")
        if not self.curves:
            raise ValueError(f"FigureData {self.name!r} has no curves; give at least one")


def draw(data: FigureData) -> str:
    """The figure as a stand-alone SVG document without date, creator or any address to load."""
    from matplotlib import style  # not needed to make the data, and half a second to import
    from matplotlib.backends.backend_svg import FigureCanvasSVG
    from matplotlib.figure import Figure

    with style.context(SETTINGS, after_reset=True):
        figure = Figure(figsize=(6.6, 3.9), layout="constrained")
        FigureCanvasSVG(figure)
        _plot(figure.add_subplot(), data)
        buffer = io.StringIO()
        figure.savefig(buffer, format="svg", transparent=True)
    return _tidied(buffer.getvalue(), data.name)


def inline(svg: str, title: str) -> Html:
    """The drawing for embedding: no XML prologue, letters in the page's own colour, a name for those who do not see it."""
    body = svg[svg.index("<svg"):].replace(INK, "currentColor")
    label = title.replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
    return Html(body.replace("<svg ", f'<svg role="img" aria-label="{label}" ', 1).strip())


def _plot(axes: Axes, data: FigureData) -> None:
    seen: dict[str, int] = {}
    for curve in data.curves:
        rank = seen[curve.kind] = seen.get(curve.kind, -1) + 1
        look = dict(KINDS[curve.kind])
        if rank:
            sparse = max(1, len(curve.x) // 8) if look["linestyle"] else 1
            look |= {"marker": MARKERS[rank % len(MARKERS)], "markevery": sparse, "markersize": 4.5}
        axes.plot(curve.x, curve.y, label=curve.label, **look)  # type: ignore[arg-type]
    axes.set(xscale=data.xscale, yscale=data.yscale, xlabel=data.xlabel, ylabel=data.ylabel)
    _legend(axes)


def _legend(axes: Axes) -> None:
    """Inside for a few curves; above the axes for many, where it hides none of them."""
    handles, labels = axes.get_legend_handles_labels()
    if len(handles) <= MOST_INSIDE:
        axes.legend(loc="best", handlelength=3.2)
        return
    figure = axes.figure
    figure.legend(handles, labels, loc="outside upper left", ncols=3, handlelength=2.6, columnspacing=1.4)  # type: ignore[union-attr]


def _tidied(svg: str, name: str) -> str:
    """Drop the prologue's document type and metadata, fit the width to the page, and keep identifiers of several figures apart."""
    svg = re.sub(r"<!DOCTYPE.*?>\s*", "", svg, flags=re.DOTALL)
    svg = re.sub(r"\s*<metadata>.*?</metadata>", "", svg, flags=re.DOTALL)
    svg = re.sub(r"\s*<style[^>]*>.*?</style>", "", svg, flags=re.DOTALL)  # it would reach the whole page; set on the root instead
    svg = svg.replace("<svg ", '<svg stroke-linejoin="round" stroke-linecap="butt" ', 1)
    svg = re.sub(r'(<svg [^>]*?) width="[^"]*"', r"\1", svg, count=1)
    svg = re.sub(r'(<svg [^>]*?) height="[^"]*"', r"\1", svg, count=1)
    svg = re.sub(r'\bid="', f'id="{name}-', svg)
    svg = svg.replace("url(#", f"url(#{name}-").replace('href="#', f'href="#{name}-')
    return "\n".join(line.rstrip() for line in svg.splitlines()) + "\n"
