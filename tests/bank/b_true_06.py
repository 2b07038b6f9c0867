"""Tool B, form "segment", drawn by ``draw.py``.

K grows with ν (so does τ), hence over 0 <= x <= ν0 its largest value is that at x = ν0: the formula of tool B at λ = 41/61, 161/305, ν0 =
793781/123525 gives τ = 81/10. So K = (τ + 1/τ)/2 = 6661/1620 there. The constant is that value: equality is attained.
"""

from sympy import Matrix, Rational, Symbol

from verify import Claim, KreissConstant, Reading, between, own

x = Symbol("x", real=True)
STATEMENT = KreissConstant(Matrix([[Rational(41, 61), 0], [x, Rational(161, 305)]])) <= Rational(6661, 1620)
DOMAIN = {x: between(0, Rational(793781, 123525))}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-b-true-06",
    title="A Kreiss constant by tool B (segment)",
    source="tool B, drawn constants",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("tool B"))],
)
