"""Time to refutation over the bank of false statements, at quick effort: median and 90th percentile.

Run with ``make bench`` or ``python benchmarks/bank.py [PART …]`` (only ids that contain a part). Wall-clock seconds of the command with one job; *made*
counts the statements, whose margins go from more than 1 down to 1e-7, that were refuted at all. What was missed is named. The first complete run stands
in ``tests/bank/first-run.json``.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "tests" / "bank"))

from run import expected, run, summary


def main() -> None:
    parts = sys.argv[1:] or [""]
    names = [name for name, entry in expected().items() if entry["kind"] == "false" and any(part in name for part in parts)]
    rows = run(names, "quick", 1, 60.0)["rows"]
    times = summary(rows)["seconds_to_refutation"]
    made = sum(row["outcome"] == "right" for row in rows.values())
    print(f"made {made} of {len(rows)}   " + "   ".join(f"{key} {value:.1f} s" for key, value in times.items()))
    for name, row in rows.items():
        if row["outcome"] != "right":
            print(f"  {row['outcome']}: {name}, margin {row['margin']:g}: {row['verdict']}")


if __name__ == "__main__":
    main()
