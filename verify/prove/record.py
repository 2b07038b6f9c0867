"""``python -m verify.prove.record [--seconds S] [ID…]``: looks for certificates of the obligations of the repository's proofs, and stores what it finds.

Only obligations without an accepted certificate are searched. With ``--list`` nothing is searched: it says which obligations that a machine
discharges have one.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Iterator, Sequence

from sympy.logic.boolalg import Boolean

from verify.language.claim import Claim, Reading
from verify.language.printing import text
from verify.library import discover
from verify.prove.blocks import block_identity
from verify.prove.certified import STORE, certified, key_of, scalar_statement
from verify.prove.chain import obligations
from verify.prove.inequality import Search
from verify.prove.solver import decide

__all__ = ["discharged", "main"]


def discharged(claim: Claim) -> Iterator[tuple[Reading, int, Boolean, tuple[Boolean, ...]]]:
    """The obligations of a claim that the decision procedure discharges (not those that are identities of block matrices)."""
    for reading in claim.readings:
        if reading.untestable is not None:
            continue
        for number, statement, given in obligations(claim, reading):
            if statement.func.__name__ == "BooleanTrue" or block_identity(statement) is not None:
                continue
            if decide(statement, given).status == "valid":
                yield reading, number, statement, given


def main(arguments: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ids", nargs="*", metavar="ID")
    parser.add_argument("--seconds", type=float, default=10.0, help="for one obligation")
    parser.add_argument("--list", action="store_true", help="only say which obligations have a certificate")
    options = parser.parse_args(arguments)
    store = json.loads(STORE.read_text(encoding="utf-8")) if STORE.is_file() else {}
    known, count = 0, 0
    for file in discover():
        if options.ids and file.id not in options.ids:
            continue
        claim = file.load()
        for reading, number, statement, given in discharged(claim):
            count += 1
            how = "stored" if certified(statement, given) is not None else "none"
            scalar = scalar_statement(statement, given)
            if how == "none" and scalar is None:
                how = "no scalar form"
            elif how == "none" and scalar is not None and not options.list:
                start = time.process_time()
                searches = (Search(options.seconds, roots_first) for roots_first in (True, False))
                proof = next(filter(None, (search.proof(scalar["hypotheses"], scalar["conclusion"]) for search in searches)), None)
                how = f"{'found' if proof is not None else 'none'} in {time.process_time() - start:.1f} s"
                if proof is not None:
                    store[key_of(scalar)] = proof
                    _write(store)
            known += how.startswith(("stored", "found"))
            print(f"{claim.id}({reading.key}) step {number}: {how} | {text(statement)[:80]}", flush=True)
    print(f"{known} of {count} obligations that a machine discharges have a certificate")
    return 0


def _write(store: dict[str, object]) -> None:
    lines = ",\n".join(f"{json.dumps(key)}: {json.dumps(store[key], separators=(',', ':'))}" for key in sorted(store))
    STORE.write_text("{\n" + lines + "\n}\n", encoding="utf-8")


if __name__ == "__main__":
    sys.exit(main())
