"""A threshold put too high by 9/10000.

k(κ) = 1 for κ <= 2 and κ/4 + 1/κ beyond. With the case split at κ = 2 + 9/10000 the member [[γ, 0], [c, γ]], 2 < κ <= 2.0009, violates K <=
1, by at most k(2.0009) − 1 = 0.0009²/(4 · 2.0009) = 1.012e-7. Elsewhere the statement is true (S2): the violation lives in a strip of width
0.0009 in κ.
"""

from sympy import MatrixSymbol, Piecewise, Rational, Symbol, symbols

from verify import Claim, KreissConstant, Norm, Reading, between, block, coupling, own, symmetric

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
J = block([[A, 0], [C, D]])
c = Norm(C)
kappa = c / (1 - gamma)
STATEMENT = KreissConstant(J) <= Piecewise((1, kappa <= 2 + Rational(9, 10000)), (kappa / 4 + 1 / kappa, True))
DOMAIN = {gamma: between(0, 1, open_high=True), A: symmetric(rho=gamma), D: symmetric(rho=gamma), C: coupling()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-s2-false-01",
    title="Kreiss constant with a case split",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
