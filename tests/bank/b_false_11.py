"""Tool B, form "segment", drawn by ``draw.py``.

K grows with ν (so does τ), hence over 0 <= x <= ν0 its largest value is that at x = ν0: the formula of tool B at λ = 136/145, 96/145, ν0 =
2442/1015 gives τ = 7. So K = (τ + 1/τ)/2 = 25/7 there. The constant is that value times 1 − 0.001.
"""

from sympy import Matrix, Rational, Symbol

from verify import Claim, KreissConstant, Reading, between, own

x = Symbol("x", real=True)
STATEMENT = KreissConstant(Matrix([[Rational(136, 145), 0], [x, Rational(96, 145)]])) <= Rational(999, 280)
DOMAIN = {x: between(0, Rational(2442, 1015))}
HYPOTHESES = ()

CLAIM = Claim(
    id="bank-b-false-11",
    title="A Kreiss constant by tool B (segment)",
    source="tool B, drawn constants",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("tool B"))],
)
