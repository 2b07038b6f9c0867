"""Tool B, form "circle", drawn by ``draw.py``.

The matrix has trace 4/5, ν = 2h and ((λ1 − λ2)/2)² = q = u² + v² − h² in [0, 729/42025]; the numerator 2h + 2√(q + h²) of τ grows with h
and q, the denominator 2a + 2√(a² − q), a = 1 − (λ1 + λ2)/2, falls with q. So K is largest on the circle h = 11663/1640, u² + v² =
5442889/107584: the formula of tool B at λ = 109/205, 11/41, ν = 11663/820 gives τ = 12. So K = (τ + 1/τ)/2 = 145/24 there. The constant is
that value times 1 − 0.02.
"""

from sympy import Matrix, Rational, Symbol

from verify import Claim, KreissConstant, Reading, between, own

h, u, v = (Symbol(name, real=True) for name in "huv")
STATEMENT = KreissConstant(Matrix([[Rational(2, 5) + u, v - h], [v + h, Rational(2, 5) - u]])) <= Rational(1421, 240)
DOMAIN = {
    h: between(0, Rational(11663, 1640)),
    u: between(-Rational(2333, 328), Rational(2333, 328)),
    v: between(-Rational(2333, 328), Rational(2333, 328)),
}
HYPOTHESES = (u**2 + v**2 >= h**2, u**2 + v**2 <= h**2 + Rational(729, 42025))

CLAIM = Claim(
    id="bank-b-false-07",
    title="A Kreiss constant by tool B (circle)",
    source="tool B, drawn constants",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("tool B"))],
)
