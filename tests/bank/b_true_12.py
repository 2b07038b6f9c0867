"""Tool B, form "circle", drawn by ``draw.py``.

The matrix has trace 1, ν = 2h and ((λ1 − λ2)/2)² = q = u² + v² − h² in [0, 25/676]; the numerator 2h + 2√(q + h²) of τ grows with h and q,
the denominator 2a + 2√(a² − q), a = 1 − (λ1 + λ2)/2, falls with q. So K is largest on the circle h = 11021/2184, u² + v² =
121638841/4769856: the formula of tool B at λ = 9/13, 4/13, ν = 11021/1092 gives τ = 21/2. So K = (τ + 1/τ)/2 = 445/84 there. The constant
is that value: equality is attained.
"""

from sympy import Matrix, Rational, Symbol

from verify import Claim, KreissConstant, Reading, between, own

h, u, v = (Symbol(name, real=True) for name in "huv")
STATEMENT = KreissConstant(Matrix([[Rational(1, 2) + u, v - h], [v + h, Rational(1, 2) - u]])) <= Rational(445, 84)
DOMAIN = {
    h: between(0, Rational(11021, 2184)),
    u: between(-Rational(11029, 2184), Rational(11029, 2184)),
    v: between(-Rational(11029, 2184), Rational(11029, 2184)),
}
HYPOTHESES = (u**2 + v**2 >= h**2, u**2 + v**2 <= h**2 + Rational(25, 676))

CLAIM = Claim(
    id="bank-b-true-12",
    title="A Kreiss constant by tool B (circle)",
    source="tool B, drawn constants",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("tool B"))],
)
