"""list the claims that can be checked

examples:
  verify list           one line per claim: id, group, title, file
  verify list --json    the same for programs

groups: paper (claims of arXiv:2606.04031 and steps of its proofs), sharp (best possible counterparts), classical (theorems that others
rest on).
"""

from __future__ import annotations

import argparse
import json

from verify.cli.status import ExitStatus


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("--json", action="store_true", help="print a JSON list of objects with id, title, group and path")


def perform(arguments: argparse.Namespace) -> int:
    from verify.cli.selection import selected_claims

    claims = selected_claims(())
    if arguments.json:
        records = [{"id": claim.id, "title": claim.title, "group": claim.group, "path": str(claim.path)} for claim in claims]
        print(json.dumps(records, indent=1, ensure_ascii=False))
        return int(ExitStatus.OK)
    rows = [(claim.id, claim.group, claim.title) for claim in claims]
    widths = [max((len(row[column]) for row in rows), default=0) for column in (0, 1)]
    for name, group, title in rows:
        print(f"{name:<{widths[0]}}  {group:<{widths[1]}}  {title}".rstrip())
    return int(ExitStatus.OK)
