"""The theorem of Cayley and Hamilton, for order two."""

from sympy import Determinant, Identity, MatrixSymbol, Trace

from verify import Claim, MatrixEq, Reading, classical, general

X = MatrixSymbol("X", 2, 2)

CLAIM = Claim(
    id="cayley-hamilton",
    title="Theorem of Cayley and Hamilton, order two",
    source="Cayley 1858",
    domain={X: general()},
    readings=[Reading("i", MatrixEq(X**2, Trace(X) * X - Determinant(X) * Identity(2)), classical("A. Cayley, Phil. Trans. 148 (1858), 17–37"))],
)
