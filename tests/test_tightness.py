"""Labels of tightness, each on a claim that is none of the repository's, and what must not earn one."""

from __future__ import annotations

from dataclasses import replace
from fractions import Fraction
from typing import Any

import pytest
from sympy import Eq, Equivalent, Integer, Matrix, MatrixSymbol, Rational, Symbol, oo, sqrt
from sympy.logic.boolalg import Boolean

from verify import (
    Axis,
    BestConstant,
    Claim,
    Exists,
    Family,
    ForAll,
    MatrixEq,
    Norm,
    Reading,
    SharpForm,
    between,
    coupling,
    own,
)
from verify.certificates import accepts
from verify.library import resolve
from verify.prove.chain import Prover
from verify.results import Tightness
from verify.search.problem import Problem
from verify.sharpness.families import best_constant, established
from verify.tightness import tightness_of

x, y, t, a = (Symbol(name, real=True) for name in ("x", "y", "t", "a"))
SIZE = Norm(Matrix([[x, 0], [1, x]]))
EXACT = (1 + sqrt(1 + 4 * x**2)) / 2
REGIONS = Axis(x, (0, 1, oo))
SHARP = SharpForm(SIZE <= EXACT, attained_by={x: x}, regions=REGIONS)
HALF_LINE = {x: between(0, oo, open_high=True)}
FAR = Family({x: t}, t)


def claim(*readings: Reading, domain: dict[Any, Any] | None = None) -> Claim:
    """The readings beside one that states the sharp form, which the engine proves by itself."""
    return Claim("outside", "not of the repository", domain or HALF_LINE, [Reading("sharp", SIZE <= EXACT, own()), *readings])


def judged(reading: Reading, domain: dict[Any, Any] | None = None, others: tuple[Reading, ...] = ()) -> Tightness:
    whole = claim(reading, *others, domain=domain)
    prover = Prover(resolve)
    verdict = prover.prove(whole, reading).verdict or ""
    return tightness_of(Problem(whole, reading), None, True, verdict, prover, thorough=False)


def bound(right: Any, **more: Any) -> Reading:
    return Reading("i", SIZE <= right, own(), **more)


def test_a_loose_bound_has_a_factor_that_brackets_the_best_one() -> None:
    """``(2 + 2x)/((1 + √(1 + 4x²))/2)`` is 2 at ``x = 0``, has the infimum 2 beyond, and is larger between."""
    found = judged(bound(2 + 2 * x, sharp=SHARP))
    assert found.label == "LOOSE"
    assert [region.label for region in found.regions] == ["LOOSE", "LOOSE"]
    for region in found.regions:
        assert Fraction(region.factor_low) <= 2 <= Fraction(region.factor_high)
        assert Fraction(region.factor_high) - Fraction(region.factor_low) < Fraction(1, 50)
    assert 1 < Fraction(found.factor_low) <= 2 <= Fraction(found.factor_high)


def test_a_bound_that_is_sharp_in_the_limit_only() -> None:
    found = judged(bound(2 + x, sharp=SHARP, sharp_at=(FAR,)))
    assert found.label == "SHARP_LIMIT"
    assert [region.label for region in found.regions] == ["LOOSE", "SHARP_LIMIT"]
    least = Fraction(found.regions[0].factor_low)
    assert Fraction(18, 10) < least <= Fraction(3 * 1000, 1618)
    (family,) = found.families
    assert family.limit == "1" and "SymPy limit" in family.by
    ratios = [Fraction(one["ratio"]) for one in family.ratios]
    assert ratios == sorted(ratios) and 0 < ratios[0] < ratios[-1] < 1


def test_a_family_outside_the_class_earns_nothing() -> None:
    found = judged(bound(2 + x, sharp_at=(FAR,)), domain={x: between(0, 10)})
    assert found.label == "UNKNOWN" and not found.families


def test_a_family_whose_ratio_tends_to_less_than_one_is_not_sharp() -> None:
    found = judged(bound(2 + Rational(100, 99) * x, sharp=SHARP, sharp_at=(FAR,)))
    assert [family.limit for family in found.families] == ["99/100"]
    assert found.label == "LOOSE"
    assert 1 < Fraction(found.factor_low) <= Fraction(100, 99) <= Fraction(found.factor_high)


def test_a_family_that_leaves_a_symbol_open_earns_nothing() -> None:
    found = judged(bound(2 + x, sharp_at=(Family({x: t + y}, t),)))
    assert found.label == "UNKNOWN" and not found.families


@pytest.mark.parametrize("sharp", [SIZE <= x / 2, SIZE <= EXACT / 2])
def test_a_sharp_form_that_nobody_proved_makes_nothing_loose(sharp: Boolean) -> None:
    found = judged(bound(2 + 2 * x, sharp=SharpForm(sharp, attained_by={x: x}, regions=REGIONS)))
    assert found.label == "UNKNOWN" and not found.regions


def test_regions_that_leave_a_part_of_the_class_out_say_nothing() -> None:
    found = judged(bound(2 + 2 * x, sharp=replace(SHARP, regions=Axis(x, (1, oo)))))
    assert found.label == "UNKNOWN" and not found.regions


def test_equality_at_a_declared_member() -> None:
    assert judged(bound(1 + x, sharp_at=(Family({x: Integer(0)}),))).label == "SHARP_ATTAINED"
    assert judged(bound(1 + x, sharp_at=(Family({x: Integer(1)}),))).label == "UNKNOWN"
    assert judged(bound(1 + x, sharp_at=(Family({x: Integer(-1)}),))).label == "UNKNOWN"


@pytest.mark.parametrize(("other", "label"), [(SIZE >= 1 - x, "SHARP_ATTAINED"), (SIZE >= x / 2, "UNKNOWN")])
def test_every_inequality_of_a_conclusion_has_to_be_sharp(other: Boolean, label: str) -> None:
    found = judged(Reading("i", (SIZE <= 1 + x) & other, own(), sharp_at=(Family({x: Integer(0)}),)))
    assert found.label == label
    assert len(found.families) == (2 if label == "SHARP_ATTAINED" else 1)


def test_equations_and_equivalences_are_no_bounds() -> None:
    equation = judged(Reading("i", Eq(SIZE, EXACT), own()))
    assert equation.label == "SHARP_ATTAINED" and "equation" in equation.summary
    false = judged(Reading("i", Eq(SIZE, EXACT + 1), own()))
    assert false.label == "UNKNOWN"
    either = judged(Reading("i", Equivalent(SIZE <= 1, x <= 0), own()))
    assert either.label == "UNKNOWN" and "both directions are proved" in either.summary
    matrix = MatrixSymbol("A", 1, 1)
    identity = judged(Reading("i", MatrixEq(2 * matrix, matrix + matrix), own(), domain={matrix: coupling()}))
    assert "equation" in identity.summary


# -- existence ---------------------------------------------------------------------------------------------------------

SOME = ForAll((x,), Exists((y,), y >= x / 2))
CLASS = {x: between(0, oo, open_high=True), y: between(0, x)}
LARGEST = Reading("largest", y <= x, own(), domain=CLASS)
OF_CLASS = SharpForm(y <= x, attained_by={y: x})


def test_the_best_constant_of_an_existence_is_that_of_the_largest_value() -> None:
    found = judged(Reading("i", SOME, own(), sharp=OF_CLASS), domain=CLASS, others=(LARGEST,))
    assert found.label == "LOOSE"
    assert found.factor_low == found.factor_high == "2"


def test_a_member_that_just_does_it_says_nothing_about_the_largest() -> None:
    family = Family({x: t, y: t / 2}, t)
    found = judged(Reading("i", SOME, own(), sharp_at=(family,)), domain=CLASS, others=(LARGEST,))
    assert found.label == "UNKNOWN" and not found.families


# -- the best constant -------------------------------------------------------------------------------------------------


def with_constant(value: Any, declared: Any) -> Problem:
    """``‖·‖ <= 1 + ax``: false at ``x = 1/(1 − a)`` for every ``a`` below 1, and for none above."""
    reading = bound(1 + value * x, best_constant=BestConstant(a, declared, SIZE <= 1 + a * x, {x: 1 / (declared - a)}))
    return Problem(claim(reading), reading)


def test_no_smaller_constant_will_do() -> None:
    problem = with_constant(1, 1)
    assert best_constant(problem) is not None
    found = judged(problem.reading)
    assert found.label == "SHARP_LIMIT" and "the constant 1 is the best possible" in found.summary


def test_a_constant_that_could_be_smaller_is_not_the_best() -> None:
    assert best_constant(with_constant(2, 2)) is None


def test_a_statement_that_is_not_the_readings_own_proves_nothing() -> None:
    assert best_constant(with_constant(2, 1)) is None


@pytest.mark.parametrize(("value", "best"), [(4, True), (5, False)])
def test_the_constant_of_the_corrected_perturbation_theorem(value: int, best: bool) -> None:
    whole = resolve("T9-sharp")
    reading = whole.readings[0]
    declared = reading.best_constant
    assert declared is not None
    other = declared.statement.xreplace({declared.symbol: Integer(value)})
    changed = replace(reading, statement=other, best_constant=replace(declared, value=value), proof=None)
    assert (best_constant(Problem(whole, changed)) is not None) is best


# -- the paper's own ---------------------------------------------------------------------------------------------------


def test_theorem_four_is_loose_up_to_sixteen_and_sharp_in_the_limit() -> None:
    whole = resolve("T4")
    certificates: dict[str, Any] = {}
    found = tightness_of(Problem(whole, whole.readings[0]), None, True, "PROVED_MODULO", Prover(resolve), thorough=False, certificates=certificates)
    assert found.label == "SHARP_LIMIT"
    named = [one.certificate for one in (*found.regions, *found.families)]
    assert named == [f"certificates/{name}" for name in sorted(certificates, key=lambda name: "family" in name)] and len(named) == 5
    assert all(certificate["kind"] == "ratio" and accepts(certificate) for certificate in certificates.values())
    assert [region.label for region in found.regions] == ["LOOSE", "LOOSE", "LOOSE", "SHARP_LIMIT"]
    expected = (Fraction(2), Fraction(12, 5), Fraction(96, 65), Fraction(1))
    for region, best in zip(found.regions, expected, strict=True):
        assert Fraction(region.factor_low) <= best <= Fraction(region.factor_high) <= best * Fraction(101, 100)
    assert "too large by a factor of at least 2 for" in found.summary


def test_a_constant_sequence_attains_the_bound_of_products_and_one_outside_the_class_does_not() -> None:
    whole = resolve("S5")
    reading = whole.readings[0]
    (family,) = reading.sharp_at
    assert established(Problem(whole, reading), family, lambda name: None)
    C = next(symbol for symbol in family.members if str(symbol) == "C")
    outside = replace(family, members={**family.members, C: Matrix([[2]])})
    assert not established(Problem(whole, reading), outside, lambda name: None)
