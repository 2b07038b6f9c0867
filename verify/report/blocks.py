"""A page as a list of blocks, written once and rendered as HTML and as Markdown.

``report.html`` has a layout of its own; the smaller pages beside it are made of these. Text is plain and escaped by either renderer.
"""

from __future__ import annotations

from dataclasses import dataclass

from verify.report.markup import Html
from verify.report.values import Shown

__all__ = ["Badge", "Block", "Code", "Drawing", "Facts", "Formula", "Heading", "Inline", "Items", "Line", "Link", "Page", "Paragraph", "Ref", "Strong", "Table"]


@dataclass(frozen=True)
class Strong:
    """Words to stand out."""

    text: str


@dataclass(frozen=True)
class Code:
    """What is typed or read literally."""

    text: str


@dataclass(frozen=True)
class Link:
    """A link to a file beside the page, or to an anchor of the page itself (``#name``)."""

    label: str
    href: str


@dataclass(frozen=True)
class Ref:
    """A link to a claim, or to one of its readings, in the main report."""

    label: str
    claim: str
    reading: str = ""


@dataclass(frozen=True)
class Badge:
    """A verdict, headline or judgement as symbol and word. ``look`` is the verdict whose symbol and colour it takes."""

    look: str
    label: str = ""


@dataclass(frozen=True)
class Formula:
    """LaTeX; ``plain`` stands in where it is empty."""

    latex: str
    plain: str = ""


Inline = str | Strong | Code | Link | Ref | Badge | Formula | Shown
Line = tuple[Inline, ...]


@dataclass(frozen=True)
class Heading:
    """A heading of level 2 or 3, with an anchor if it has a name."""

    level: int
    line: Line
    anchor: str = ""


@dataclass(frozen=True)
class Paragraph:
    """Running text; ``kind`` is a class of the style sheet."""

    line: Line
    kind: str = ""


@dataclass(frozen=True)
class Facts:
    """Labelled rows, each of one or more lines; rows without lines are left out."""

    rows: tuple[tuple[str, tuple[Line, ...]], ...]


@dataclass(frozen=True)
class Table:
    """A table with a caption."""

    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Line, ...], ...]


@dataclass(frozen=True)
class Items:
    """A bulleted list."""

    lines: tuple[Line, ...]


@dataclass(frozen=True)
class Drawing:
    """An inline drawing; ``file`` is the same drawing as a file, for Markdown."""

    svg: Html
    file: str
    caption: str


Block = Heading | Paragraph | Facts | Table | Items | Drawing


@dataclass(frozen=True)
class Page:
    """A page of its own: ``name`` is the stem of its files."""

    name: str
    title: str
    kicker: str
    blocks: tuple[Block, ...]
