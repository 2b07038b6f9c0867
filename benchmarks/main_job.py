"""The main job as a whole process: ``verify --help``, and a quick run over all claims with its peak memory.

Run with ``make bench`` or ``python benchmarks/main_job.py [quick|standard]``.
"""

from __future__ import annotations

import subprocess
import sys
import tempfile
import threading
import time
from pathlib import Path


def tree_memory(pid: int) -> int:
    """Resident memory of a process and its descendants in KiB, shared pages counted once (proportional set size)."""
    total, waiting = 0, [pid]
    while waiting:
        current = waiting.pop()
        try:
            rollup = Path(f"/proc/{current}/smaps_rollup").read_text()
            total += next(int(line.split()[1]) for line in rollup.splitlines() if line.startswith("Pss:"))
            for thread in Path(f"/proc/{current}/task").iterdir():
                waiting += map(int, (thread / "children").read_text().split())
        except (OSError, StopIteration, ProcessLookupError):
            continue
    return total


def measured(command: list[str]) -> tuple[float, int, int]:
    """Wall seconds, peak memory of the tree in KiB, exit status."""
    start = time.perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    peak, done = 0, threading.Event()

    def watch() -> None:
        nonlocal peak
        while not done.wait(0.25):
            peak = max(peak, tree_memory(process.pid))

    watcher = threading.Thread(target=watch)
    watcher.start()
    status = process.wait()
    done.set()
    watcher.join()
    return time.perf_counter() - start, peak, status


def main() -> None:
    efforts = sys.argv[1:] or ["quick"]
    verify = [sys.executable, "-m", "verify"]
    helps = sorted(measured([*verify, "--help"])[0] for _ in range(5))
    bare = sorted(measured([sys.executable, "-c", "pass"])[0] for _ in range(5))
    print(f"verify --help: median {helps[2]:.2f} s ({helps[2] / bare[2]:.1f} x a bare interpreter)")
    for effort in efforts:
        with tempfile.TemporaryDirectory() as folder:
            wall, peak, status = measured([*verify, "run", "--quiet", "--effort", effort, "--out", str(Path(folder) / "report")])
        print(f"verify run --effort {effort}: {wall:.1f} s, peak memory of the process tree {peak / 1024:.0f} MiB, exit status {status}")


if __name__ == "__main__":
    main()
