"""Small claims for the tests of proofs."""

from __future__ import annotations

from sympy import MatrixSymbol, Symbol, symbols
from sympy.logic.boolalg import Boolean

from verify import (
    Claim,
    Proof,
    Reading,
    between,
    block,
    coupling,
    guessed,
    nonnegative,
    real,
    symmetric,
)
from verify.prove.chain import ProofOutcome, Prover

p, q, n = symbols("p q n", integer=True)
gamma, s, x, y, r = symbols("gamma s x y r", real=True)
z = Symbol("z", complex=True)
A, C, D = MatrixSymbol("A", p, p), MatrixSymbol("C", q, p), MatrixSymbol("D", q, q)
X, Y = MatrixSymbol("X", n, n), MatrixSymbol("Y", n, n)
J = block([[A, 0], [C, D]])
CLASS = {gamma: between(0, 1, open_high=True), s: nonnegative(), A: symmetric(rho=gamma), D: symmetric(rho=gamma), C: coupling(norm=s)}
SCALARS = {x: real(), y: real()}
GAP = 4 * (1 - gamma)


def claim(statement: Boolean, proof: Proof | None = None, *, id: str = "Q", domain: dict | None = None, **more: object) -> Claim:
    return Claim(id, id, SCALARS if domain is None else domain, [Reading("i", statement, guessed(), proof=proof, **more)])


def outcome(of: Claim, *others: Claim) -> ProofOutcome:
    """The outcome with these claims for a repository; all but the first may be cited if their provenance is classical."""
    known = {one.id: one for one in (of, *others)}
    prover = Prover(known.__getitem__, citable=lambda name: name != of.id and name in known)
    return prover.prove(of, of.readings[0])
