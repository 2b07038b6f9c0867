"""Products of positive semidefinite matrices.

AB + BA ⪰ 0 for numbers. For A = diag(1, 0), B = [[1, 1], [1, 1]]: AB + BA = [[2, 1], [1, 0]] has determinant −1.
"""

from sympy import MatrixSymbol, Symbol

from verify import Claim, PositiveSemidefinite, Reading, own, symmetric

n = Symbol("n", integer=True)
A, B = MatrixSymbol("A", n, n), MatrixSymbol("B", n, n)
STATEMENT = PositiveSemidefinite(A * B + B * A)
DOMAIN = {A: symmetric(above=0), B: symmetric(above=0)}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-norms-false-01",
    title="Symmetrised products",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
