"""Tool B, form "segment", drawn by ``draw.py``.

K grows with ν (so does τ), hence over 0 <= x <= ν0 its largest value is that at x = ν0: the formula of tool B at λ = 71/125, 29/125, ν0 =
53336/6875 gives τ = 33/5. So K = (τ + 1/τ)/2 = 557/165 there. The constant is that value times 1 − 1e-07.
"""

from sympy import Matrix, Rational, Symbol

from verify import Claim, KreissConstant, Reading, between, own

x = Symbol("x", real=True)
STATEMENT = KreissConstant(Matrix([[Rational(71, 125), 0], [x, Rational(29, 125)]])) <= Rational(1856666481, 550000000)
DOMAIN = {x: between(0, Rational(53336, 6875))}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-b-false-01",
    title="A Kreiss constant by tool B (segment)",
    source="tool B, drawn constants",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("tool B"))],
)
