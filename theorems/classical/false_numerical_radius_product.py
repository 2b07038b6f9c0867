"""False: the numerical radius is submultiplicative."""

from sympy import MatrixSymbol

from theorems.notation import n
from verify import Claim, NumericalRadius, Reading, general, own

X, Y = MatrixSymbol("X", n, n), MatrixSymbol("Y", n, n)

CLAIM = Claim(
    id="false-numerical-radius-product",
    title="Numerical radius of a product: a false strengthening",
    source="a false strengthening of numerical-radius-power",
    domain={X: general(), Y: general()},
    readings=[Reading("i", NumericalRadius(X * Y) <= NumericalRadius(X) * NumericalRadius(Y), own("true with the factor 4"))],
)
