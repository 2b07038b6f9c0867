"""Certified instances along the family of a refutation: the statement with its constants fixed, and nothing more."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from sympy import Expr, Integer, Matrix, MatrixSymbol, Rational, Symbol, exp, oo, sqrt
from sympy.logic.boolalg import Boolean

from verify import Along, Claim, Exists, ForAll, Norm, Obligation, Proof, Reading, SpectralRadius, coupling, general, own, positive
from verify.certificates import accepts, matches_claim, violation_certificate
from verify.evaluate.enclosing import decide
from verify.language.claim import BadClaim
from verify.library import resolve
from verify.prove.family import CONSTANTS, Shown, along, families
from verify.sharpness.failing import departure

WITH_CONSTANTS = [("A1", "i"), ("SC", "i"), ("SC", "ii"), ("L16", "iv")]


@pytest.mark.parametrize(("name", "key"), WITH_CONSTANTS)
def test_each_constant_fails_at_an_exact_member(name: str, key: str) -> None:
    claim = resolve(name)
    reading = claim.reading(key)
    found = list(along(claim, reading))
    assert [value for value, _, _ in found[: len(CONSTANTS)]] == list(CONSTANTS)
    for value, statement, instance in found:
        assert all(instance.values[str(symbol)] == value for symbol in statement.arbitrary if str(symbol) in instance.values)
        outcome = decide(statement.hypotheses, statement.conclusion, instance, Fraction(1, 1000))
        assert outcome.violates
        certificate = violation_certificate(claim, reading, statement.hypotheses, statement.conclusion, instance, outcome.bounds)
        assert matches_claim(certificate) is None
        if value == CONSTANTS[-1]:
            assert accepts(certificate)


def test_a_larger_constant_breaks_the_certificate_of_a_smaller_one() -> None:
    """The member for C = 1 does not violate the statement with C = 10^6: the family has to move on."""
    claim = resolve("A1")
    reading = claim.reading("i")
    (_, statement, member), *_, (_, _, last) = along(claim, reading)
    constant = next(str(symbol) for symbol in statement.arbitrary)
    moved = member.replace(constant, last.values[constant])
    assert not decide(statement.hypotheses, statement.conclusion, moved, Fraction(1, 1000)).violates


def test_a_reading_without_a_refutation_has_no_family() -> None:
    for name in ("S2", "T4", "T8"):
        claim = resolve(name)
        assert not list(along(claim, claim.readings[0]))


BESIDE = [
    ("T7", "i"), ("T7", "ii"), ("T7-step", "i"), ("T11", "i"), ("T11", "ii"), ("T11", "v"), ("T11-step", "i"), ("R23", "i"), ("R23", "iii"), ("R23", "iv"),
    ("false-power-bounded", "i"),
]


@pytest.mark.parametrize(("name", "key"), BESIDE)
def test_every_member_beside_a_proof_violates_the_statement_without_its_quantifiers(name: str, key: str) -> None:
    claim = resolve(name)
    reading = claim.reading(key)
    for family in families(claim, reading):
        assert [value for value, _ in family.instances] == list(family.declared.at)
        for number, (_, instance) in enumerate(family.instances[:3]):
            outcome = decide(family.statement.hypotheses, family.statement.conclusion, instance, Fraction(1, 1000))
            assert outcome.violates
            certificate = violation_certificate(claim, reading, family.statement.hypotheses, family.statement.conclusion, instance, outcome.bounds)
            assert matches_claim(certificate) is None
            if number == 0:
                assert accepts(certificate)


LIMITS = [
    ("A1", "i", [Integer(2)]), ("T7", "i", [Integer(0), Integer(0)]), ("T7", "ii", [Rational(1, 4), Integer(0)]), ("T11", "i", [4 * exp(Rational(-1, 2))]),
    ("T11-step", "i", [Integer(2)]), ("SC", "i", [oo, Integer(2)]), ("false-power-bounded", "i", [Integer(2)]), ("R23", "iv", [Integer(0)]),
]


@pytest.mark.parametrize(("name", "key", "limits"), LIMITS)
def test_the_ratio_of_the_sides_has_this_limit(name: str, key: str, limits: list[Expr]) -> None:
    claim = resolve(name)
    found = [departure(family, family.instances) for family in families(claim, claim.reading(key))]
    assert [one.limit for one in found] == limits


X, SQUARE = MatrixSymbol("X", 1, 1), MatrixSymbol("Y", 3, 3)
c, n = Symbol("c", real=True), Symbol("n", real=True)
BOUNDED = Exists((c,), ForAll((X,), Norm(X) <= c))
HALF = Obligation("1 < 2", n**2 >= 0)


def _claim(*shown: Along, statement: Boolean = BOUNDED, **domain: Any) -> Claim:
    return Claim("x", "x", {X: general(), c: positive()}, [Reading("i", statement, own(), proof=Proof(HALF, refutes=True, along=shown))], **domain)


def _families(*shown: Along, **more: Any) -> list[Shown]:
    claim = _claim(*shown, **more)
    return list(families(claim, claim.readings[0]))


def test_a_declared_ratio_is_believed_only_where_the_enclosures_contain_it() -> None:
    members = {X: Matrix([[2 * c + 1]])}
    right, wrong, silent = _families(*(Along("growing", members, c, ratio=ratio) for ratio in (2 + 1 / c, 2 + Rational(1, 10**6) + 1 / c, None)))
    assert departure(right, right.instances).limit == 2 and not departure(right, right.instances).derived
    assert departure(wrong, wrong.instances) is None
    assert departure(silent, silent.instances).ratio.equals(2 + 1 / c) and departure(silent, silent.instances).derived


def test_no_limit_is_told_of_a_family_that_leaves_its_class() -> None:
    """Norms of at most 10^7, claimed to be at most c: the members at the certified values are counterexamples, and there are none far out."""
    for norm, limits in ((10**7, [None]), (None, [2])):
        claim = Claim(
            "x", "x", {X: general() if norm is None else coupling(norm=norm), c: positive()},
            [Reading("i", BOUNDED, own(), proof=Proof(HALF, refutes=True, along=(Along("growing", {X: Matrix([[2 * c + 1]])}, c),)))],
        )  # fmt: skip
        found = [departure(family, family.instances) for family in families(claim, claim.readings[0])]
        assert [one.limit for one in found] == limits
        assert all(one.ratio.equals(2 + 1 / c) for one in found)


def test_what_a_proof_declares_is_held_against_fine_enclosures() -> None:
    """A number that is wrong by some parts in a hundred thousand lies within coarse enclosures at every member."""
    matrix = Matrix([[0, 2, 1], [1, 0, Rational(1, 2)], [0, 1, Rational(1, 3)]])
    radius = max(matrix.charpoly().as_expr().as_poly().real_roots(), key=float)
    statement = Exists((c,), ForAll((SQUARE,), SpectralRadius(SQUARE) <= c))
    for ratio, limits in ((radius, [radius]), (Rational(18134, 10**4), [None])):
        shown = Along("growing", {SQUARE: c * matrix}, c, ratio=ratio)
        claim = Claim("x", "x", {SQUARE: general(), c: positive()}, [Reading("i", statement, own(), proof=Proof(HALF, refutes=True, along=(shown,)))])
        found = [departure(family, family.instances) for family in families(claim, claim.readings[0])]
        assert [None if one is None else one.limit for one in found] == limits


def test_members_mention_only_what_is_chosen_before_them() -> None:
    """``for every X some c`` is not refuted by an X that depends on c, nor shown along one."""
    turned = ForAll((X,), Exists((c,), Norm(X) <= c))
    assert not _families(Along("moving", {X: Matrix([[c + 1]])}, c), statement=turned)
    assert len(_families(Along("staying", {X: Matrix([[2]])}, c), statement=turned)) == 1
    assert not _families(Along("a stranger", {X: Matrix([[n + 1]])}, n))


def test_a_family_needs_a_member_for_all_that_is_exhibited() -> None:
    assert not _families(Along("nothing", {}, c))


def test_members_outside_the_class_or_not_rational_are_no_instances_of_a_failure() -> None:
    (outside,) = _families(Along("negative", {X: Matrix([[1]]), c: -c}, c))
    assert not any(decide(outside.statement.hypotheses, outside.statement.conclusion, one, Fraction(1, 1000)).violates for _, one in outside.instances)
    (irrational,) = _families(Along("a root", {X: Matrix([[c * sqrt(2)]])}, c))
    assert not irrational.instances


def test_only_a_refutation_is_shown_along_members() -> None:
    with pytest.raises(BadClaim, match="only to a refutation"):
        Proof(HALF, along=(Along("x", {}, c),))
