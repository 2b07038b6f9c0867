"""Equality that is proved for a whole family, and not where it fails or the family leaves the class."""

from __future__ import annotations

from dataclasses import replace

import pytest
from sympy import Matrix, Rational

from theorems.notation import A, gamma
from verify.language.claim import SharpForm
from verify.library import resolve
from verify.search.problem import Problem
from verify.sharpness.attainment import proved_attainment


def with_sharp(claim_id: str, sharp: SharpForm) -> Problem:
    claim = resolve(claim_id)
    reading = replace(claim.readings[0], statement=sharp.statement, sharp=sharp, proof=None)
    return Problem(replace(claim, readings=[reading]), reading)


@pytest.mark.parametrize("claim_id", ["S6", "S7", "L14-sharp"])
def test_equality_is_proved_for_all_parameters(claim_id: str) -> None:
    claim = resolve(claim_id)
    assert proved_attainment(Problem(claim, claim.readings[0])) is not None


@pytest.mark.parametrize("claim_id", ["S6", "S7", "L14-sharp"])
def test_a_bound_with_room_is_not_attained(claim_id: str) -> None:
    sharp = resolve(claim_id).readings[0].sharp
    assert sharp is not None
    loose = sharp.statement.func(sharp.statement.lhs, Rational(65, 64) * sharp.statement.rhs)
    assert proved_attainment(with_sharp(claim_id, replace(sharp, statement=loose))) is None


def test_a_family_outside_the_class_attains_nothing() -> None:
    sharp = resolve("S7").readings[0].sharp
    assert sharp is not None
    outside = {**sharp.attained_by, A: Matrix([[2 * gamma]])}
    assert proved_attainment(with_sharp("S7", replace(sharp, attained_by=outside))) is None


def test_a_sharp_form_that_is_not_what_the_reading_says_counts_for_nothing() -> None:
    claim = resolve("T4")
    assert proved_attainment(Problem(claim, claim.readings[0])) is None
