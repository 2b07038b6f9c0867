"""Planted errors: where they go, and that each makes a sharp statement false."""

from __future__ import annotations

from fractions import Fraction

import pytest
import sympy
from sympy import And, Eq, Equivalent, Implies, MatrixSymbol, Max, Not, Piecewise, Rational, Symbol

from verify import Claim, KreissConstant, Norm, Reading, SpectralAbscissa, between, general, own, positive, real
from verify.power.constants import constants, stronger_first, with_constant
from verify.power.plants import edited, plants, premises, spots, with_error
from verify.search.problem import Problem

x, y = Symbol("x", real=True), Symbol("y", real=True)
n = Symbol("n", integer=True)
M = MatrixSymbol("M", n, n)
DOMAIN = {x: real(), y: positive()}


def problem(statement: object, domain: dict[object, object] = DOMAIN, **more: object) -> Problem:
    reading = Reading("i", statement, own(), **more)
    return Problem(Claim("P", "P", domain, [reading]), reading)


def test_bounds_of_conclusions_not_of_premises() -> None:
    found = spots(Implies(x <= 1, And(x <= 2, Not(y >= 3, evaluate=False))))
    assert {(spot.text, spot.sign) for spot in found} == {("x <= 2", 1), ("y >= 3", -1)}
    assert [premises(Implies(x <= 1, x <= 2), (1,))] == [(x <= 1,)]
    assert len(spots(Equivalent(x <= 1, y <= 2))) == 2
    assert spots(x >= 0) == ()  # a relative error of zero is none


@pytest.mark.parametrize(
    ("statement", "at", "wrong"),
    [
        (Norm(M) <= 2 * KreissConstant(M), None, Norm(M) <= Rational(9, 10) * 2 * KreissConstant(M)),
        (sympy.Ge(y, 2, evaluate=False), None, sympy.Ge(y, Rational(11, 5), evaluate=False)),
        (sympy.Le(x, y - 3, evaluate=False), None, sympy.Le(x, y - 3 - sympy.Abs(y - 3) / 10, evaluate=False)),
        (sympy.Le(x, SpectralAbscissa(M), evaluate=False), None, sympy.Le(x, SpectralAbscissa(M) - sympy.Abs(SpectralAbscissa(M)) / 10, evaluate=False)),
        (Eq(y, x**2, evaluate=False), None, Eq(y, Rational(9, 10) * x**2, evaluate=False)),
    ],
)
def test_a_relative_error_of_a_tenth(statement: object, at: object, wrong: object) -> None:
    subject = problem(statement, {**DOMAIN, M: general()})
    (spot,) = spots(subject.conclusion)
    assert with_error(subject, spot, Fraction(1, 10)).conclusion == wrong


def test_an_error_under_a_negation_goes_the_other_way() -> None:
    subject = problem(Not(sympy.Lt(y, 2, evaluate=False), evaluate=False))
    (spot,) = spots(subject.conclusion)
    planted = with_error(subject, spot, Fraction(1, 10)).conclusion
    assert planted == Not(sympy.Lt(y, Rational(11, 5), evaluate=False), evaluate=False)


def test_an_edit_touches_one_place_only() -> None:
    statement = And(x <= 1, y <= x + y)
    place = next(spot.place for spot in spots(statement) if spot.relation == (y <= x + y))
    assert edited(statement, place, lambda _: y <= 5) == And(x <= 1, y <= 5)


def test_gross_mistakes_cover_what_formulas_suffer() -> None:
    bound = Piecewise((1, y <= 2), (y / 4 + 1 / y, True))
    domain = {x: between(0, 1), y: positive()}
    kinds = {plant.kind for plant in plants(problem(x <= Max(bound, y**2), domain, hypotheses=(x <= y,)))}
    assert kinds == {"strict", "factor", "exponent", "extremum", "branch", "hypothesis"}


def test_no_plant_is_the_statement_itself() -> None:
    subject = problem(x <= Max(1, 2 * y**2), {x: between(0, 1), y: positive()})
    found = list(plants(subject))
    assert all(plant.problem.conclusion != subject.conclusion for plant in found if plant.kind != "hypothesis")
    assert all(plant.problem.hypotheses != subject.hypotheses for plant in found if plant.kind == "hypothesis")


# -- the constants inside ----------------------------------------------------------------------------------------------


def test_constants_of_bounds_premises_and_conditions() -> None:
    statement = Implies(4 * x < y, x <= Max(1, y**3 / (1 - 4 * y)), evaluate=False)
    found = constants(statement)
    assert [(one.text, len(one.places)) for one in found] == [
        ("4 in the premise 4*x < y", 1),
        ("1 in x <= Max(1, y**3/(1 - 4*y))", 1),
        ("4 in x <= Max(1, y**3/(1 - 4*y))", 1),
        ("4 wherever it stands", 2),
    ]
    (condition, *_) = constants(x <= Piecewise((y, y <= 2), (y / 3, True)))
    assert condition.text == "2 in the condition y <= 2"


def test_exponents_and_matrix_entries_are_no_constants() -> None:
    assert constants(KreissConstant(sympy.Matrix([[Rational(1, 2), 0], [x, 0]])) <= y**2) == ()


def test_a_constant_is_changed_at_all_its_places_and_nowhere_else() -> None:
    subject = problem(Implies(4 * x < y, x <= y / (1 - 4 * x), evaluate=False))
    joint = next(one for one in constants(subject.conclusion) if len(one.places) == 2)
    five = with_constant(subject, joint, Fraction(1, 4), larger=True)
    assert five.conclusion == Implies(5 * x < y, x <= y / (1 - 5 * x), evaluate=False)
    single = next(one for one in constants(subject.conclusion) if one.text.startswith("4 in the premise"))
    assert with_constant(subject, single, Fraction(1, 4), larger=False).conclusion == Implies(3 * x < y, x <= y / (1 - 4 * x), evaluate=False)


@pytest.mark.parametrize(
    ("statement", "which", "larger"),
    [
        (sympy.Le(y, 7 * y**2, evaluate=False), "7", False),  # a smaller bound says more
        (sympy.Ge(y, 7 * y**2, evaluate=False), "7", True),
        (sympy.Le(y, 1 / (3 * y), evaluate=False), "1/3", False),
        (Implies(5 * x < y, y > x, evaluate=False), "5", False),  # a premise met more often
    ],
    ids=str,
)
def test_the_stronger_direction_is_tried_first(statement: object, which: str, larger: bool) -> None:
    subject = problem(statement, {x: positive(), y: positive()})
    constant = next(one for one in constants(subject.conclusion) if str(one.value) == which)
    assert stronger_first(subject, constant, 0) == (larger, not larger)


def test_an_edit_that_leaves_no_statement_is_no_plant() -> None:
    """``1/(1 − y)`` without the factor ``y`` in ``−y`` would be a division by zero."""
    found = [plant.text for plant in plants(problem(x <= 1 / (1 - y), {x: real(), y: between(0, Rational(1, 2))}))]
    assert found and not any("factor y" in words for words in found)
