"""What a run found, durable as it is found: one finding per claim, written whole or not at all.

A report folder holds::

    .verify-report        says that this folder is ours to replace
    .findings/<id>.json   what each claim's check returned, with the traceback of a failed one (ignored by git)
    .findings/proofs/     what the workers of the run proved and shared
    certificates/*.json   the certificates
    timings.json          seconds by claim: the only file with times in it
    report.*, figures/    written at the end, from the findings, with the pages erratum.*, chain.*, sentences.*
"""

from __future__ import annotations

import dataclasses
import json
import os
import shutil
import types
import typing
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import quote

from verify.results import ClaimResult, to_json

__all__ = ["MARKER", "Store", "UnusableFolder", "from_json"]

MARKER = ".verify-report"
_FINDINGS = ".findings"
_CERTIFICATES = "certificates"
_PAGES = tuple(f"{page}.{kind}" for page in ("erratum", "chain", "sentences") for kind in ("html", "md", "json"))
_OURS = ("report.html", "report.md", "report.json", "schema.json", *_PAGES, "pages.schema.json", "timings.json", _FINDINGS, _CERTIFICATES, "figures")
_MARKER_TEXT = "A report folder of `verify run`: the next run into this folder replaces its report, certificates and figures.\n"


class UnusableFolder(ValueError):
    """The output folder cannot be used; the message says why and what to do."""


class Store:
    """The findings of one run in one report folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    @classmethod
    def open(cls, folder: Path) -> Store:
        """Takes a folder for a new run: makes it, proves that it can be written, and removes what an older run left there.

        Raises:
            UnusableFolder: if it is not a folder, cannot be written, or holds files but no earlier report. Nothing is changed then.
        """
        _refuse_foreign(folder)
        try:
            folder.mkdir(parents=True, exist_ok=True)
            _write(folder / MARKER, _MARKER_TEXT)
            _remove_older_report(folder)
            for name in (_FINDINGS, _CERTIFICATES):
                (folder / name).mkdir()
            _write(folder / _FINDINGS / ".gitignore", "*\n")
        except OSError as error:
            raise UnusableFolder(_unwritable(folder, error)) from error
        return cls(folder)

    def record(self, result: ClaimResult, certificates: Mapping[str, Any], detail: str = "") -> None:
        """Writes a finding, its certificates first, so that a finding never names one that is missing.

        Raises:
            ValueError, TypeError: if something is not JSON, or a certificate's name is not a plain new file name.
        """
        finding = _dumps({"result": to_json(result), "certificates": sorted(certificates), "detail": detail})
        texts = {self._certificate_path(name): _dumps(data) for name, data in certificates.items()}
        for path, text in texts.items():
            _write(path, text)
        _write(self._finding_path(result.id), finding)

    @property
    def unfinished(self) -> Path:
        """Where workers keep what they have found of a claim that they are not done with."""
        return (self.folder / _FINDINGS).resolve()

    def _certificate_path(self, name: str) -> Path:
        path = self.folder / _CERTIFICATES / name
        if path.name != name or not name.endswith(".json") or name.startswith("."):
            raise ValueError(f"certificate name {name!r}: must be a plain file name that ends in .json")
        if path.exists():
            raise ValueError(f"certificate name {name!r}: taken already in this run; put the claim's id and reading into it")
        return path

    def _finding_path(self, claim_id: str) -> Path:
        return self.folder / _FINDINGS / f"{quote(claim_id, safe='')}.json"

    def finding(self, claim_id: str) -> ClaimResult | None:
        """The result recorded for a claim, read back from the disk; None if there is none."""
        path = self._finding_path(claim_id)
        if not path.exists():
            return None
        return from_json(ClaimResult, json.loads(path.read_text(encoding="utf-8"))["result"])

    def write_timings(self, timings: Mapping[str, Any]) -> None:
        _write(self.folder / "timings.json", _dumps(timings))


def _refuse_foreign(folder: Path) -> None:
    try:
        if not folder.exists():
            return
        if not folder.is_dir():
            raise UnusableFolder(f"output folder '{folder}': it is a file; name a new folder, an empty one, or an earlier report")
        if any(folder.iterdir()) and not (folder / MARKER).exists():
            raise UnusableFolder(
                f"output folder '{folder}': it holds files but no earlier report (no {MARKER} in it), and is left as it is; "
                "name a new folder, an empty one, or an earlier report"
            )
    except OSError as error:
        raise UnusableFolder(_unwritable(folder, error)) from error


def _unwritable(folder: Path, error: OSError) -> str:
    reason = (error.strerror or str(error)).lower()
    return f"output folder '{folder}': cannot be written ({reason}); name a folder that you may create and write with --out DIR"


def _remove_older_report(folder: Path) -> None:
    for name in _OURS:
        path = folder / name
        if path.is_dir() and not path.is_symlink():
            shutil.rmtree(path)
        else:
            path.unlink(missing_ok=True)


def _dumps(data: Any) -> str:
    return json.dumps(data, indent=1, ensure_ascii=False) + "\n"


def _write(path: Path, text: str) -> None:
    """Writes a file whole or not at all, and on the disk before it returns."""
    temporary = path.with_name(f".{path.name}.tmp")
    with temporary.open("w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(path)


def from_json(kind: Any, data: Any) -> Any:
    """The inverse of ``verify.results.to_json`` for a record type: ``from_json(type(x), to_json(x)) == x``.

    Raises:
        TypeError: if ``data`` does not fit the record.
    """
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        types_of = typing.get_type_hints(kind)
        return kind(**{name: from_json(types_of[name], value) for name, value in data.items()})
    if typing.get_origin(kind) is tuple:
        return tuple(from_json(typing.get_args(kind)[0], item) for item in data)
    if typing.get_origin(kind) in (types.UnionType, typing.Union):
        return None if data is None else from_json(next(part for part in typing.get_args(kind) if part is not type(None)), data)
    return data
