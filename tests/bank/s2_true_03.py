"""The Kreiss constant exceeds c/(4δ) by at most 1.

k(x) <= 1 + x/4: for x <= 2 as 1 <= 1 + x/4, with equality at x = 0; for x >= 2 as 1/x <= 1. Equality at C = 0.
"""

from sympy import MatrixSymbol, Symbol, symbols

from verify import Claim, KreissConstant, Norm, Reading, between, block, coupling, own, symmetric

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
J = block([[A, 0], [C, D]])
c = Norm(C)
STATEMENT = KreissConstant(J) <= 1 + c / (4 * (1 - gamma))
DOMAIN = {gamma: between(0, 1, open_high=True), A: symmetric(rho=gamma), D: symmetric(rho=gamma), C: coupling()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-s2-true-03",
    title="Kreiss constant, a simple bound",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
