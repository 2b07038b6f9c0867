"""Contradictory at sight: c >= 2 and c <= 1.
"""

from sympy import MatrixSymbol, Rational, Symbol, symbols

from verify import Claim, KreissConstant, Norm, Reading, between, block, coupling, own, symmetric

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
J = block([[A, 0], [C, D]])
c = Norm(C)
STATEMENT = KreissConstant(J) <= Rational(1, 2)
DOMAIN = {gamma: between(0, 1, open_high=True), A: symmetric(rho=gamma), D: symmetric(rho=gamma), C: coupling()}
HYPOTHESES = (c >= 2, c <= 1)

CLAIM = Claim(
    id="bank-hyp-vacuous-01",
    title="A coupling of two sizes",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
