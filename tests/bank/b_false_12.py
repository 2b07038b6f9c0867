"""Tool B, form "circle", drawn by ``draw.py``.

The matrix has trace 6/5, ν = 2h and ((λ1 − λ2)/2)² = q = u² + v² − h² in [0, 2304/15625]; the numerator 2h + 2√(q + h²) of τ grows with h
and q, the denominator 2a + 2√(a² − q), a = 1 − (λ1 + λ2)/2, falls with q. So K is largest on the circle h = 28684/26875, u² + v² =
929274256/722265625: the formula of tool B at λ = 123/125, 27/125, ν = 57368/26875 gives τ = 43/10. So K = (τ + 1/τ)/2 = 1949/860 there. The
constant is that value times 1 − 3e-05.
"""

from sympy import Matrix, Rational, Symbol

from verify import Claim, KreissConstant, Reading, between, own

h, u, v = (Symbol(name, real=True) for name in "huv")
STATEMENT = KreissConstant(Matrix([[Rational(3, 5) + u, v - h], [v + h, Rational(3, 5) - u]])) <= Rational(194894153, 86000000)
DOMAIN = {
    h: between(0, Rational(28684, 26875)),
    u: between(-Rational(30484, 26875), Rational(30484, 26875)),
    v: between(-Rational(30484, 26875), Rational(30484, 26875)),
}
HYPOTHESES = (u**2 + v**2 >= h**2, u**2 + v**2 <= h**2 + Rational(2304, 15625))

CLAIM = Claim(
    id="bank-b-false-12",
    title="A Kreiss constant by tool B (circle)",
    source="tool B, drawn constants",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("tool B"))],
)
