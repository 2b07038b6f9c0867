"""The stability window, too wide by 1e-4 on the negative side.

At a = d = γ, bc < 0: the eigenvalues γ ± i√|bc| have modulus² γ² − bc, above 1 iff bc < −(1 − γ²). So only the strip −(1 + 1e-4)(1 − γ²) <
bc < −(1 − γ²) violates it; ρ exceeds 1 by up to 5e-5.
"""

from sympy import Matrix, Rational, Symbol, symbols

from verify import Claim, Reading, SpectralRadius, between, own, real

gamma = Symbol("gamma", real=True)
a, b, c, d = symbols("a b c d", real=True)
STATEMENT = SpectralRadius(Matrix([[a, b], [c, d]])) <= 1
DOMAIN = {gamma: between(0, 1, open_high=True), a: between(-gamma, gamma), d: between(-gamma, gamma), b: real(), c: real()}
HYPOTHESES = (b * c >= (1 + Rational(1, 10**4)) * (gamma**2 - 1), b * c <= (1 - gamma) ** 2)

CLAIM = Claim(
    id="bank-t10-false-01",
    title="The stability window, widened",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
