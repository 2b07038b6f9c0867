"""Reads the command line, runs one subcommand, and turns every failure into one clear message and an exit status."""

from __future__ import annotations

import argparse
import importlib
import os
import pkgutil
import sys
from collections.abc import Sequence
from typing import NoReturn

from verify import __version__
from verify.cli import commands
from verify.cli.status import ExitStatus, UnusableInput

__all__ = ["main"]

_EPILOG = """\
examples:
  verify run                              every claim, standard effort, into ./verification-report
  verify run --effort quick T4 T9         two claims, in seconds
  verify run theorems/paper/T9.py         a claim by its file, also one of your own anywhere on the disk
  verify list                             what is there to be checked
  verify show T4                          what exactly is checked, as text and as LaTeX
  verify check DIR/certificates/*.json    re-check counterexamples with the stand-alone checker
  verify new my_claim.py                  write a commented claim file to start from
  verify diff old.json new.json           what changed between two reports
  verify tables 1                         repeat an experiment of the paper, its numbers beside ours

exit status:
  0  every selected claim got a verdict, whichever it is
  2  unusable input: one message on the standard error says what to do
  4  internal error, also if it befell a single claim while the others went on
  with run --exit-code also
  1  some reading is refuted
  3  some reading is undecided, was met by no instance, or has hypotheses that contradict each other
  (diff returns 1 if a verdict drifted)
  If several apply: 4, then 2, then 1, then 3.  A run stopped by Ctrl-C otherwise returns 130.

`verify COMMAND --help` says more about each command.
"""


class _Parser(argparse.ArgumentParser):
    """A parser whose complaint is one line."""

    def error(self, message: str) -> NoReturn:
        print(f"{self.prog}: error: {message}; `{self.prog} --help` shows what is admissible, with examples", file=sys.stderr)
        raise SystemExit(int(ExitStatus.UNUSABLE_INPUT))


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="verify",
        description="Checks claims on the transient growth of matrix powers: whether each holds, how sharp it is, and what proves that.",
        epilog=_EPILOG,
        formatter_class=argparse.RawDescriptionHelpFormatter,
        allow_abbrev=False,
    )
    parser.add_argument("--version", action="version", version=f"verify {__version__}")
    subparsers = parser.add_subparsers(title="commands", metavar="COMMAND", required=True)
    for found in pkgutil.iter_modules(commands.__path__):
        module = importlib.import_module(f"{commands.__name__}.{found.name}")
        name = found.name.removesuffix("_")
        summary, _, details = (module.__doc__ or "").partition("\n\n")
        layout = argparse.RawDescriptionHelpFormatter
        subparser = subparsers.add_parser(
            name, help=summary, description=summary, epilog=details, formatter_class=layout, allow_abbrev=False
        )
        module.configure(subparser)
        subparser.set_defaults(perform=module.perform)
    return parser


def main(words: Sequence[str] | None = None) -> int:
    """The whole command; returns the exit status."""
    try:
        status = _perform(words)
        sys.stdout.flush()
        return status
    except UnusableInput as error:
        return _complain(str(error), ExitStatus.UNUSABLE_INPUT)
    except KeyboardInterrupt:
        return _complain("stopped", ExitStatus.INTERRUPTED)
    except BrokenPipeError:
        # The reader of our output went away (`verify list | head`): nothing is wrong, and nothing more can be said to it.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return int(ExitStatus.OK)
    except Exception as error:
        if os.environ.get("VERIFY_TRACEBACK"):
            raise
        message = f"internal error: {type(error).__name__}: {error}; this is a defect of the suite, set VERIFY_TRACEBACK=1 to see where"
        return _complain(message, ExitStatus.INTERNAL_ERROR)


def _perform(words: Sequence[str] | None) -> int:
    try:
        arguments = _parser().parse_args(words)
    except SystemExit as error:  # argparse has spoken: --help, --version, or what it cannot read
        return int(error.code or 0)
    return int(arguments.perform(arguments))


def _complain(message: str, status: ExitStatus) -> int:
    print(f"verify: {'' if status == ExitStatus.INTERRUPTED else 'error: '}{message}", file=sys.stderr)
    return int(status)
