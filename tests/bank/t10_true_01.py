"""The closed stability window of signed 2×2 matrices.

Row T10: −(1 − γ²) < bc < (1 − γ)² gives ρ < 1 for all |a|, |d| <= γ; eigenvalues are continuous, so the closed window gives ρ <= 1.
Equality at a = d = γ at both ends.
"""

from sympy import Matrix, Symbol, symbols

from verify import Claim, Reading, SpectralRadius, between, own, real

gamma = Symbol("gamma", real=True)
a, b, c, d = symbols("a b c d", real=True)
STATEMENT = SpectralRadius(Matrix([[a, b], [c, d]])) <= 1
DOMAIN = {gamma: between(0, 1, open_high=True), a: between(-gamma, gamma), d: between(-gamma, gamma), b: real(), c: real()}
HYPOTHESES = (b * c >= gamma**2 - 1, b * c <= (1 - gamma) ** 2)

CLAIM = Claim(
    id="bank-t10-true-01",
    title="The closed stability window",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
