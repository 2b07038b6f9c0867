"""The numerical radius of nilpotent matrices of order 3, with a decimal for √2/2.

The shift has w = √2/2 = 0.70710678 and norm 1; 0.7071 is short by 9.6e-6.
"""

from sympy import Matrix, Rational, symbols

from verify import Claim, Norm, NumericalRadius, Reading, own, real

x, y, z = symbols("x y z", real=True)
T = Matrix([[0, 0, 0], [x, 0, 0], [y, z, 0]])
STATEMENT = NumericalRadius(T) <= Rational(7071, 10000) * Norm(T)
DOMAIN = {x: real(), y: real(), z: real()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-w-false-02",
    title="Nilpotent of order three, a decimal",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
