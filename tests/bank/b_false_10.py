"""Tool B, form "ray", drawn by ``draw.py``.

K grows with ν (so does τ), hence over x >= ν0 its least value is that at x = ν0: the formula of tool B at λ = 16/61, -19/305, ν0 =
2747247/176900 gives τ = 87/10. So K = (τ + 1/τ)/2 = 7669/1740 there. The constant is that value times 1 + 1e-05.
"""

from sympy import Matrix, Rational, Symbol, oo

from verify import Claim, KreissConstant, Reading, between, own

x = Symbol("x", real=True)
STATEMENT = KreissConstant(Matrix([[Rational(16, 61), 0], [x, Rational(-19, 305)]])) >= Rational(766907669, 174000000)
DOMAIN = {x: between(Rational(2747247, 176900), oo, open_high=True)}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-b-false-10",
    title="A Kreiss constant by tool B (ray)",
    source="tool B, drawn constants",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("tool B"))],
)
