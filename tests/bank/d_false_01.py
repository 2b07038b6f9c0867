"""The lower bound by the coupling, one hundredth too early.

Tool D: K >= k(c), and equality at A = D = 0. For c < 2, k(c) = 1 while c/4 + 1/c = 1 + (2 − c)²/(4c) > 1. At c = 1.99, A = D = 0: K = 1
against 1.0000125628.
"""

from sympy import MatrixSymbol, Rational, Symbol, symbols

from verify import Claim, KreissConstant, Norm, Reading, between, block, coupling, own, symmetric

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
J = block([[A, 0], [C, D]])
c = Norm(C)
STATEMENT = KreissConstant(J) >= c / 4 + 1 / c
DOMAIN = {gamma: between(0, 1, open_high=True), A: symmetric(rho=gamma), D: symmetric(rho=gamma), C: coupling()}
HYPOTHESES = (c >= Rational(199, 100),)

CLAIM = Claim(
    id="bank-d-false-01",
    title="Kreiss constant from below, too early",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
