"""Markdown primitives: text with nothing left that Markdown would read, formulas, code, tables.

Inline formulas are written ``$`…`$`` and displayed ones as ``math`` fences: both are forms in which GitHub leaves backslashes alone. A
bar inside a table cell would end the cell, so bars in formulas become ``\\vert`` and ``\\Vert`` throughout.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from verify.report import outline, wording
from verify.results import ReadingResult

__all__ = ["code", "display", "inline", "link", "prose", "table", "text", "verdict_mark", "word_mark"]

SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~$&])")
STARTING = re.compile(r"^(?:([-+=])|([0-9]+)([.)])(?= |$))")
"""What would make a list or a rule of a line that begins with it."""


def text(plain: str) -> str:
    """Plain text on one line, every character that Markdown reads escaped."""
    escaped = SPECIAL.sub(r"\\\1", " ".join(plain.split()))
    return STARTING.sub(lambda match: f"\\{match[1]}" if match[1] else f"{match[2]}\\{match[3]}", escaped)


def prose(running: str) -> str:
    """Running text in which ``$…$`` encloses LaTeX."""
    parts = re.split(r"\$([^$]+)\$", " ".join(running.split()))
    return "".join(inline(part) if index % 2 else SPECIAL.sub(r"\\\1", part) for index, part in enumerate(parts))


def inline(latex: str) -> str:
    """A formula within a line or a table cell."""
    flat = _bars(" ".join(latex.split()))
    return f"$`{flat}`$" if "`" not in flat else code(flat)


def display(latex: str) -> str:
    """A formula on its own; empty for an empty formula."""
    lines = [line for line in latex.splitlines() if line.strip()]
    return "```math\n" + _bars("\n".join(lines)).replace("```", "") + "\n```" if lines else ""


def code(plain: str) -> str:
    """Text set as code; a bar would end a table cell, so it is written as its look-alike."""
    flat = " ".join(plain.split()).replace("|", "ǀ")
    fence = "`" * (max((len(run) for run in re.findall("`+", flat)), default=0) + 1)
    return f"{fence} {flat} {fence}" if "`" in flat else f"`{flat}`"


def table(head: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """A pipe table; the cells are finished Markdown without bars or line breaks."""
    lines = [head, ["---"] * len(head), *rows]
    return "\n".join("| " + " | ".join(line) + " |" for line in lines)


def link(label: str, claim: str, reading: str = "") -> str:
    """A link to a claim or to one of its readings."""
    return f"[{text(label)}](#{outline.anchor(claim, reading)})"


def word_mark(word: str, label: str = "") -> str:
    """A verdict or headline as symbol and word."""
    return f"{wording.SYMBOLS.get(word, '?')} **{label or wording.words(word)}**"


def verdict_mark(reading: ReadingResult) -> str:
    """The verdict of a reading; one that survived says at once that this is no proof."""
    caution = " (*not a proof*)" if reading.verdict == "SURVIVED" else ""
    return word_mark(reading.verdict, wording.verdict_label(reading)) + caution


def _bars(latex: str) -> str:
    return latex.replace(r"\|", r"\Vert ").replace("|", r"\vert ")
