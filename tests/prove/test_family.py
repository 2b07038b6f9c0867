"""Certified instances along the family of a refutation: the statement with its constants fixed, and nothing more."""

from __future__ import annotations

from fractions import Fraction

import pytest

from verify.certificates import accepts, matches_claim, violation_certificate
from verify.evaluate.enclosing import decide
from verify.library import resolve
from verify.prove.family import CONSTANTS, along

WITH_CONSTANTS = [("A1", "i"), ("SC", "i"), ("SC", "ii"), ("L16", "iv")]


@pytest.mark.parametrize(("name", "key"), WITH_CONSTANTS)
def test_each_constant_fails_at_an_exact_member(name: str, key: str) -> None:
    claim = resolve(name)
    reading = claim.reading(key)
    found = list(along(claim, reading))
    assert [value for value, _, _ in found] == list(CONSTANTS)
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
    for name in ("S2", "T4", "T7"):
        claim = resolve(name)
        assert not list(along(claim, claim.readings[0]))
