"""The pseudospectral radius stays below its asymptote.

Row P20: ρ_ε = γ + √(ε² + cε), and (ε + c/2)² = ε² + cε + c²/4. For c > 0 the difference c²/4/(√(ε² + cε) + ε + c/2) is positive and tends
to 0 as ε → ∞: the bound is approached at infinity only.
"""

from sympy import Matrix, Symbol

from verify import Claim, PseudospectralRadius, Reading, between, own, positive

gamma = Symbol("gamma", real=True)
epsilon = Symbol("epsilon", real=True)
c = Symbol("c", real=True)
J = Matrix([[gamma, 0], [c, gamma]])
STATEMENT = PseudospectralRadius(J, epsilon) < gamma + epsilon + c / 2
DOMAIN = {gamma: between(0, 1, open_high=True), c: positive(), epsilon: positive()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-p20-true-01",
    title="Pseudospectral radius below its asymptote",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
