"""Descent–ascent with the larger of the two instead of the sum.

At A = D = γ, C = c: ρ² = γ² + c² > max(γ², c²), by the factor 2 at γ = c.
"""

from sympy import MatrixSymbol, Max, Symbol, Transpose, symbols

from verify import Claim, Norm, Reading, SpectralRadius, between, block, coupling, own, symmetric

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
J = block([[A, -Transpose(C)], [C, D]])
c = Norm(C)
STATEMENT = SpectralRadius(J) ** 2 <= Max(gamma**2, c**2)
DOMAIN = {gamma: between(0, 1, open_high=True), A: symmetric(rho=gamma), D: symmetric(rho=gamma), C: coupling()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-t10-false-02",
    title="Descent-ascent, the larger part",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
