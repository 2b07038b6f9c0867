"""print what exactly is checked, as text and as LaTeX

examples:
  verify show T4              every reading of T4: hypotheses, conclusion, where the formula comes from
  verify show my_claim.py     the same for a claim file of your own

What is printed comes from the expression that is checked: there is no second copy of the statement.
"""

from __future__ import annotations

import argparse

from verify.cli.status import ExitStatus


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("claims", nargs="+", metavar="ID|FILE", help="claims by id or by file")


def perform(arguments: argparse.Namespace) -> int:
    from verify.cli.selection import claim_complaints, selected_claims

    claims = selected_claims(arguments.claims)
    from verify import library

    with claim_complaints():
        texts = [library.show(claim.load()) for claim in claims]
    print("\n\n".join(text.rstrip() for text in texts))
    return int(ExitStatus.OK)
