"""Does a verdict depend on luck? The claims that the search decides, judged from several seeds; every drift is named.

Run with ``make bench`` or ``python benchmarks/stability.py [--seeds K] [--effort quick] [--out FILE] [CLAIM …]``. Without claims: those of the committed
report with a reading that survived, is undecided, or is refuted by an instance that was searched for. Verdicts are compared with those of seed 0, as
``verify diff`` does. Exit status 1 if one drifted.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import json
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from verify.cli.commands.diff import changes, readings_of

REPORT = Path(__file__).resolve().parents[1] / "reports" / "arxiv-2606.04031" / "report.json"
OPEN = {"SURVIVED", "UNDECIDED", "UNWITNESSED"}


def decided_by_search() -> list[str]:
    """Ids of claims with a reading whose verdict the search has a part in, in the committed report."""
    report = json.loads(REPORT.read_text(encoding="utf-8"))
    return [claim["id"] for claim in report["claims"] if any(_searched(reading) for reading in claim["readings"])]


def _searched(reading: dict[str, Any]) -> bool:
    return reading["verdict"] in OPEN or (reading["verdict"] == "REFUTED" and reading["evidence"]["source"] != "proof")


def drifts(claims: list[str], seeds: int, effort: str, jobs: int) -> Iterator[dict[str, Any]]:
    """For each seed but the first: what differs from seed 0, and the wall-clock seconds of the run."""
    with tempfile.TemporaryDirectory() as folder:
        first = None
        for seed in range(seeds):
            out = Path(folder) / str(seed)
            command = [sys.executable, "-m", "verify", "run", *claims, "--quiet", "--effort", effort, "--seed", str(seed), "--jobs", str(jobs)]
            subprocess.run([*command, "--out", str(out)], check=False)
            found = readings_of(out / "report.json")
            first = found if first is None else first
            yield {"seed": seed, "readings": len(found), "drifts": [one for one in changes(first, found) if one["what"] == "verdict"]}


def main() -> int:
    parser = argparse.ArgumentParser(description="verdicts over several seeds")
    parser.add_argument("claims", nargs="*", metavar="CLAIM", help="ids or files (default: what the search decides)")
    parser.add_argument("--seeds", type=int, default=5, help="how many seeds, from 0 (default: 5)")
    parser.add_argument("--effort", choices=("quick", "standard", "deep"), default="quick")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--out", type=Path, metavar="FILE", help="write what was found as JSON")
    options = parser.parse_args()
    if options.seeds < 2:
        parser.error(f"--seeds: got {options.seeds}, at least 2 are needed to compare")
    rows = []
    for row in drifts(options.claims or decided_by_search(), options.seeds, options.effort, options.jobs):
        rows.append(row)
        print(f"seed {row['seed']}: {row['readings']} readings, {len(row['drifts'])} drifted", flush=True)
        for one in row["drifts"]:
            print(f"  DRIFT  {one['claim']} ({one['reading']}): {one['old']} -> {one['new']}", flush=True)
    if options.out is not None:
        options.out.write_text(json.dumps({"effort": options.effort, "runs": rows}, indent=1) + "\n", encoding="utf-8")
    return int(any(row["drifts"] for row in rows))


if __name__ == "__main__":
    sys.exit(main())
