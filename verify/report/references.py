"""References to readings, ``CLAIM(reading)``, and what a run found of them."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from verify.results import ClaimResult, ReadingResult, RunResult

__all__ = ["ESTABLISHED", "Found", "found_by_name", "name_of", "split", "standing"]

ESTABLISHED = ("PROVED", "PROVED_MODULO")
"""The verdicts under which a statement may be relied upon, the second given the hand-written steps that are shown."""

_REFERENCE = re.compile(r"([A-Za-z0-9][A-Za-z0-9_-]*)(?:\(([A-Za-z0-9][A-Za-z0-9_-]*)\))?")


@dataclass(frozen=True)
class Found:
    """A reading with its claim."""

    claim: ClaimResult
    reading: ReadingResult


def name_of(claim: str, reading: str) -> str:
    """``CLAIM(reading)``."""
    return f"{claim}({reading})"


def split(reference: str) -> tuple[str, str]:
    """Claim and reading of a reference; the reading is empty where the claim as a whole is meant.

    Raises:
        ValueError: if it is no reference.
    """
    match = _REFERENCE.fullmatch(reference)
    if match is None:
        raise ValueError(f"{reference!r} is no reference: write CLAIM or CLAIM(reading), such as T4 or S2(i)")
    return match[1], match[2] or ""


def found_by_name(result: RunResult) -> dict[str, Found]:
    """Every reading of the run by its reference, in the order of the run."""
    return {name_of(claim.id, reading.reading): Found(claim, reading) for claim in result.claims for reading in claim.readings}


def standing(reference: str, found: Mapping[str, Found]) -> dict[str, str]:
    """The verdicts by reading of what a reference names: one reading, or all readings of a claim; empty if the run did not judge it."""
    claim, reading = split(reference)
    if reading:
        return {reading: found[reference].reading.verdict} if reference in found else {}
    return {item.reading.reading: item.reading.verdict for item in found.values() if item.claim.id == claim}
