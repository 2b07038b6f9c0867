"""Runs the whole bank through the public command and writes what was found.

``python tests/bank/run.py`` (standard effort, two processes, 60 seconds a statement: half an hour or so) writes ``first-run.json`` beside this file, and
refuses to overwrite it: the first complete run stays as it was. ``--to FILE`` names another file, for later runs; ``--effort``, ``--jobs``, ``--only PART`` as
they say. Seconds are wall-clock, from the command's own timings.
"""

from __future__ import annotations

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
from collections import Counter
from pathlib import Path
from typing import Any

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
RIGHT = {"true-sharp": {"PROVED", "PROVED_MODULO", "SURVIVED"}, "false": {"REFUTED"}, "vacuous": {"VACUOUS"}}
WRONG = {"true-sharp": {"REFUTED", "VACUOUS"}, "false": {"PROVED", "PROVED_MODULO", "VACUOUS"}, "vacuous": {"REFUTED"}}
"""What contradicts the label. All else is *missed*: it claims nothing that is not so (``SURVIVED`` of a false statement says that nothing was found)."""


def expected() -> dict[str, dict[str, Any]]:
    return json.loads((HERE / "expected.json").read_text(encoding="utf-8"))


def file_of(identifier: str) -> Path:
    """``bank-s2-true-01`` is in ``s2_true_01.py``."""
    return HERE / f"{identifier.removeprefix('bank-').replace('-', '_')}.py"


def outcome(kind: str, verdict: str) -> str:
    return "right" if verdict in RIGHT[kind] else "wrong" if verdict in WRONG[kind] else "missed"


def accepted(folder: Path, names: list[str]) -> str:
    """What the stand-alone checker says of a statement's certificates."""
    files = [folder / "certificates" / Path(name).name for name in names]
    if not files:
        return "none"
    command = [sys.executable, "-I", str(ROOT / "reports" / "check.py"), *map(str, files)]
    try:
        return "accepted" if subprocess.run(command, capture_output=True, timeout=300, check=False).returncode == 0 else "rejected"
    except subprocess.TimeoutExpired:
        return "not finished"


def run(identifiers: list[str], effort: str, jobs: int, limit: float, report_folder: Path | None = None) -> dict[str, Any]:
    """One run of the command, as id → kind, verdict, outcome, seconds, certificates."""
    labels, rows = expected(), {}
    with tempfile.TemporaryDirectory() as scratch:
        out = (report_folder or Path(scratch) / "report").resolve()
        command = [sys.executable, "-m", "verify", "run", *(str(file_of(name)) for name in identifiers), "--effort", effort, "--jobs", str(jobs)]
        done = subprocess.run([*command, "--time-limit", str(limit), "--out", str(out), "--quiet"], cwd=ROOT, check=False)
        report = json.loads((out / "report.json").read_text(encoding="utf-8"))
        seconds = json.loads((out / "timings.json").read_text(encoding="utf-8"))["seconds"]
        for claim in report["claims"]:
            reading, kind = claim["readings"][0], labels[claim["id"]]["kind"]
            row = {"kind": kind, "verdict": reading["verdict"], "outcome": outcome(kind, reading["verdict"]), "seconds": seconds.get(claim["id"])}
            if "margin" in labels[claim["id"]]:
                row["margin"] = labels[claim["id"]]["margin"]
            row["reason"] = reading["reason"]
            row["certificates"] = accepted(out, list(reading["certificates"]))
            rows[claim["id"]] = row
    return {"effort": effort, "jobs": jobs, "limit": limit, "exit": done.returncode, "rows": dict(sorted(rows.items()))}


def summary(rows: dict[str, dict[str, Any]]) -> dict[str, Any]:
    """Counts by kind, and the time to refutation of the false ones that were refuted."""
    counts: dict[str, dict[str, int]] = {}
    for kind in RIGHT:
        counts[kind] = dict(Counter(row["outcome"] for row in rows.values() if row["kind"] == kind))
    times = [row["seconds"] for row in rows.values() if row["kind"] == "false" and row["verdict"] == "REFUTED" and row["seconds"] is not None]
    spread = {}
    if len(times) > 1:
        spread = {"median": statistics.median(times), "p90": statistics.quantiles(times, n=10, method="inclusive")[-1], "worst": max(times)}
    return {"counts": counts, "seconds_to_refutation": {key: round(value, 2) for key, value in spread.items()}}


def main() -> int:
    parser = argparse.ArgumentParser(description="run the bank of statements")
    parser.add_argument("--effort", default="standard", choices=("quick", "standard", "deep"))
    parser.add_argument("--jobs", type=int, default=2)
    parser.add_argument("--limit", type=float, default=60.0, help="seconds a statement may take (default: 60)")
    parser.add_argument("--only", nargs="+", default=[], metavar="PART", help="only ids that contain one of these")
    parser.add_argument("--to", type=Path, default=HERE / "first-run.json", metavar="FILE", help="where the findings go (default: first-run.json, once)")
    parser.add_argument("--report", type=Path, metavar="DIR", help="keep the command's own report here (default: it is thrown away)")
    options = parser.parse_args()
    if options.to.exists():
        parser.error(f"--to: {options.to} exists; it is not overwritten, name another file")
    if options.only and options.to.name == "first-run.json":
        parser.error("--only: the first run is the run of the whole bank; name another file with --to")
    names = [name for name in expected() if any(part in name for part in options.only or [""])]
    found = run(names, options.effort, options.jobs, options.limit, options.report)
    found = {"summary": summary(found["rows"]), **found}
    options.to.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    print(json.dumps(found["summary"], indent=1))
    return 0


if __name__ == "__main__":
    sys.exit(main())
