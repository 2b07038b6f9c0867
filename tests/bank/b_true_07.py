"""Tool B, form "circle", drawn by ``draw.py``.

The matrix has trace 8/5, ν = 2h and ((λ1 − λ2)/2)² = q = u² + v² − h² in [0, 1089/105625]; the numerator 2h + 2√(q + h²) of τ grows with h
and q, the denominator 2a + 2√(a² − q), a = 1 − (λ1 + λ2)/2, falls with q. So K is largest on the circle h = 13064/6625, u² + v² =
28919383249/7417515625: the formula of tool B at λ = 293/325, 227/325, ν = 26128/6625 gives τ = 53/5. So K = (τ + 1/τ)/2 = 1417/265 there.
The constant is that value: equality is attained.
"""

from sympy import Matrix, Rational, Symbol

from verify import Claim, KreissConstant, Reading, between, own

h, u, v = (Symbol(name, real=True) for name in "huv")
STATEMENT = KreissConstant(Matrix([[Rational(4, 5) + u, v - h], [v + h, Rational(4, 5) - u]])) <= Rational(1417, 265)
DOMAIN = {
    h: between(0, Rational(13064, 6625)),
    u: between(-Rational(170057, 86125), Rational(170057, 86125)),
    v: between(-Rational(170057, 86125), Rational(170057, 86125)),
}
HYPOTHESES = (u**2 + v**2 >= h**2, u**2 + v**2 <= h**2 + Rational(1089, 105625))

CLAIM = Claim(
    id="bank-b-true-07",
    title="A Kreiss constant by tool B (circle)",
    source="tool B, drawn constants",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("tool B"))],
)
