"""The product and the squares.

For numbers |ab| <= max(a², b²). For matrices of order 2: X = [[0, 0], [1, 0]], Y = Xᵀ: X² = Y² = 0, XY = diag(0, 1).
"""

from sympy import MatrixSymbol, Max, Symbol

from verify import Claim, Norm, Reading, general, own

n = Symbol("n", integer=True)
X, Y = MatrixSymbol("X", n, n), MatrixSymbol("Y", n, n)
STATEMENT = Norm(X * Y) <= Max(Norm(X * X), Norm(Y * Y))
DOMAIN = {X: general(), Y: general()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-s5-false-02",
    title="Products and squares",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
