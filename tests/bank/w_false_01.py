"""The numerical radius of the triangular class, lowered by a millionth.

w([[γ, 0], [c, γ]]) = γ + c/2.
"""

from sympy import MatrixSymbol, Rational, Symbol, symbols

from verify import Claim, Norm, NumericalRadius, Reading, between, block, coupling, own, symmetric

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
J = block([[A, 0], [C, D]])
c = Norm(C)
STATEMENT = NumericalRadius(J) <= (1 - Rational(1, 10**6)) * (gamma + c / 2)
DOMAIN = {gamma: between(0, 1, open_high=True), A: symmetric(rho=gamma), D: symmetric(rho=gamma), C: coupling()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-w-false-01",
    title="Numerical radius, lowered",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
