"""Weak coupling costs nothing: K(J) <= 1 if c <= 2(1 − γ).

Row T4: K <= k(κ) = 1 for κ <= 2; K >= 1 always, so equality holds for every such member. Sharp also in the threshold: K > 1 at [[γ, 0], [c,
γ]] as soon as κ > 2.
"""

from sympy import MatrixSymbol, Symbol, symbols

from verify import Claim, KreissConstant, Norm, Reading, between, block, coupling, own, symmetric

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
J = block([[A, 0], [C, D]])
c = Norm(C)
STATEMENT = KreissConstant(J) <= 1
DOMAIN = {gamma: between(0, 1, open_high=True), A: symmetric(rho=gamma), D: symmetric(rho=gamma), C: coupling()}
HYPOTHESES = (c <= 2 * (1 - gamma),)

CLAIM = Claim(
    id="bank-s2-true-02",
    title="No transient growth under weak coupling",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
