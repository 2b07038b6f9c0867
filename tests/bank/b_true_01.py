"""Tool B, form "segment", drawn by ``draw.py``.

K grows with ν (so does τ), hence over 0 <= x <= ν0 its largest value is that at x = ν0: the formula of tool B at λ = 53/65, 38/65, ν0 =
3600/637 gives τ = 49/5. So K = (τ + 1/τ)/2 = 1213/245 there. The constant is that value: equality is attained.
"""

from sympy import Matrix, Rational, Symbol

from verify import Claim, KreissConstant, Reading, between, own

x = Symbol("x", real=True)
STATEMENT = KreissConstant(Matrix([[Rational(53, 65), 0], [x, Rational(38, 65)]])) <= Rational(1213, 245)
DOMAIN = {x: between(0, Rational(3600, 637))}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-b-true-01",
    title="A Kreiss constant by tool B (segment)",
    source="tool B, drawn constants",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("tool B"))],
)
