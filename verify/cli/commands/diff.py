"""compare two reports, reading by reading

examples:
  verify diff old/report.json new/report.json             say what changed
  verify diff --claims T4 T9 old/report.json new/report.json

A drift is a reading whose verdict differs, or that only one of the reports has. Changes of the evidence level or of the tightness label are printed as notes.
Exit status: 0 no drift, 1 some drift, 2 a file that is no report.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from verify.cli.status import ExitStatus, UnusableInput

Readings = dict[tuple[str, str], dict[str, Any]]


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", type=Path, metavar="OLD", help="a report.json")
    parser.add_argument("new", type=Path, metavar="NEW", help="a report.json")
    parser.add_argument("--claims", nargs="+", metavar="ID", help="compare these claims only")
    parser.add_argument("--json", action="store_true", help="print the changes as a JSON list")


def perform(arguments: argparse.Namespace) -> int:
    old, new = (readings_of(path, arguments.claims) for path in (arguments.old, arguments.new))
    found = list(changes(old, new))
    drifts = [change for change in found if change["what"] == "verdict"]
    if arguments.json:
        print(json.dumps(found, indent=1, ensure_ascii=False))
    else:
        for change in found:
            mark = "DRIFT" if change["what"] == "verdict" else "note "
            print(f"{mark}  {change['claim']} ({change['reading']}) {change['what']}: {change['old']} -> {change['new']}")
        notes = len(found) - len(drifts)
        print(f"{len(drifts)} of {len(old.keys() | new.keys())} readings drifted in their verdict, {notes} other change{'' if notes == 1 else 's'}")
    return int(ExitStatus.REFUTED if drifts else ExitStatus.OK)


def changes(old: Readings, new: Readings) -> Iterator[dict[str, str]]:
    """What differs between the readings of two reports; ``what`` is ``verdict``, ``evidence`` or ``tightness``."""
    for key in sorted(old.keys() | new.keys()):
        before, after = old.get(key), new.get(key)
        for what in ("verdict", "evidence", "tightness"):
            values = [_value(reading, what) for reading in (before, after)]
            if values[0] != values[1] and (what == "verdict" or (before is not None and after is not None)):
                yield {"claim": key[0], "reading": key[1], "what": what, "old": values[0], "new": values[1]}


def _value(reading: dict[str, Any] | None, what: str) -> str:
    if reading is None:
        return "absent"
    if what == "verdict":
        return str(reading["verdict"])
    return str((reading.get(what) or {}).get("level" if what == "evidence" else "label", "-"))


def readings_of(path: Path, claims: list[str] | None = None) -> Readings:
    """The readings of a ``report.json`` by claim and key, of the named claims only.

    Raises:
        UnusableInput: if the file is no report, or lacks a claim.
    """
    try:
        report = json.loads(path.read_text(encoding="utf-8"))
        found = {(claim["id"], reading["reading"]): reading for claim in report["claims"] for reading in claim["readings"] if reading["verdict"]}
    except OSError as error:
        raise UnusableInput(f"{str(path)!r} cannot be read ({error.strerror}); give the report.json of a run") from None
    except (ValueError, KeyError, TypeError, RecursionError):
        raise UnusableInput(f"{str(path)!r} is no report of this program; give the report.json that `verify run` wrote") from None
    if claims is not None:
        wanted = {claim.lower() for claim in claims}
        if missing := sorted(wanted - {claim.lower() for claim, _ in found}):
            raise UnusableInput(f"{str(path)!r} has no claim {', '.join(missing)}; `verify list` names them")
        found = {key: reading for key, reading in found.items() if key[0].lower() in wanted}
    return found
