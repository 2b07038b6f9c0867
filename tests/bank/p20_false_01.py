"""The asymptote of the pseudospectral radius, lowered by one percent of c/2.

Row P20: ρ_ε − γ = √(ε² + cε). It exceeds ε + 99c/200 iff c/100 ε > (99c/200)², that is ε > 24.5c. Relative to the bound the excess is
(c/200 − c/(8ε) …)/ε, largest near ε = 50c: 5.0e-5 (at γ = 0; less for γ > 0 unless c is large).
"""

from sympy import Matrix, Rational, Symbol

from verify import Claim, PseudospectralRadius, Reading, between, nonnegative, own, positive

gamma = Symbol("gamma", real=True)
epsilon = Symbol("epsilon", real=True)
c = Symbol("c", real=True)
J = Matrix([[gamma, 0], [c, gamma]])
STATEMENT = PseudospectralRadius(J, epsilon) <= gamma + epsilon + Rational(99, 200) * c
DOMAIN = {gamma: between(0, 1, open_high=True), c: nonnegative(), epsilon: positive()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-p20-false-01",
    title="Pseudospectral radius, lowered asymptote",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
