"""Tool B, form "segment", drawn by ``draw.py``.

K grows with ν (so does τ), hence over 0 <= x <= ν0 its largest value is that at x = ν0: the formula of tool B at λ = 21/61, 17/305, ν0 =
156791/13725 gives τ = 36/5. So K = (τ + 1/τ)/2 = 1321/360 there. The constant is that value times 1 − 0.1.
"""

from sympy import Matrix, Rational, Symbol

from verify import Claim, KreissConstant, Reading, between, own

x = Symbol("x", real=True)
STATEMENT = KreissConstant(Matrix([[Rational(21, 61), 0], [x, Rational(17, 305)]])) <= Rational(1321, 400)
DOMAIN = {x: between(0, Rational(156791, 13725))}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-b-false-06",
    title="A Kreiss constant by tool B (segment)",
    source="tool B, drawn constants",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("tool B"))],
)
