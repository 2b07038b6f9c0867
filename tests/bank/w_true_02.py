"""The numerical radius of a nilpotent contraction of order 3.

Haagerup and de la Harpe: T³ = 0 gives w(T) <= ‖T‖ cos(π/4). Equality at the shift x = z = 1, y = 0.
"""

from sympy import Matrix, sqrt, symbols

from verify import Claim, Norm, NumericalRadius, Reading, own, real

x, y, z = symbols("x y z", real=True)
T = Matrix([[0, 0, 0], [x, 0, 0], [y, z, 0]])
STATEMENT = NumericalRadius(T) <= sqrt(2) / 2 * Norm(T)
DOMAIN = {x: real(), y: real(), z: real()}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-w-true-02",
    title="Nilpotent of order three",
    source="the bank of statements",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("bank"))],
)
