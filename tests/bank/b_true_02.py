"""Tool B, form "circle", drawn by ``draw.py``.

The matrix has trace 6/5, ν = 2h and ((λ1 − λ2)/2)² = q = u² + v² − h² in [0, 576/4225]; the numerator 2h + 2√(q + h²) of τ grows with h and
q, the denominator 2a + 2√(a² − q), a = 1 − (λ1 + λ2)/2, falls with q. So K is largest on the circle h = 24442/12025, u² + v² =
617124964/144600625: the formula of tool B at λ = 63/65, 3/13, ν = 48884/12025 gives τ = 37/5. So K = (τ + 1/τ)/2 = 697/185 there. The
constant is that value: equality is attained.
"""

from sympy import Matrix, Rational, Symbol

from verify import Claim, KreissConstant, Reading, between, own

h, u, v = (Symbol(name, real=True) for name in "huv")
STATEMENT = KreissConstant(Matrix([[Rational(3, 5) + u, v - h], [v + h, Rational(3, 5) - u]])) <= Rational(697, 185)
DOMAIN = {
    h: between(0, Rational(24442, 12025)),
    u: between(-Rational(24842, 12025), Rational(24842, 12025)),
    v: between(-Rational(24842, 12025), Rational(24842, 12025)),
}
HYPOTHESES = (u**2 + v**2 >= h**2, u**2 + v**2 <= h**2 + Rational(576, 4225))

CLAIM = Claim(
    id="bank-b-true-02",
    title="A Kreiss constant by tool B (circle)",
    source="tool B, drawn constants",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("tool B"))],
)
