"""repeat the paper's experiments, with its numbers beside ours

examples:
  verify tables                      Tables 1 to 3, stochastic descent and more, into ./verification-tables
  verify tables 1 --out DIR          one table
  verify tables 3 --quick            smaller sizes and fewer seeds, in less than a minute
  verify tables stochastic beyond    what the paper has in prose only

Each table is written as HTML, Markdown, LaTeX (booktabs) and JSON: DIR/table1.html and so on, with figures in DIR/figures. Each printed number
that survives is marked REPRODUCED or NOT_REPRODUCED. The same seed and versions give the same numbers.
Table 3 needs JAX: pip install "transient-verify[experiments]". Exit status 0: the tables were made, whatever is in them; 2: they could not be.
Ctrl-C keeps the tables made so far, and of Table 3 also the runs that were finished (exit status 130).
"""

from __future__ import annotations

import argparse
from pathlib import Path

from verify.cli.status import ExitStatus, UnusableInput

NAMES = ("1", "2", "3", "stochastic", "beyond")


def _seed(word: str) -> int:
    if not word.isascii() or not word.isdigit() or int(word) >= 2**32:
        raise argparse.ArgumentTypeError(f"got {word!r}, must be a whole number from 0 to 2^32 - 1, such as --seed 0")
    return int(word)


def _jobs(word: str) -> int:
    if not word.isascii() or not word.isdigit() or not 1 <= int(word) <= 256:
        raise argparse.ArgumentTypeError(f"got {word!r}, must be a whole number from 1 to 256, such as --jobs 2")
    return int(word)


def configure(parser: argparse.ArgumentParser) -> None:
    folder = Path("verification-tables")
    parser.add_argument("tables", nargs="*", metavar="TABLE", help=f"which tables: {', '.join(NAMES)} (default: all)")
    parser.add_argument("--out", type=Path, default=folder, metavar="DIR", help=f"the folder to write into (default: {folder})")
    parser.add_argument("--quick", action="store_true", help="smaller sizes and fewer seeds")
    parser.add_argument("--seed", type=_seed, default=0, metavar="N", help="the seed of every random stream (default: 0)")
    parser.add_argument("--jobs", type=_jobs, metavar="N", help="processes (default: the number of cores, at most 2); the numbers do not depend on it")
    parser.add_argument("--quiet", action="store_true", help="print nothing but errors")


def perform(arguments: argparse.Namespace) -> int:
    names = tuple(dict.fromkeys(arguments.tables)) or NAMES
    for name in names:
        if name not in NAMES:
            raise UnusableInput(f"argument TABLE: '{name}' is none of {', '.join(NAMES)}")
    _usable(arguments.out)
    import os
    import sys
    import time

    from verify.experiments.jobs import steps_for
    from verify.experiments.render import write
    from verify.experiments.tables import MissingTools, make, missing_tools

    try:
        missing_tools(names)
    except MissingTools as error:
        raise UnusableInput(str(error)) from error
    jobs, reproduced, surviving = arguments.jobs or min(2, os.cpu_count() or 1), 0, 0
    for name in names:
        begun = time.monotonic()
        try:
            report = make(name, quick=arguments.quick, seed=arguments.seed, jobs=jobs, steps=steps_for(arguments.quiet))
        except KeyboardInterrupt:
            kept = ", ".join(names[: names.index(name)])
            print(f"verify tables: stopped; table {name} is not written" + (f", kept: {kept}" if kept else ""), file=sys.stderr)
            return ExitStatus.INTERRUPTED
        page = write(report, arguments.out)
        reproduced, surviving = (sum(pair) for pair in zip((reproduced, surviving), report.counts(), strict=True))
        if not arguments.quiet:
            print(f"{report.title}. {report.headline} {page} ({time.monotonic() - begun:.0f} s)", flush=True)
        if report.stopped:
            print(f"verify tables: {report.stopped}", file=sys.stderr)
            return ExitStatus.INTERRUPTED
    if len(names) > 1 and not arguments.quiet:
        print(f"Together {reproduced} of {surviving} surviving numbers reproduced.")
    return 0


def _usable(folder: Path) -> None:
    """The folder exists or can be made, before anything is computed."""
    try:
        folder.mkdir(parents=True, exist_ok=True)
        probe = folder / ".verify-tables"
        probe.write_bytes(b"")
        probe.unlink()
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UnusableInput(f"argument --out: '{folder}': cannot be written ({reason}); name a folder that you may create") from error
