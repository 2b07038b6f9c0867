"""The norm of a block-triangular matrix, without roots.

Let N be its norm, x, y, w the norms of the blocks. Row L14: N <= ‖T‖, T = [[x, 0], [y, w]], whose singular values σ satisfy (σ² − x²)(σ² −
w²) = y²σ². The left side less the right is a quadratic in σ², non-positive between the two singular values; N >= max(x, w) >= √(xw) >=
σ_min(T). So it is non-positive at N. Equality for 1×1.
"""

from sympy import MatrixSymbol, symbols

from verify import Claim, Norm, Reading, block, coupling, general, own

p, q = symbols("p q", integer=True)
X, Y, Z = MatrixSymbol("X", p, p), MatrixSymbol("Y", q, p), MatrixSymbol("Z", q, q)
square = Norm(block([[X, 0], [Y, Z]])) ** 2
STATEMENT = (square - Norm(X) ** 2) * (square - Norm(Z) ** 2) <= Norm(Y) ** 2 * square
DOMAIN = {X: general(), Y: coupling(), Z: general()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-l14-true-01",
    title="Norm of a block-triangular matrix",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
