"""Does a verdict depend on luck? The claims that the search decides, judged from several seeds; every drift is named.

Run with ``make bench`` or ``python benchmarks/stability.py [--seeds K] [--effort quick] [--jobs 2] [--out FILE] [CLAIM …]``. Without claims: those of the
committed report with a reading that survived, is undecided, or is refuted by an instance that was searched for. Each claim is judged as ``verify run`` judges
it, in a worker of its own, which goes on from seed to seed: what is proved does not depend on the seed and is proved once. Verdicts are compared with those
of seed 0, as ``verify diff`` does. Exit status 1 if one drifted.
"""

from __future__ import annotations

import os

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from typing import Any

from verify.cli.commands.diff import changes
from verify.execute import Unit, execute
from verify.interrupt import Stop
from verify.library import ClaimFile, select
from verify.workers import GIB, Limits, WorkerPool

REPORT = Path(__file__).resolve().parents[1] / "reports" / "arxiv-2606.04031" / "report.json"
OPEN = {"SURVIVED", "UNDECIDED", "UNWITNESSED"}
TOGETHER = 10
"""Seeds that one worker judges: enough to share the proofs, few enough to keep all cores busy to the end."""

Verdicts = dict[str, str]


def decided_by_search() -> list[str]:
    """Ids of claims with a reading whose verdict the search has a part in, in the committed report."""
    report = json.loads(REPORT.read_text(encoding="utf-8"))
    return [claim["id"] for claim in report["claims"] if any(_searched(reading) for reading in claim["readings"])]


def _searched(reading: dict[str, Any]) -> bool:
    return reading["verdict"] in OPEN or (reading["verdict"] == "REFUTED" and reading["evidence"]["source"] != "proof")


def judged(path: str, effort: str, seeds: Sequence[int]) -> dict[int, tuple[Verdicts, float]]:
    """The unit of work: by seed, the verdict of each reading and the processor time. The clock is that of ``verify run``, for each seed anew."""
    from verify import clock
    from verify.judge import judge_claim, prover_of
    from verify.search.effort import budget

    clock.allow(Limits.for_effort(effort).seconds)
    prover, found = prover_of(budget(effort)), {}
    for seed in seeds:
        start = time.process_time()
        readings = judge_claim(path, effort, seed, prover=prover).result.readings
        found[seed] = {one.reading: one.verdict for one in readings}, time.process_time() - start
    return found


def verdicts(files: Sequence[ClaimFile], seeds: int, effort: str, jobs: int, stop: Stop) -> Iterator[tuple[str, dict[int, tuple[Verdicts, float]] | str]]:
    """For each claim some of its seeds as they come in, or why there are none."""
    parts = [range(seeds)[k : k + TOGETHER] for k in range(0, seeds, TOGETHER)]
    units = [Unit(file.id, judged, (str(file.path), effort, list(part))) for file in files for part in parts]
    one = Limits.for_effort(effort)
    limits = Limits(seconds=2 * one.seconds * min(seeds, TOGETHER), memory=2 * GIB)
    for outcome in execute(units, partial(WorkerPool, jobs, limits), in_flight=2 * jobs, stop=stop):
        if outcome.kind != "cancelled":
            yield outcome.unit.name, outcome.value if outcome.kind == "done" else f"seeds {outcome.unit.arguments[2]}: {outcome.error}"


def drifted(claim: str, found: dict[int, tuple[Verdicts, float]]) -> dict[int, list[dict[str, str]]]:
    """By seed, what differs from the first one, as ``verify diff`` says it."""
    tables = {seed: {(claim, key): {"verdict": verdict} for key, verdict in verdicts.items()} for seed, (verdicts, _) in sorted(found.items())}
    first = next(iter(tables.values()), {})
    compared = {seed: [one for one in changes(first, table) if one["what"] == "verdict"] for seed, table in tables.items()}
    return {seed: drifts for seed, drifts in compared.items() if drifts}


def main() -> int:
    parser = argparse.ArgumentParser(description="verdicts over several seeds")
    parser.add_argument("claims", nargs="*", metavar="CLAIM", help="ids or files (default: what the search decides)")
    parser.add_argument("--seeds", type=int, default=5, help="how many seeds, from 0 (default: 5)")
    parser.add_argument("--effort", choices=("quick", "standard", "deep"), default="quick")
    parser.add_argument("--jobs", type=int, default=2, help="claims judged at a time (default: 2)")
    parser.add_argument("--out", type=Path, metavar="FILE", help="write what was found as JSON")
    options = parser.parse_args()
    if options.seeds < 2:
        parser.error(f"--seeds: got {options.seeds}, at least 2 are needed to compare")
    if options.jobs < 1:
        parser.error(f"--jobs: got {options.jobs}, at least 1")
    files = select(options.claims or decided_by_search())
    found: dict[str, dict[int, tuple[Verdicts, float]]] = {file.id: {} for file in files}
    failed, done = [], 0
    with Stop() as stop:
        for name, outcome in verdicts(files, options.seeds, options.effort, options.jobs, stop):
            if isinstance(outcome, str):
                failed.append(f"{name}: {outcome}")
                print(f"FAILED  {failed[-1]}", flush=True)
                continue
            found[name].update(outcome)
            if len(found[name]) < options.seeds:
                continue
            done += 1
            drifts, spent = drifted(name, found[name]), sum(seconds for _, seconds in found[name].values())
            print(f"[{done}/{len(files)}] {name}: {len(found[name])} seeds in {spent:.1f} s of processor time, {_drifts(drifts)}", flush=True)
    return _conclusion(found, failed, options, complete=done == len(files))


def _drifts(drifts: dict[int, list[dict[str, str]]]) -> str:
    if not drifts:
        return "no drift"
    told = [f"seed {seed}: ({one['reading']}) {one['old']} -> {one['new']}" for seed, some in drifts.items() for one in some]
    return f"DRIFT at {len(drifts)} seed{'s' if len(drifts) > 1 else ''}: {'; '.join(told)}"


def _conclusion(found: dict[str, dict[int, tuple[Verdicts, float]]], failed: list[str], options: argparse.Namespace, *, complete: bool) -> int:
    """Prints which seeds drifted, writes what was found, and gives the exit status: 1 for a drift, or for a claim that was not judged from every seed."""
    by_seed: dict[int, list[dict[str, str]]] = {seed: [] for seed in range(options.seeds)}
    for name, seeds in found.items():
        for seed, drifts in drifted(name, seeds).items():
            by_seed[seed] += drifts
    bad = [seed for seed, drifts in by_seed.items() if drifts]
    readings = sum(len(next(iter(seeds.values()))[0]) for seeds in found.values() if seeds)
    told = f"seeds that drifted: {bad}" if bad else "no drift"
    print(f"{len(found)} claims, {readings} readings, {options.seeds} seeds at {options.effort} effort: {told}")
    if not complete:
        print(f"not all claims were judged from every seed{': ' + '; '.join(failed) if failed else ' (stopped)'}")
    if options.out is not None:
        rows = [{"seed": seed, "readings": readings, "drifts": drifts} for seed, drifts in by_seed.items()]
        seconds = {name: {str(seed): round(spent, 2) for seed, (_, spent) in sorted(seeds.items())} for name, seeds in found.items()}
        document = {"effort": options.effort, "complete": complete, "runs": rows, "processor_seconds": seconds}
        options.out.write_text(json.dumps(document, indent=1) + "\n", encoding="utf-8")
    return int(bool(bad) or not complete)


if __name__ == "__main__":
    sys.exit(main())
