"""The least Kreiss constant for given γ, c when p = q = 1.

A = ±γ and D = ±γ. Equal signs give k(κ). Opposite signs: tool B at λ = γ, −γ, ν = c: τ = (c + √(c² + 4γ²))/(2 + 2√(1 − γ²)), K = (τ +
1/τ)/2 if τ >= 1. The latter is the smaller: for c <= 2δ, δ = 1 − γ, τ <= 1; and in c, τ grows at most at the rate 1/(1 + √(1 − γ²)) <=
1/(2δ), that of κ/2. Equality at A = γ, D = −γ.
"""

from sympy import MatrixSymbol, Symbol, sqrt

from verify import Claim, KreissConstant, Norm, Reading, between, block, coupling, own, symmetric

gamma = Symbol("gamma", real=True)
A, D, C = MatrixSymbol("A", 1, 1), MatrixSymbol("D", 1, 1), MatrixSymbol("C", 1, 1)
J = block([[A, 0], [C, D]])
c = Norm(C)
tau = (c + sqrt(c**2 + 4 * gamma**2)) / (2 + 2 * sqrt(1 - gamma**2))
STATEMENT = KreissConstant(J) >= (tau + 1 / tau) / 2
DOMAIN = {gamma: between(0, 1, open_high=True), A: symmetric(rho=gamma, attained=True), D: symmetric(rho=gamma, attained=True), C: coupling()}
HYPOTHESES = (tau >= 1,)

CLAIM = Claim(
    id="bank-t7-true-01",
    title="The least Kreiss constant of order one",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
