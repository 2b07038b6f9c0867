"""The Kreiss constant of a scaled Jordan block of order 3, a thousandth more.

K(γI + cN_3) = 4κ²/27 + 1/3 + about 0.99/κ² for large κ, so 1/3 + 1/1000 fails for κ > 31.5 or so. Relative to the bound the shortfall is
largest near κ = 44: 1.7e-6.
"""

from sympy import Matrix, Rational, Symbol

from verify import Claim, KreissConstant, Reading, between, nonnegative, own

gamma = Symbol("gamma", real=True)
c = Symbol("c", real=True)
J = Matrix([[gamma, 0, 0], [c, gamma, 0], [0, c, gamma]])
STATEMENT = KreissConstant(J) >= Rational(4, 27) * (c / (1 - gamma)) ** 2 + Rational(1, 3) + Rational(1, 1000)
DOMAIN = {gamma: between(0, 1, open_high=True), c: nonnegative()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-jordan-false-02",
    title="Scaled Jordan block of order three, raised",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
