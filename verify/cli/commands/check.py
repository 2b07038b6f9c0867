"""re-check certificates with the stand-alone checker

examples:
  verify check DIR/certificates/T9.i.simplest.json
  verify check DIR/certificates/*.json
  verify check DIR/certificates/*.json --claim my_claim.py     certificates of a claim of your own

A certificate carries a claim as an expression and the exact data that violate it (or show how sharp it is).  reports/check.py, which uses
the Python standard library alone and shares no code with the engine, evaluates it in exact arithmetic.  Then this command confirms that the
expression is the one compiled from the claim's own file.  Exit status 0: all accepted; 2: one was rejected or cannot be read.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from verify.cli.status import ExitStatus, UnusableInput

if TYPE_CHECKING:
    from verify.library import ClaimFile


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("certificates", nargs="+", type=Path, metavar="CERTIFICATE", help="a certificate file (JSON)")
    parser.add_argument("--claim", action="append", default=[], metavar="FILE", help="the file of a claim of your own, to compare its certificates with")


def perform(arguments: argparse.Namespace) -> int:
    from verify.cli.selection import selected_claims

    paths = arguments.certificates
    for path in paths:
        _refuse_unreadable(path)
    accepted = _ask_the_checker(paths)
    if not accepted:
        print("verify check: error: the stand-alone checker did not accept every certificate; its words are above", file=sys.stderr)
        return int(ExitStatus.UNUSABLE_INPUT)
    return _compare_with_claims(paths, selected_claims(arguments.claim) if arguments.claim else ())


def _refuse_unreadable(path: Path) -> None:
    try:
        with path.open("rb") as file:
            file.read(1)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        message = f"argument CERTIFICATE: '{path}': cannot be read ({reason}); name a certificate file, as in REPORT/certificates/"
        raise UnusableInput(message) from error


def checker() -> Path:
    """The stand-alone checker of this checkout.

    Raises:
        UnusableInput: if there is none, because the package was installed without its repository.
    """
    path = Path(__file__).resolve().parents[3] / "reports" / "check.py"
    if not path.is_file():
        raise UnusableInput(f"the stand-alone checker is not at '{path}': work in a checkout of the repository, after `pip install -e .`")
    return path


def _ask_the_checker(paths: Sequence[Path]) -> bool:
    """Runs the checker as anybody else would, isolated from this package; its output goes straight through."""
    sys.stdout.flush()
    words = [str(path) if path.is_absolute() else f"./{path}" for path in paths]
    return subprocess.run([sys.executable, "-I", str(checker()), *words], check=False).returncode == 0


def _compare_with_claims(paths: Sequence[Path], own: Sequence[ClaimFile]) -> int:
    from verify.certificates import matches_claim
    from verify.cli.selection import claim_complaints

    with claim_complaints():
        claims = {file.id: file.load() for file in own}
    status = ExitStatus.OK
    for path in paths:
        certificate: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
        try:
            reason = matches_claim(certificate, claims)
        except LookupError as why:
            print(f"{path}: its statement was compared with no claim file: {why}")
            continue
        if reason is None:
            print(f"{path}: its statement is the one compiled from the file of claim {certificate['claim']['id']}")
        else:
            print(f"verify check: error: {path}: {reason}", file=sys.stderr)
            status = ExitStatus.UNUSABLE_INPUT
    return int(status)
