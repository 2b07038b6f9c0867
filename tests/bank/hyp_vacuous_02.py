"""A symmetric matrix with ρ <= γ < 1 has norm ρ < 1, so ‖A‖ > 1 is impossible.
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
HYPOTHESES = (Norm(A) > 1,)

CLAIM = Claim(
    id="bank-hyp-vacuous-02",
    title="A symmetric block of large norm",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
