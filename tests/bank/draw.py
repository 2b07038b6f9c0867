"""Draws the quarter of the bank that comes from tool B: ``python tests/bank/draw.py`` writes ``b_true_*.py`` and ``b_false_*.py`` again, byte for byte.

Tool B: a real 2×2 matrix with real eigenvalues ``λ1, λ2`` in ``(−1, 1)``, ``λ1 + λ2 >= 0``, ``ν = |x12 − x21|``, has ``K = (τ + 1/τ)/2`` if ``τ >= 1``,
``τ = (ν + √(ν² + (λ1 − λ2)²)) / (√(1 − λ1) + √(1 − λ2))²``.

All constants are rational. With ``1 − λi = s ui²`` (``u1 < u2`` integers, ``s`` rational) the denominator is ``s (u1 + u2)²``, and with
``ν = (λ1 − λ2)(1 − m²)/(2m)`` the numerator is ``(λ1 − λ2)/m = s (u2² − u1²)/m``; so ``τ = (u2 − u1)/(m (u1 + u2))``. A false statement has the constant
multiplied by ``1 − d`` (a lower bound: by ``1 + d``).
"""

from __future__ import annotations

import json
import random
import textwrap
from fractions import Fraction
from pathlib import Path

HERE = Path(__file__).resolve().parent
SEED = 20261121
DEFECTS = ["1e-1", "1e-2", "1e-3", "1e-4", "1e-5", "1e-6", "1e-7", "3e-3", "3e-5", "2e-6", "2e-2", "5e-7"]
FORMS = ["segment", "circle", "norms", "triangular", "ray"]

REAL = "the formula of tool B at"
TEXTS = {
    "segment": "K grows with ν (so does τ), hence over 0 <= x <= ν0 its largest value is that at x = ν0: {real} λ = {l1}, {l2}, ν0 = {nu} gives τ = {tau}.",
    "ray": "K grows with ν (so does τ), hence over x >= ν0 its least value is that at x = ν0: {real} λ = {l1}, {l2}, ν0 = {nu} gives τ = {tau}.",
    "circle": (
        "The matrix has trace {trace}, ν = 2h and ((λ1 − λ2)/2)² = q = u² + v² − h² in [0, {q}]; the numerator 2h + 2√(q + h²) of τ grows with h and q, the\n"
        "denominator 2a + 2√(a² − q), a = 1 − (λ1 + λ2)/2, falls with q. So K is largest on the circle h = {h0}, u² + v² = {circle}: {real} λ = {l1}, {l2},\n"
        "ν = {nu} gives τ = {tau}."
    ),
    "norms": (
        "Comparison principle (tool A): K(J) <= K([[α, b], [c, d]]), α = {alpha}, b = {b}, c = {c}, d = {d}, itself a member. Its eigenvalues are\n"
        "{l1}, {l2}, and ν = c − b = {nu}; {real} these gives τ = {tau}."
    ),
    "triangular": (
        "Comparison principle (tool A): K(J) <= K([[{l1}, 0], [{nu}, {l2}]]), itself a member; {real} λ = {l1}, {l2}, ν = {nu} gives τ = {tau}."
    ),
}
BODIES = {
    "segment": """x = Symbol("x", real=True)
STATEMENT = KreissConstant(Matrix([[{l1}, 0], [x, {l2}]])) <= {bound}
DOMAIN = {{x: between(0, {nu})}}
HYPOTHESES = ()
""",
    "ray": """x = Symbol("x", real=True)
STATEMENT = KreissConstant(Matrix([[{l1}, 0], [x, {l2}]])) >= {bound}
DOMAIN = {{x: between({nu}, oo, open_high=True)}}
HYPOTHESES = ()
""",
    "circle": """h, u, v = (Symbol(name, real=True) for name in "huv")
STATEMENT = KreissConstant(Matrix([[{mean} + u, v - h], [v + h, {mean} - u]])) <= {bound}
DOMAIN = {{
    h: between(0, {h0}),
    u: between(-{side}, {side}),
    v: between(-{side}, {side}),
}}
HYPOTHESES = (u**2 + v**2 >= h**2, u**2 + v**2 <= h**2 + {q})
""",
    "norms": """p, q = symbols("p q", integer=True)
A, D = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q)
B, C = MatrixSymbol("B", p, q), MatrixSymbol("C", q, p)
STATEMENT = KreissConstant(block([[A, B], [C, D]])) <= {bound}
DOMAIN = {{
    A: coupling(norm={alpha}),
    D: coupling(norm={d}),
    B: coupling(norm={b}),
    C: coupling(norm={c}),
}}
HYPOTHESES = ()
""",
    "triangular": """p, q = symbols("p q", integer=True)
A, D, C = MatrixSymbol("A", p, p), MatrixSymbol("D", q, q), MatrixSymbol("C", q, p)
STATEMENT = KreissConstant(block([[A, 0], [C, D]])) <= {bound}
DOMAIN = {{A: symmetric(rho={l1}), D: symmetric(rho={l2}), C: coupling(norm={nu})}}
HYPOTHESES = ()
""",
}
SYMPY = {
    "segment": "Matrix, Rational, Symbol",
    "ray": "Matrix, Rational, Symbol, oo",
    "circle": "Matrix, Rational, Symbol",
    "norms": "MatrixSymbol, Rational, symbols",
    "triangular": "MatrixSymbol, Rational, symbols",
}
VERIFY = {
    "segment": "Claim, KreissConstant, Reading, between, own",
    "ray": "Claim, KreissConstant, Reading, between, own",
    "circle": "Claim, KreissConstant, Reading, between, own",
    "norms": "Claim, KreissConstant, Reading, block, coupling, own",
    "triangular": "Claim, KreissConstant, Reading, block, coupling, own, symmetric",
}


def constants(draw: random.Random, form: str) -> dict[str, Fraction]:
    """One set of constants with ``2.2 <= τ <= 12``."""
    while True:
        u1, u2 = sorted(draw.sample(range(1, 8), 2))
        s = Fraction(draw.randint(1, 9), 10 * (u1**2 + u2**2)) * 2
        tau = Fraction(draw.randint(22, 120), 10)
        m = Fraction(u2 - u1, u1 + u2) / tau
        one, two = 1 - s * u1**2, 1 - s * u2**2
        gap = one - two
        nu, span = gap * (1 - m**2) / (2 * m), gap * (1 + m**2) / (2 * m)
        if two <= Fraction(-9, 10) or one + two < 0 or (form in ("norms", "triangular") and two < 0):
            continue
        data = {"l1": one, "l2": two, "nu": nu, "tau": tau, "value": (tau + 1 / tau) / 2, "mean": (one + two) / 2, "trace": one + two}
        data |= {"h0": nu / 2, "q": gap**2 / 4, "circle": span**2 / 4, "side": span / 2}
        if form == "norms":
            w = m * Fraction(draw.randint(0, 9), 10)
            total, slant = span * (1 - w**2) / (1 + w**2), span * 2 * w / (1 + w**2)
            data |= {"alpha": (one + two + slant) / 2, "d": (one + two - slant) / 2, "b": (total - nu) / 2, "c": (total + nu) / 2}
            if data["alpha"] >= 1 or data["d"] < 0:
                continue
        return data


def written(value: Fraction) -> str:
    return f"Rational({value.numerator}, {value.denominator})" if value.denominator > 1 else str(value.numerator)


def statement(name: str, form: str, data: dict[str, Fraction], defect: Fraction) -> str:
    """The claim file."""
    bound = data["value"] * (1 + defect if form == "ray" else 1 - defect)
    why = TEXTS[form].format(real=REAL, **{key: str(value) for key, value in data.items()})
    sign = "+" if form == "ray" else "−"
    verdict = "The constant is that value: equality is attained." if not defect else f"The constant is that value times 1 {sign} {float(defect):g}."
    why = textwrap.fill(f"{' '.join(why.split())} So K = (τ + 1/τ)/2 = {data['value']} there. {verdict}", 140, break_long_words=False, break_on_hyphens=False)
    code = BODIES[form].format(bound=written(bound), **{key: written(value) for key, value in data.items() if key != "value"})
    return f'''"""Tool B, form "{form}", drawn by ``draw.py``.

{why}
"""

from sympy import {SYMPY[form]}

from verify import {VERIFY[form]}

{code}
CLAIM = Claim(
    id="bank-{name.replace("_", "-")}",
    title="A Kreiss constant by tool B ({form})",
    source="tool B, drawn constants",
    domain=DOMAIN,
    hypotheses=HYPOTHESES,
    readings=[Reading("i", STATEMENT, own("tool B"))],
)
'''


def drawn() -> dict[str, tuple[str, dict[str, Fraction], Fraction]]:
    """Name → form, constants, defect (0 for a true one)."""
    draw = random.Random(SEED)
    defects = [Fraction(text) for text in DEFECTS]
    draw.shuffle(defects)
    bank = {}
    for i in range(len(DEFECTS)):
        for kind, defect in (("true", Fraction(0)), ("false", defects[i])):
            form = FORMS[i % len(FORMS)]
            bank[f"b_{kind}_{i + 1:02d}"] = (form, constants(draw, form), defect)
    return bank


def main() -> None:
    expected = {}
    for name, (form, data, defect) in drawn().items():
        (HERE / f"{name}.py").write_text(statement(name, form, data, defect), encoding="utf-8")
        entry = {"kind": "false" if defect else "true-sharp"}
        if defect:
            entry["margin"] = float(defect if form == "ray" else defect / (1 - defect))
        tool = "tools A and B" if form in ("norms", "triangular") else "tool B"
        entry["why"] = f"{tool} ({form}): the extreme value is (τ + 1/τ)/2 = {data['value']} at τ = {data['tau']}, attained"
        if defect:
            entry["why"] += f"; the constant is off by the factor 1 {'+' if form == 'ray' else '−'} {float(defect):g}"
        expected[f"bank-{name.replace('_', '-')}"] = entry
    (HERE / "drawn.json").write_text(json.dumps(expected, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
