"""A case split at 5/2 instead of 2.

At κ = 5/2 the member [[γ, 0], [c, γ]] has K = 5/8 + 2/5 = 41/40 > 1.
"""

from sympy import MatrixSymbol, Piecewise, Rational, Symbol, symbols

from verify import Claim, KreissConstant, Norm, Reading, between, block, coupling, own, symmetric

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
J = block([[A, 0], [C, D]])
c = Norm(C)
kappa = c / (1 - gamma)
STATEMENT = KreissConstant(J) <= Piecewise((1, kappa <= Rational(5, 2)), (kappa / 4 + 1 / kappa, True))
DOMAIN = {gamma: between(0, 1, open_high=True), A: symmetric(rho=gamma), D: symmetric(rho=gamma), C: coupling()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-s2-false-02",
    title="Kreiss constant, cases",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
