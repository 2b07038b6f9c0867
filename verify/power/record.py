"""What was measured of the search's detection power, as it is stored: ``power.json``, versioned, and shown only for the statement it was measured on."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from verify.certificates.write import statement_trees
from verify.language.tree import NoTree, canonical
from verify.search.problem import Problem

__all__ = ["FILE", "SCHEMA_VERSION", "Bound", "Caught", "ConstantError", "Measurement", "fingerprint", "merged", "read", "write"]

SCHEMA_VERSION = "1"
FILE = Path(__file__).resolve().parents[2] / "reports" / "power.json"
"""The measurements that reports of this repository show."""


@dataclass(frozen=True)
class Bound:
    """One relation of a statement: why it is sharp (empty if that is not known) and the smallest relative error caught in it (empty if none was)."""

    relation: str
    sharp: str
    from_scratch: str
    with_help: str
    scratch_source: str
    help_source: str
    gap: str
    """Claimed constant over best certified ratio, at most."""
    certificate: str
    reason: str = ""
    """Why nothing as small as a hundredth was caught from scratch; empty where it was."""


@dataclass(frozen=True)
class Caught:
    """A gross mistake: ``refuted``, ``not refuted`` (it may have left the statement true) or ``not tried``."""

    kind: str
    text: str
    outcome: str
    source: str
    certificate: str = ""
    """Kept for a dropped hypothesis only: it shows that the hypothesis is needed."""


@dataclass(frozen=True)
class ConstantError:
    """A number inside the statement, made larger or smaller: the smallest relative error of it that was refuted."""

    constant: str
    outcome: str
    """``refuted``; ``not refuted`` in either direction at a tenth (the statement may be true so); ``not tried``."""
    direction: str
    """``larger`` or ``smaller``: the direction that was refuted."""
    smallest: str
    source: str
    stopped: bool = False
    """Time ran out before a smaller error was tried."""
    certificate: str = ""


@dataclass(frozen=True)
class Measurement:
    """The detection power on one reading."""

    claim: str
    reading: str
    fingerprint: str
    form: str
    """Whether the errors went into the reading's statement or into its sharp form."""
    proved: bool
    bounds: tuple[Bound, ...]
    mistakes: tuple[Caught, ...]
    stopped: bool
    """Time ran out before the smallest error was found."""
    constants: tuple[ConstantError, ...] = ()


def fingerprint(problem: Problem) -> str:
    """Names the hypotheses and the conclusion, as a certificate would carry them."""
    try:
        trees = statement_trees(problem.hypotheses, problem.conclusion)
    except NoTree:
        return ""
    words = "\x1f".join(map(canonical, [*trees["hypotheses"], trees["conclusion"]]))
    return hashlib.sha256(words.encode()).hexdigest()[:16]


def read(path: Path = FILE) -> dict[tuple[str, str], dict[str, Any]]:
    """The stored measurements by claim and reading; none if the file is missing.

    Raises:
        ValueError: for a file of another version or none of ours; the message names it.
    """
    if not path.is_file():
        return {}
    document = json.loads(path.read_text(encoding="utf-8"))
    version = document.get("schema_version") if isinstance(document, dict) else None
    if version != SCHEMA_VERSION:
        raise ValueError(f"'{path}': schema_version is {version!r}, this program reads {SCHEMA_VERSION!r}: measure again with `verify power`")
    return {(entry["claim"], entry["reading"]): entry for entry in document["readings"]}


def merged(
    stored: Mapping[tuple[str, str], dict[str, Any]], new: Iterable[Measurement], claims: Iterable[str], about: Mapping[str, Any]
) -> list[dict[str, Any]]:
    """The stored measurements with those of the named claims replaced; ``about`` (date, versions, effort, seed) goes into each new one."""
    kept = {key: entry for key, entry in stored.items() if key[0] not in set(claims)}
    fresh = {(m.claim, m.reading): {**dataclasses.asdict(m), **about} for m in new}
    return [entry for _, entry in sorted({**kept, **fresh}.items())]


def write(path: Path, readings: list[dict[str, Any]]) -> None:
    """Write the measurements, beside their place first and renamed into it."""
    path.parent.mkdir(parents=True, exist_ok=True)
    neighbour = path.with_name(f".{path.name}.partial")
    neighbour.write_text(json.dumps({"schema_version": SCHEMA_VERSION, "readings": readings}, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    neighbour.replace(path)
