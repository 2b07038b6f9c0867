"""An entry is at most the norm: A[0, 0] = 3/5 contradicts ‖A‖ <= 1/2.
"""

from sympy import Eq, MatrixSymbol, Rational

from verify import Claim, Norm, Reading, coupling, own

A = MatrixSymbol("A", 2, 2)
STATEMENT = Norm(A * A) <= Rational(1, 100)
DOMAIN = {A: coupling(norm=Rational(1, 2))}
HYPOTHESES = (Eq(A[0, 0], Rational(3, 5)),)

CLAIM = Claim(
    id="bank-hyp-vacuous-03",
    title="An entry above the norm",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
