"""The lower bound for c >= 1.

At A = D = 0, c = 1: K = 1 against 1/4 + 1 = 5/4, short by 1/5 of the bound.
"""

from sympy import MatrixSymbol, Symbol, symbols

from verify import Claim, KreissConstant, Norm, Reading, between, block, coupling, own, symmetric

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
J = block([[A, 0], [C, D]])
c = Norm(C)
STATEMENT = KreissConstant(J) >= c / 4 + 1 / c
DOMAIN = {gamma: between(0, 1, open_high=True), A: symmetric(rho=gamma), D: symmetric(rho=gamma), C: coupling()}
HYPOTHESES = (c >= 1,)

CLAIM = Claim(
    id="bank-d-false-02",
    title="Kreiss constant from below, c >= 1",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
