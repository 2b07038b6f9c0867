"""Tool B, form "ray", drawn by ``draw.py``.

K grows with ν (so does τ), hence over x >= ν0 its least value is that at x = ν0: the formula of tool B at λ = 197/325, -67/325, ν0 =
1433018/125125 gives τ = 77/10. So K = (τ + 1/τ)/2 = 6029/1540 there. The constant is that value: equality is attained.
"""

from sympy import Matrix, Rational, Symbol, oo

from verify import Claim, KreissConstant, Reading, between, own

x = Symbol("x", real=True)
STATEMENT = KreissConstant(Matrix([[Rational(197, 325), 0], [x, Rational(-67, 325)]])) >= Rational(6029, 1540)
DOMAIN = {x: between(Rational(1433018, 125125), oo, open_high=True)}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-b-true-05",
    title="A Kreiss constant by tool B (ray)",
    source="tool B, drawn constants",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("tool B"))],
)
