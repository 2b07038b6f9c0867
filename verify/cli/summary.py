"""The last words of a run on the terminal."""

from __future__ import annotations

from collections import Counter
from pathlib import Path

from verify.progress import verdict_words
from verify.results import VERDICTS, RunResult

__all__ = ["summary"]


def summary(result: RunResult, page: Path) -> str:
    """One line per claim, the count of readings by verdict, and where the page is."""
    rows = [(claim.id, verdict_words(claim), claim.title) for claim in result.claims]
    widths = [max((len(row[column]) for row in rows), default=0) for column in (0, 1)]
    lines = [f"{name:<{widths[0]}}  {words:<{min(widths[1], 48)}}  {title}".rstrip() for name, words, title in rows]
    lines += ["", _counts(result)]
    if result.interrupted:
        lines.append("Stopped before every claim was judged; the report says which.")
    return "\n".join([*lines, f"Report: {page}"])


def _counts(result: RunResult) -> str:
    verdicts = Counter(reading.verdict for claim in result.claims for reading in claim.readings)
    verdicts.update(claim.headline for claim in result.claims if not claim.readings)
    total = sum(verdicts.values())
    found = ", ".join(f"{verdicts[verdict]} {verdict}" for verdict in VERDICTS if verdicts[verdict])
    return f"{_count(len(result.claims), 'claim')}, {_count(total, 'reading')}: {found or 'nothing was selected'}"


def _count(number: int, noun: str) -> str:
    return f"{number} {noun}{'' if number == 1 else 's'}"
