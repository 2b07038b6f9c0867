"""write a commented claim file to start from

examples:
  verify new my_claim.py         a claim that runs as it is; put your own in its place
  verify run my_claim.py         judge it
  verify new notes/bound.py      the claim's id is made of the file's name: my-bound for my_bound.py

A file that is there already is never overwritten.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path

from verify.cli.status import ExitStatus, UnusableInput

_TEMPLATE = '''\
"""What this claim says, in a sentence.  `verify show {shown}` prints it; `verify run {shown}` judges it."""

from sympy import MatrixSymbol, Symbol, symbols

from verify import Claim, Norm, Reading, SpectralRadius, between, block, coupling, guessed, symmetric

# Symbols. Declare none positive: signs are hypotheses, and SymPy would fold a relation of known sign into True.
p, q = symbols("p q", integer=True)                     # block orders, drawn by the search
gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
J = block([[A, 0], [C, D]])

CLAIM = Claim(
    id="{claim_id}",                                    # a plain string: it is read without running this file
    title="The norm of J is at most gamma plus the norm of the coupling",
    source="our notes, Lemma 1",
    # One class for every symbol: parameters first, then the matrices whose bounds use them. A class is a hypothesis.
    domain={{
        gamma: between(0, 1, open_high=True),
        A: symmetric(rho=gamma),                        # A = A^T with spectral radius at most gamma
        D: symmetric(rho=gamma),
        C: coupling(),                                  # any real matrix
    }},
    # hypotheses=(Norm(C) <= 1,),                       # whatever the classes do not say
    readings=[
        # Each reading gets its own verdict. The statement is the checker: write the bound once, here.
        # Provenance: stated, quoted, reconstructed, guessed, own, classical.
        Reading("i", Norm(J) <= gamma + Norm(C), guessed("by the triangle inequality")),
        Reading("ii", Norm(J) <= SpectralRadius(J), guessed("true of symmetric J; is it of this one?")),
    ],
)
'''


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("path", type=Path, metavar="PATH", help="the file to write; its name ends in .py")


def perform(arguments: argparse.Namespace) -> int:
    path: Path = arguments.path
    if path.suffix != ".py":
        raise UnusableInput(f"argument PATH: '{path}': a claim file is a Python file; give a name that ends in .py, such as my_claim.py")
    text = _TEMPLATE.format(shown=re.sub(r"[^\w.\-]", "_", path.name), claim_id=_claim_id(path))
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError as error:
        raise UnusableInput(f"argument PATH: '{path}': is there already and is not overwritten; give another name") from error
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        raise UnusableInput(f"argument PATH: '{path}': cannot be written ({reason}); give a file in a folder that exists") from error
    print(f"{path}: a claim to start from; `verify run {path}` judges it")
    return int(ExitStatus.OK)


def _claim_id(path: Path) -> str:
    """An id in plain letters from the file's name; ``my-`` in front where a claim of the repository has it."""
    from verify.library import discover

    words = re.sub(r"[^A-Za-z0-9]+", "-", path.stem).strip("-") or "claim"
    return f"my-{words}" if words.lower() in {file.id.lower() for file in discover()} else words
