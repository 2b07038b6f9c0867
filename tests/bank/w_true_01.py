"""The numerical radius with feedback.

|v*Jv| <= γ|v1|² + (b + c)|v1||v2| + γ|v2|² <= γ + (b + c)/2, as |v1|² + |v2|² = 1. Equality at [[γ, b], [c, γ]], v = (1, 1)/√2.
"""

from sympy import MatrixSymbol, Symbol, symbols

from verify import Claim, Norm, NumericalRadius, Reading, between, block, coupling, own, symmetric

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
B = MatrixSymbol("B", p, q)
J = block([[A, B], [C, D]])
b, c = Norm(B), Norm(C)
STATEMENT = NumericalRadius(J) <= gamma + (b + c) / 2
DOMAIN = {gamma: between(0, 1, open_high=True), A: symmetric(rho=gamma), D: symmetric(rho=gamma), B: coupling(), C: coupling()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-w-true-01",
    title="Numerical radius with feedback",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
