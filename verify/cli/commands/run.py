"""judge claims and write a report

examples:
  verify run                                     every claim, at standard effort, into ./verification-report
  verify run --effort quick T4 T9 --out report two claims, in seconds
  verify run my_claim.py                         a claim file of your own
  verify run --exit-code --quiet T9 || echo no   for scripts: the exit status speaks (see `verify --help`)

The same claims, seed, effort and versions give the same findings, whatever --jobs is.  Effort is counted in evaluations; the time limit
only stops what hangs.  Ctrl-C stops the work and still writes the report of what was found; a second Ctrl-C gives that up too.
A folder that holds an earlier report is replaced; any other folder that is not empty is refused.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from verify.cli.status import UnusableInput, status_of

if TYPE_CHECKING:
    from verify.library import ClaimFile
    from verify.results import RunResult
    from verify.workers import Limits

EFFORTS = ("quick", "standard", "deep")


def _number(convert: Callable[[str], float], low: float, high: float, what: str) -> Callable[[str], float]:
    """An argument type: a number between two bounds, with a complaint that says so."""

    def parse(word: str) -> float:
        try:
            value = convert(word)
        except ValueError:
            value = float("nan")
        if not low <= value <= high:
            raise argparse.ArgumentTypeError(f"got {word!r}, must be {what}")
        return value

    return parse


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("claims", nargs="*", metavar="ID|FILE", help="claims by id or by file (default: all; `verify list` shows them)")
    effort = "how much is tried before a claim is let stand (default: standard)"
    parser.add_argument("--effort", choices=EFFORTS, default="standard", help=effort)
    parser.add_argument(
        "--seed", type=_number(int, 0, 2**63 - 1, "a whole number from 0 to 2^63 - 1, such as --seed 0"), default=0, metavar="N",
        help="the seed of every random stream (default: 0)",
    )
    folder = Path("verification-report")
    parser.add_argument("--out", type=Path, default=folder, metavar="DIR", help=f"the report's folder (default: {folder})")
    parser.add_argument(
        "--jobs", type=_number(int, 1, 1024, "a whole number from 1 to 1024, such as --jobs 2"), metavar="N",
        help="claims judged at a time (default: the number of cores, at most 4)",
    )
    parser.add_argument("--record", action="store_true", help="keep the counterexamples found: they are replayed first from then on (theorems/corpus/)")
    parser.add_argument("--quiet", action="store_true", help="print nothing but errors")
    parser.add_argument("--exit-code", action="store_true", help="return 1 if some reading is refuted, else 3 if some is undecided, unwitnessed or vacuous")
    parser.add_argument(
        "--time-limit", type=_number(float, 1, 1e7, "a number of seconds from 1 to 1e7, such as --time-limit 600"), metavar="SECONDS",
        help="stop the check of a single claim after this time (default: quick 120, standard 600, deep 7200)",
    )
    parser.add_argument(
        "--memory-limit", type=_number(float, 0.25, 1e6, "a number of GiB from 0.25 up, such as --memory-limit 2"), metavar="GIB",
        help="memory that the check of a single claim may use (default: 1)",
    )


def _limits(arguments: argparse.Namespace) -> Limits:
    from verify.workers import GIB, Limits

    limits = Limits.for_effort(arguments.effort)
    if arguments.time_limit is not None:
        limits = replace(limits, seconds=arguments.time_limit)
    if arguments.memory_limit is not None:
        limits = replace(limits, memory=int(arguments.memory_limit * GIB))
    return limits


def _record(claims: Sequence[ClaimFile], result: RunResult, quiet: bool) -> None:
    """Adds the counterexamples to the corpus of each claim."""
    from verify.corpus import file_of, record

    files = {claim.id: claim for claim in claims}
    for claim in result.claims:
        path = file_of(files[claim.id])
        try:
            new = record(files[claim.id], claim)
        except OSError as error:
            raise UnusableInput(f"argument --record: '{path}' cannot be written ({error.strerror}); run where the claims may be written") from error
        if new and not quiet:
            print(f"Recorded: {new} new in {path.parent.name}/{path.name}")


def perform(arguments: argparse.Namespace) -> int:
    from verify.workers import default_jobs, start_fork_server

    start_fork_server(all_claims=not arguments.claims)  # it imports the engine while the claims are read here
    from verify.cli.selection import claim_complaints, selected_claims
    from verify.cli.summary import summary
    from verify.progress import progress_for
    from verify.run import run
    from verify.store import UnusableFolder

    claims = selected_claims(arguments.claims)
    jobs = arguments.jobs or default_jobs()
    try:
        with claim_complaints():
            result = run(
                claims, arguments.effort, arguments.seed, arguments.out, jobs, progress_for(arguments.quiet), limits=_limits(arguments)
            )
    except UnusableFolder as error:
        raise UnusableInput(f"argument --out: {error}") from error
    if not arguments.quiet:
        print(summary(result, arguments.out / "report.html"))
    if arguments.record:
        _record(claims, result, arguments.quiet)
    return int(status_of(result, arguments.exit_code))
