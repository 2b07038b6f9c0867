"""Tool B, form "ray", drawn by ``draw.py``.

K grows with ν (so does τ), hence over x >= ν0 its least value is that at x = ν0: the formula of tool B at λ = 161/170, 29/34, ν0 = 399/425
gives τ = 5. So K = (τ + 1/τ)/2 = 13/5 there. The constant is that value times 1 + 5e-07.
"""

from sympy import Matrix, Rational, Symbol, oo

from verify import Claim, KreissConstant, Reading, between, own

x = Symbol("x", real=True)
STATEMENT = KreissConstant(Matrix([[Rational(161, 170), 0], [x, Rational(29, 34)]])) >= Rational(26000013, 10000000)
DOMAIN = {x: between(Rational(399, 425), oo, open_high=True)}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-b-false-05",
    title="A Kreiss constant by tool B (ray)",
    source="tool B, drawn constants",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("tool B"))],
)
