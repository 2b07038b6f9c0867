"""Proofs that the workers of one run share: what one has proved, the others need not prove again.

A lemma of the repository is cited by many claims, and every claim is judged in a process of its own. A shelf is a folder that belongs to the run: it is made
with it, emptied with it, and holds nothing that the run has not decided itself. Only proofs that came out are put there, since what was not proved may have
failed for want of time. A record bears the fingerprint of what was proved: a claim file that is edited during the run, a reading that differs, or a folder
that another run writes into, too, gives nobody a proof of another statement.
"""

from __future__ import annotations

import dataclasses
import json
import os
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.parse import quote

__all__ = ["Shelf"]


class Shelf:
    """A folder of JSON records by claim and reading, each written whole or not at all."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def take(self, claim: str, reading: str, fingerprint: str) -> dict[str, Any] | None:
        """The record that was put there about just that; None if there is none."""
        try:
            record = json.loads(self._path(claim, reading).read_text(encoding="utf-8"))
        except (OSError, ValueError):
            return None
        return record["outcome"] if isinstance(record, dict) and record.get("fingerprint") == fingerprint else None

    def put(self, claim: str, reading: str, fingerprint: str, outcome: Mapping[str, Any]) -> None:
        """Keeps a record; of two workers that prove the same at once, either may win: they found the same."""
        path = self._path(claim, reading)
        whole = path.with_name(f".{os.getpid()}.{path.name}")
        with suppress(OSError):  # a disk that is full costs time, not the proof
            self._folder.mkdir(exist_ok=True)
            whole.write_text(json.dumps({"fingerprint": fingerprint, "outcome": outcome}, default=_plain), encoding="utf-8")
            whole.replace(path)

    def _path(self, claim: str, reading: str) -> Path:
        return self._folder / f"{quote(claim, safe='')}({quote(reading, safe='')}).json"


def _plain(value: Any) -> Any:
    """What JSON has no form for: records, read-only mappings and sets."""
    if dataclasses.is_dataclass(value) and not isinstance(value, type):
        return {field.name: getattr(value, field.name) for field in dataclasses.fields(value)}
    if isinstance(value, Mapping):
        return dict(value)
    if isinstance(value, (set, frozenset)):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} has no place in a record")
