"""A directed graph without cycles drawn in columns: what rests on nothing stands at the left, and edges run to the right.

The order within a column follows the barycentre heuristic of K. Sugiyama, S. Tagawa and M. Toda (IEEE Trans. SMC 11 (1981), 109–125): a node is put at the mean
position of its neighbours in the columns already ordered, in a few sweeps to and fro. The result is deterministic.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from verify.report.markup import Html, tag

__all__ = ["Box", "columns", "drawing"]

SWEEPS = 6
WIDTH, HEIGHT, ROW, COLUMN, MARGIN = 118, 20, 27, 186, 8
INK = "#7b8087"
FILL = {"good": "#2f9466", "bad": "#d2553f", "open": "#3d86c6", "none": INK}
"""Colours of middle lightness, legible on light and on dark paper."""


@dataclass(frozen=True)
class Box:
    """A node: its name, the text shown (with a symbol, so that colour is never alone), a key of ``FILL``, where it links to, and a tooltip."""

    name: str
    text: str
    look: str
    href: str
    title: str


def columns(layer: Mapping[str, int], edges: Mapping[str, Sequence[str]]) -> list[list[str]]:
    """The nodes by layer, each column in an order that keeps edges short."""
    found = [[name for name in layer if layer[name] == depth] for depth in range(max(layer.values(), default=-1) + 1)]
    neighbours: dict[str, list[str]] = {name: [] for name in layer}
    for name, lemmas in edges.items():
        for lemma in lemmas:
            neighbours[name].append(lemma)
            neighbours[lemma].append(name)
    for sweep in range(SWEEPS):
        place = {name: _height(column, row) for column in found for row, name in enumerate(column)}
        forward = sweep % 2 == 0
        for column in found if forward else reversed(found):
            column.sort(key=partial(_barycentre, place, layer, neighbours, forward))
            place |= {name: _height(column, row) for row, name in enumerate(column)}
    return found


def _barycentre(
    place: Mapping[str, float], layer: Mapping[str, int], neighbours: Mapping[str, Sequence[str]], forward: bool, name: str
) -> tuple[float, float]:
    """The mean position of the neighbours in the columns already ordered; a node without any stays where it is."""
    seen = [place[other] for other in neighbours[name] if (layer[other] < layer[name]) == forward]
    return (sum(seen) / len(seen) if seen else place[name]), place[name]


def drawing(boxes: Sequence[Box], layer: Mapping[str, int], edges: Mapping[str, Sequence[str]], label: str) -> Html:
    """The graph as a stand-alone SVG element. ``layer`` is that of ``dependencies.layers``."""
    order = columns({box.name: layer[box.name] for box in boxes}, edges)
    tallest = max((len(column) for column in order), default=0)
    width, height = MARGIN * 2 + COLUMN * (len(order) - 1) + WIDTH if order else 1, MARGIN * 2 + ROW * tallest
    spot = {
        name: (MARGIN + COLUMN * depth, height / 2 + _height(column, row) * ROW) for depth, column in enumerate(order) for row, name in enumerate(column)
    }
    lines = [_edge(spot[lemma], spot[name]) for name in sorted(edges) for lemma in edges[name]]
    nodes = [_node(box, *spot[box.name]) for box in boxes]
    return tag(
        "svg", tag("g", *lines, fill="none", stroke=INK, stroke_opacity=".45", stroke_width="1"), tag("g", *nodes),
        xmlns="http://www.w3.org/2000/svg", viewBox=f"0 0 {width} {height:g}", width=width, height=f"{height:g}", role="img", aria_label=label,
        font_family="sans-serif", font_size="11",
    )


def _height(column: Sequence[str], row: int) -> float:
    """The height of a row in units of rows, with the column centred at 0."""
    return row - (len(column) - 1) / 2


def _edge(start: tuple[float, float], end: tuple[float, float]) -> Html:
    (x, y), (u, v) = (start[0] + WIDTH, start[1]), end
    bend = (u - x) / 2
    return tag("path", d=f"M{x:g} {y:g}C{x + bend:g} {y:g} {u - bend:g} {v:g} {u:g} {v:g}")


def _node(box: Box, x: float, y: float) -> Html:
    colour = FILL[box.look]
    frame = tag("rect", x=f"{x:g}", y=f"{y - HEIGHT / 2:g}", width=WIDTH, height=HEIGHT, rx=3, fill=colour, fill_opacity=".16", stroke=colour)
    words = tag("text", box.text, x=f"{x + WIDTH / 2:g}", y=f"{y + 4:g}", text_anchor="middle", fill=INK)
    return tag("a", tag("title", box.title), frame, words, href=box.href)
