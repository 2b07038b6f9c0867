"""What a table of experiments is: cells with the paper's surviving number beside ours, judged sentences, figures. No numerics.

A number is *reproduced* if ours is within half a unit of the last digit printed, ties included, compared in exact arithmetic.
"""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass, field
from fractions import Fraction
from typing import Any

from verify.report.figures import FigureData

__all__ = [
    "NOT_REPRODUCED", "NOT_STATED", "NOT_TESTABLE", "REPRODUCED", "Cell", "Report", "Sentence", "Table", "between", "compared", "failed", "half_unit",
    "measured", "number_text", "text",
]

REPRODUCED, NOT_REPRODUCED, NOT_STATED, NOT_TESTABLE = "REPRODUCED", "NOT_REPRODUCED", "NOT_STATED", "NOT_TESTABLE"
DIGITS = 5


@dataclass(frozen=True)
class Cell:
    """One cell. ``ours`` is a number, an interval ``(low, high)``, or None where there is none; then ``reason`` says why.

    ``shown`` is what a reader sees; ``printed`` the paper's surviving number as it was printed, empty where none survived; ``status`` one of
    ``REPRODUCED``, ``NOT_REPRODUCED``, ``NOT_STATED``.
    """

    shown: str
    ours: float | tuple[float, float] | None = None
    printed: str = ""
    status: str = NOT_STATED
    reason: str = ""

    def __post_init__(self) -> None:
        if (self.status == NOT_STATED) != (self.printed == ""):
            raise ValueError(f"Cell {self.shown!r}: status {self.status} with printed = {self.printed!r}; NOT_STATED is for cells without a printed number")
        if self.ours is None and self.status == REPRODUCED:
            raise ValueError(f"Cell {self.shown!r}: nothing of ours, so nothing is reproduced")


@dataclass(frozen=True)
class Table:
    """One table. ``columns`` are titles, ``notes`` explain them; each row has one cell for each column."""

    name: str
    title: str
    columns: tuple[str, ...]
    rows: tuple[tuple[Cell, ...], ...]
    notes: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        if len(set(self.columns)) < len(self.columns):
            raise ValueError(f"Table {self.name!r}: columns must differ, got {self.columns}")
        for row in self.rows:
            if len(row) != len(self.columns):
                raise ValueError(f"Table {self.name!r}: a row of {len(row)} cells under {len(self.columns)} columns")


@dataclass(frozen=True)
class Sentence:
    """A sentence of the paper's prose, and what is observed; ``provenance`` as in the list of claims (S, N, R, G)."""

    text: str
    provenance: str
    status: str
    observed: str


@dataclass(frozen=True)
class Report:
    """Everything one command ``verify tables NAME`` found. ``settings`` is what it takes to repeat it (sizes, seed), ``versions`` with what.

    ``stopped`` says what is missing after Ctrl-C; ``matrices`` are written beside it by name, each entry with as many digits as give the same float again.
    """

    name: str
    title: str
    lead: str
    tables: tuple[Table, ...]
    sentences: tuple[Sentence, ...] = ()
    figures: tuple[FigureData, ...] = ()
    settings: dict[str, Any] = field(default_factory=dict)
    versions: dict[str, str] = field(default_factory=dict)
    matrices: dict[str, Sequence[Sequence[float]]] = field(default_factory=dict)
    stopped: str = ""

    def counts(self) -> tuple[int, int]:
        """``(k, m)``: reproduced, and all, of the cells with a printed number."""
        printed = [cell.status for table in self.tables for row in table.rows for cell in row if cell.status != NOT_STATED]
        return printed.count(REPRODUCED), len(printed)

    @property
    def headline(self) -> str:
        reproduced, total = self.counts()
        if total == 0:
            return "No number of this table survived, so none can be reproduced."
        return f"{reproduced} of {total} surviving numbers reproduced."


def half_unit(printed: str) -> Fraction:
    """Half a unit of the last printed digit: 1/200 for ``"20.03"``."""
    _, _, decimals = printed.strip().partition(".")
    return Fraction(1, 2 * 10 ** len(decimals))


def compared(ours: Fraction | float, printed: str, digits: int | None = None) -> Cell:
    """Our number beside the printed one. Floats are compared as the dyadic numbers they are: give a Fraction where the exact value is known."""
    if isinstance(ours, float) and not math.isfinite(ours):
        return Cell(number_text(ours), None, printed, NOT_REPRODUCED, "ours is not finite")
    close = abs(Fraction(ours) - Fraction(printed)) <= half_unit(printed)
    shown = exact_text(ours) if isinstance(ours, Fraction) and digits is None else number_text(float(ours), digits or DIGITS)
    return Cell(shown, float(ours), printed, REPRODUCED if close else NOT_REPRODUCED)


def exact_text(value: Fraction) -> str:
    """The finite decimal expansion if there is a short one, else five digits."""
    for decimals in range(7):
        scaled = value * 10**decimals
        if scaled.denominator == 1:
            return f"{float(value):.{decimals}f}"
    return number_text(float(value))


def measured(value: float, digits: int = DIGITS, *, reason: str = "") -> Cell:
    """A number of ours where nothing was printed."""
    if math.isnan(value):
        return failed(reason or "no number came out")
    return Cell(number_text(value, digits), float(value), reason=reason)


def between(low: float, high: float, digits: int = DIGITS, *, reason: str = "") -> Cell:
    """An interval of ours: one number where both ends print alike."""
    first, last = number_text(low, digits), number_text(high, digits)
    return Cell(first if first == last else f"{first} … {last}", (float(low), float(high)), reason=reason)


def text(words: str) -> Cell:
    """A label."""
    return Cell(words)


def failed(reason: str) -> Cell:
    """No number, and why: a divergent run, NaN, a singular covariance, a solver that failed."""
    return Cell("—", None, reason=reason)


def number_text(value: float, digits: int = DIGITS) -> str:
    """A number for a reader; what is within 1e-12 of an integer other than 0 is that integer, so that rounding in the last place does not show.

    A small number stays what it is: only 0 itself is shown as 0.
    """
    if math.isnan(value):
        return "—"
    if math.isinf(value):
        return "∞" if value > 0 else "−∞"
    nearest = round(value)
    if value == nearest or (nearest != 0 and abs(value - nearest) <= 1e-12 * abs(nearest) and abs(nearest) < 10**digits):
        return str(nearest).replace("-", "−")
    shown = f"{value:.{digits}g}"
    mantissa, _, exponent = shown.partition("e")
    return (mantissa + (f"e{int(exponent)}" if exponent else "")).replace("-", "−")


def worst(values: Sequence[float]) -> float:
    """The largest; NaN if there is none."""
    return max(values, default=math.nan)
