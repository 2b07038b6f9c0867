"""When a Jordan block of order 3 has Kreiss constant 1.

Row L16: K(γI + N_n) = 1 iff γ + cos(π/(n + 1)) <= 1 (K = 1 iff w <= 1, and w(γI + N_3) = γ + √2/2). An irrational threshold, 0.29289…
"""

from sympy import Equivalent, Matrix, Symbol, sqrt

from verify import Claim, KreissConstant, Reading, between, own

gamma = Symbol("gamma", real=True)
J = Matrix([[gamma, 0, 0], [1, gamma, 0], [0, 1, gamma]])
STATEMENT = Equivalent(KreissConstant(J) <= 1, gamma <= 1 - sqrt(2) / 2)
DOMAIN = {gamma: between(0, 1, open_high=True)}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-jordan-true-01",
    title="Jordan block of order three",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
