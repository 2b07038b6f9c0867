"""Time to refutation over the bank of false statements: median and 90th percentile.

Run with ``make bench`` or ``python benchmarks/bank.py [--effort quick] [--jobs 1] [PART …]`` (only ids that contain a part). Wall-clock seconds of the
command. *Made* counts the statements, whose margins go from more than 1 down to 1e-7, that were refuted at all. What was missed is named. With ``--all``, the
true and the vacuous statements are judged as well, and what became of each kind is counted. The first complete run stands in ``tests/bank/first-run.json``.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "bank"))

from run import expected, run, summary


def main() -> None:
    parser = argparse.ArgumentParser(description="time to refutation over the bank")
    parser.add_argument("parts", nargs="*", metavar="PART", help="only ids that contain one of these")
    parser.add_argument("--effort", choices=("quick", "standard", "deep"), default="quick")
    parser.add_argument("--jobs", type=int, default=1)
    parser.add_argument("--all", action="store_true", help="the true and the vacuous statements as well")
    options = parser.parse_args()
    chosen = [(name, entry["kind"]) for name, entry in expected().items() if any(part in name for part in options.parts or [""])]
    found = run([name for name, kind in chosen if options.all or kind == "false"], options.effort, options.jobs, 60.0)["rows"]
    if options.all:
        print("   ".join(f"{kind}: {counts}" for kind, counts in summary(found)["counts"].items()))
        for name, row in found.items():
            if row["kind"] != "false" and row["outcome"] != "right":
                print(f"  {row['outcome']}: {name} ({row['kind']}): {row['verdict']}")
    rows = {name: row for name, row in found.items() if row["kind"] == "false"}
    times = summary(rows)["seconds_to_refutation"]
    made = sum(row["outcome"] == "right" for row in rows.values())
    print(f"made {made} of {len(rows)}   " + "   ".join(f"{key} {value:.1f} s" for key, value in times.items()))
    for name, row in rows.items():
        if row["outcome"] != "right":
            print(f"  {row['outcome']}: {name}, margin {row['margin']:g}: {row['verdict']}")


if __name__ == "__main__":
    main()
