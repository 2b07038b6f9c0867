"""The power inequality at the square.

Berger: w(M²) <= w(M)². Equality for every normal M, the identity for example.
"""

from sympy import MatrixSymbol, Symbol

from verify import Claim, NumericalRadius, Reading, general, own

n = Symbol("n", integer=True)
M = MatrixSymbol("M", n, n)
STATEMENT = NumericalRadius(M * M) <= NumericalRadius(M) ** 2
DOMAIN = {M: general()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-w-true-03",
    title="Numerical radius of the square",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
