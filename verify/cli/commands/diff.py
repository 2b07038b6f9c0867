"""compare two reports, reading by reading

examples:
  verify diff old/report.json new/report.json              what changed: verdict, evidence level, tightness
  verify diff old/report.json new/report.json || echo no   for scripts: the exit status speaks

A claim or a reading that only one report has counts as a drift of its verdict.
Exit status 0: every verdict is the same (evidence and tightness may differ, and are printed); 1: a verdict drifted; 2: unusable input.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any, NamedTuple

from verify.cli.status import ExitStatus, UnusableInput

_ABSENT = "absent"


class _Judged(NamedTuple):
    verdict: str
    evidence: str
    tightness: str


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("old", type=Path, metavar="OLD", help="report.json of the earlier run")
    parser.add_argument("new", type=Path, metavar="NEW", help="report.json of the later run")


def perform(arguments: argparse.Namespace) -> int:
    old, new = _readings(arguments.old, "OLD"), _readings(arguments.new, "NEW")
    drifts = list(_drifts(old, new))
    for name, quantity, before, after in drifts:
        print(f"{name}  {quantity}: {before} -> {after}")
    verdicts = sum(quantity == "verdict" for _, quantity, _, _ in drifts)
    print(f"{len(old.keys() | new.keys())} readings compared: {len(drifts)} drifts, {verdicts} of them of a verdict")
    return int(ExitStatus.REFUTED if verdicts else ExitStatus.OK)


def _drifts(old: dict[str, _Judged], new: dict[str, _Judged]) -> Iterator[tuple[str, str, str, str]]:
    """Name of the reading, what drifted, before, after; in the order of the old report, then what the new one adds."""
    for name in old | new:
        before, after = old.get(name), new.get(name)
        if before is None or after is None:
            yield name, "verdict", before.verdict if before else _ABSENT, after.verdict if after else _ABSENT
            continue
        for quantity, left, right in zip(_Judged._fields, before, after, strict=True):
            if left != right:
                yield name, quantity, left, right


def _readings(path: Path, argument: str) -> dict[str, _Judged]:
    """The readings of a report by name; a claim whose check failed before it had any stands for itself.

    Raises:
        UnusableInput: if the file cannot be read, or is no report of this version of the schema.
    """
    from jsonschema import ValidationError, validate

    where = f"argument {argument}: '{path}'"
    try:
        report: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        validate(report, json.loads(_schema().read_text(encoding="utf-8")))
    except OSError as error:
        raise UnusableInput(f"{where}: cannot be read ({(error.strerror or str(error)).lower()}); name the report.json of a run") from error
    except (ValueError, RecursionError) as error:
        raise UnusableInput(f"{where}: is not JSON ({next(iter(str(error).splitlines()), '')}); name the report.json of a run") from error
    except ValidationError as error:
        what = error.message if len(error.message) < 120 else f"{error.message[:117]}..."
        raise UnusableInput(f"{where}: is not a report of this version ({error.json_path}: {what}); name the report.json of a run") from error
    return dict(pair for claim in report["claims"] for pair in _of_claim(claim))


def _of_claim(claim: dict[str, Any]) -> Iterator[tuple[str, _Judged]]:
    if not claim["readings"]:
        yield claim["id"], _Judged(claim["headline"], "NONE", "UNKNOWN")
    for reading in claim["readings"]:
        yield f"{claim['id']}({reading['reading']})", _Judged(reading["verdict"], reading["evidence"]["level"], reading["tightness"]["label"])


def _schema() -> Path:
    return Path(__file__).resolve().parents[2] / "report" / "schema.json"
