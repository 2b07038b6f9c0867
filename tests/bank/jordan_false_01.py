"""When a Jordan block of order 3 has Kreiss constant 1, with a decimal.

Row L16: the threshold is 1 − √2/2 = 0.292893…; at γ = 0.2935, K = 1 + 7.37e-7 (scan by hand). Violated for 0.292893 < γ <= 0.2935 only, a
strip of width 6.1e-4.
"""

from sympy import Matrix, Rational, Symbol

from verify import Claim, KreissConstant, Reading, between, own

gamma = Symbol("gamma", real=True)
J = Matrix([[gamma, 0, 0], [1, gamma, 0], [0, 1, gamma]])
STATEMENT = KreissConstant(J) <= 1
DOMAIN = {gamma: between(0, Rational(2935, 10000))}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-jordan-false-01",
    title="Jordan block of order three, a decimal",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
