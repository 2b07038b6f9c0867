"""Descent–ascent at equal rates.

Row T10 with s = 1: J = H + N, H = diag(A, D) symmetric, N = [[0, −Cᵀ], [C, 0]] skew. For a unit eigenvector λ = v*Hv + v*Nv, real and
imaginary part, so |λ|² <= γ² + c². Equality at A = D = γ (1×1).
"""

from sympy import MatrixSymbol, Symbol, Transpose, symbols

from verify import Claim, Norm, Reading, SpectralRadius, between, block, coupling, own, symmetric

p, q = symbols("p q", integer=True)
gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
J = block([[A, -Transpose(C)], [C, D]])
c = Norm(C)
STATEMENT = SpectralRadius(J) ** 2 <= gamma**2 + c**2
DOMAIN = {gamma: between(0, 1, open_high=True), A: symmetric(rho=gamma), D: symmetric(rho=gamma), C: coupling()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-t10-true-02",
    title="Descent-ascent",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
