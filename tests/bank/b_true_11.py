"""Tool B, form "segment", drawn by ``draw.py``.

K grows with ν (so does τ), hence over 0 <= x <= ν0 its largest value is that at x = ν0: the formula of tool B at λ = 17/25, -7/25, ν0 =
10304/2125 gives τ = 17/5. So K = (τ + 1/τ)/2 = 157/85 there. The constant is that value: equality is attained.
"""

from sympy import Matrix, Rational, Symbol

from verify import Claim, KreissConstant, Reading, between, own

x = Symbol("x", real=True)
STATEMENT = KreissConstant(Matrix([[Rational(17, 25), 0], [x, Rational(-7, 25)]])) <= Rational(157, 85)
DOMAIN = {x: between(0, Rational(10304, 2125))}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-b-true-11",
    title="A Kreiss constant by tool B (segment)",
    source="tool B, drawn constants",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("tool B"))],
)
