"""Strict where equality is attained.

Row T10: ρ(J) <= γ + √(bc), attained at [[γ, b], [c, γ]], and at A = γ, B = 0.
"""

from sympy import MatrixSymbol, Symbol, sqrt, symbols

from verify import Claim, Norm, Reading, SpectralRadius, between, block, coupling, own, symmetric

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
B = MatrixSymbol("B", p, q)
J = block([[A, B], [C, D]])
b, c = Norm(B), Norm(C)
STATEMENT = SpectralRadius(J) < gamma + sqrt(b * c)
DOMAIN = {gamma: between(0, 1, open_high=True), A: symmetric(rho=gamma), D: symmetric(rho=gamma), B: coupling(), C: coupling()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-s4-false-02",
    title="Spectral radius, strictly",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
