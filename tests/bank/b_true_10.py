"""Tool B, form "ray", drawn by ``draw.py``.

K grows with ν (so does τ), hence over x >= ν0 its least value is that at x = ν0: the formula of tool B at λ = 29/74, -71/370, ν0 =
116739/17575 gives τ = 19/5. So K = (τ + 1/τ)/2 = 193/95 there. The constant is that value: equality is attained.
"""

from sympy import Matrix, Rational, Symbol, oo

from verify import Claim, KreissConstant, Reading, between, own

x = Symbol("x", real=True)
STATEMENT = KreissConstant(Matrix([[Rational(29, 74), 0], [x, Rational(-71, 370)]])) >= Rational(193, 95)
DOMAIN = {x: between(Rational(116739, 17575), oo, open_high=True)}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-b-true-10",
    title="A Kreiss constant by tool B (ray)",
    source="tool B, drawn constants",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("tool B"))],
)
