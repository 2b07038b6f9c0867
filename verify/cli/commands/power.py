"""measure which errors the search would have caught

examples:
  verify power S2 S4 P19                 three claims, into ./reports
  verify power --out DIR my_claim.py     a claim file of your own, into DIR
  verify power --effort quick            every claim

Into a statement that is proved sharp, an error is planted: its bound is made wrong by a relative error d, so that it is false however small d is.  The
search then runs on the false statement, from scratch and with all it knows, and d is bisected down to 1e-12.  What counts is a counterexample that the
stand-alone checker accepts.  Each number inside the statement is made wrong as well, in the direction that makes it stronger.  Gross mistakes (an
exponent, a factor, a dropped hypothesis) are planted too.  Results are kept in DIR/power.json, which the next report shows, and in DIR/power/*.json, one
certificate for the smallest error of each bound and constant.  For a bound that is not known to be sharp, the result says how far the claimed constant is
from the best certified ratio.
"""

from __future__ import annotations

import argparse
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verify.cli.status import ExitStatus, UnusableInput

if TYPE_CHECKING:
    from verify.power.record import Measurement

EFFORTS = ("quick", "standard", "deep")
SECONDS = 20.0


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("claims", nargs="*", metavar="ID|FILE", help="claims by id or by file (default: all; `verify list` shows them)")
    parser.add_argument("--effort", choices=EFFORTS, default="standard", help="the effort of each search (default: standard)")
    parser.add_argument("--seed", type=int, default=0, metavar="N", help="the seed of every random stream (default: 0)")
    parser.add_argument("--out", type=Path, default=Path("reports"), metavar="DIR", help="where power.json is kept (default: reports)")
    parser.add_argument("--jobs", type=int, metavar="N", help="claims measured at a time (default: one on each core, at most 4)")
    parser.add_argument(
        "--seconds", type=float, default=SECONDS, metavar="S", help=f"processor time after which no further search begins, a claim (default: {SECONDS:g})"
    )


def perform(arguments: argparse.Namespace) -> int:
    if not arguments.seconds > 0:
        raise UnusableInput(f"argument --seconds: got {arguments.seconds:g}, must be above 0, such as --seconds 20")
    if arguments.jobs is not None and arguments.jobs < 1:
        raise UnusableInput(f"argument --jobs: got {arguments.jobs}, must be at least 1, such as --jobs 2")
    from verify.workers import start_fork_server

    start_fork_server()
    from verify.cli.selection import selected_claims
    from verify.interrupt import Stop
    from verify.power.record import merged, read, write
    from verify.power.run import about, measured

    files = selected_claims(arguments.claims)
    path = arguments.out / "power.json"
    try:
        stored = read(path)
    except ValueError as error:
        raise UnusableInput(f"argument --out: {error}") from error
    found: list[Measurement] = []
    done: list[str] = []
    failed = False
    with Stop() as stop:
        outcomes = measured(files, arguments.effort, arguments.seed, arguments.seconds, arguments.jobs, stop)
        for number, (name, outcome) in enumerate(outcomes, 1):
            place = f"[{number}/{len(files)}]"
            if isinstance(outcome, str):
                failed = True
                print(f"{place} {name}: not measured: {outcome}", flush=True)
                continue
            measurements, certificates, seconds = outcome
            done.append(name)
            _keep(arguments.out / "power", certificates)
            found.extend(measurements)
            print("\n".join(_lines(f"{place} {name}", measurements, seconds)), flush=True)
            write(path, merged(stored, found, done, about(arguments.effort, arguments.seed, arguments.seconds)))
            _drop_stale(arguments.out / "power", name, certificates)
    print(_summary(found))
    if stop.requested:
        print(f"stopped: {len(done)} of {len(files)} claims were measured, and are kept in {path}")
        return int(ExitStatus.INTERRUPTED)
    return int(ExitStatus.INTERNAL_ERROR if failed else ExitStatus.OK)


def _keep(folder: Path, certificates: dict[str, dict[str, Any]]) -> None:
    import json

    folder.mkdir(parents=True, exist_ok=True)
    for name, certificate in certificates.items():
        (folder / name).write_text(json.dumps(certificate, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


def _drop_stale(folder: Path, claim: str, certificates: dict[str, dict[str, Any]]) -> None:
    """What an earlier measurement of the claim left there; after the record that names it is replaced, so that no record ever names a file that is gone."""
    from glob import escape

    for earlier in folder.glob(f"{escape(claim)}.*.json"):
        if earlier.name not in certificates:
            earlier.unlink()


def _lines(name: str, measurements: list[Measurement], seconds: float) -> list[str]:
    lines = [f"{name}  {seconds:.1f} s"] if measurements else [f"{name}: no bound to plant an error in"]
    for m in measurements:
        for bound in m.bounds:
            scratch, helped = bound.from_scratch or "none", bound.with_help or "none"
            caught = f"from scratch {scratch} ({bound.scratch_source or '-'}), with help {helped}"
            known = f"sharp: {bound.sharp}" if bound.sharp else f"not known to be sharp, gap at most {bound.gap or 'unknown'}"
            lines.append(f"  ({m.reading}) {caught}; {known}{'; stopped by the clock' if m.stopped and not bound.reason else ''}")
            if bound.reason:
                lines.append(f"      why: {bound.reason}")
        for one in m.constants:
            found = f"refuted {one.direction} by {one.smallest} ({one.source}){'; stopped by the clock' if one.stopped else ''}"
            lines.append(f"  ({m.reading}) constant {one.constant}: {found if one.outcome == 'refuted' else one.outcome}")
        if m.mistakes:
            counts = {outcome: sum(c.outcome == outcome for c in m.mistakes) for outcome in ("refuted", "not refuted", "not tried")}
            lines.append(f"  ({m.reading}) other mistakes: " + ", ".join(f"{count} {outcome}" for outcome, count in counts.items()))
    return lines


def _summary(found: list[Measurement]) -> str:
    sharp = sorted(float(bound.from_scratch or 1) for m in found for bound in m.bounds if bound.sharp)
    if not sharp:
        return "no bound that is known to be sharp"
    poor = [f"  {m.claim}({m.reading}): {bound.from_scratch or 'none'}: {bound.reason}" for m in found for bound in m.bounds if bound.sharp and bound.reason]
    return "\n".join([f"{len(sharp)} sharp bounds: median {sharp[len(sharp) // 2]:.0e}, worst {sharp[-1]:.0e} from scratch", *poor])
