"""The smaller coupling instead of the geometric mean.

Row T10: ρ([[γ, b], [c, γ]]) = γ + √(bc) > γ + min(b, c) unless b = c. By any factor as c → ∞ with b = 1.
"""

from sympy import MatrixSymbol, Min, Symbol, symbols

from verify import Claim, Norm, Reading, SpectralRadius, between, block, coupling, own, symmetric

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
B = MatrixSymbol("B", p, q)
J = block([[A, B], [C, D]])
b, c = Norm(B), Norm(C)
STATEMENT = SpectralRadius(J) <= gamma + Min(b, c)
DOMAIN = {gamma: between(0, 1, open_high=True), A: symmetric(rho=gamma), D: symmetric(rho=gamma), B: coupling(), C: coupling()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-s4-false-01",
    title="Spectral radius and the smaller coupling",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
