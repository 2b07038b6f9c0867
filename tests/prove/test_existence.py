"""Existence by explicit members: membership and the bound are decided, and a wrong member proves nothing."""

from __future__ import annotations

import numpy as np
import pytest
from sympy import Abs, Matrix

from tests.prove.chains import CLASS, GAP, A, C, D, J, claim, gamma, outcome, s
from verify import (
    Exhibit,
    Exists,
    ForAll,
    KreissConstant,
    Norm,
    Proof,
    SpectralRadius,
    SupOverClass,
    Symmetric,
    kreiss_constant,
)
from verify.prove.exhibit import exhibited

MEMBER = {A: Matrix([[gamma]]), D: Matrix([[gamma]]), C: Matrix([[s]])}
REACHED = ForAll((gamma, s), Exists((A, C, D), KreissConstant(J) >= s / GAP))


def test_a_member_of_the_class_proves_existence() -> None:
    found = outcome(claim(REACHED, Proof(Exhibit("take this", MEMBER, point=2 - gamma)), domain=CLASS))
    assert (found.verdict, found.level, found.by_hand) == ("PROVED", "P1", 0)


def test_what_is_decided_about_the_member_includes_membership() -> None:
    of = claim(REACHED, Proof(Exhibit("take this", MEMBER, point=2 - gamma)), domain=CLASS)
    left = exhibited(of, of.readings[0], of.readings[0].proof.steps[0])
    decided = set(left.statement.args)
    assert {SpectralRadius(MEMBER[A]) <= gamma, Norm(MEMBER[C]) <= s, Abs(2 - gamma) > 1} <= decided
    assert any(isinstance(one, Symmetric) for one in decided)
    assert set(left.given) == {gamma >= 0, gamma < 1, s >= 0}


WRONG_MEMBERS: dict[str, dict] = {
    "outside the class": {**MEMBER, A: Matrix([[(1 + gamma) / 2]])},
    "too strong a coupling": {**MEMBER, C: Matrix([[s + 1]])},
    "too weak a coupling": {**MEMBER, C: Matrix([[s / 2]])},
    "not symmetric": {A: Matrix([[gamma, 0], [1, gamma]]), D: Matrix([[gamma]]), C: Matrix([[s, 0]])},
    "one is missing": {A: Matrix([[gamma]]), C: Matrix([[s]])},
}


@pytest.mark.parametrize("name", WRONG_MEMBERS)
def test_a_wrong_member_proves_nothing(name: str) -> None:
    found = outcome(claim(REACHED, Proof(Exhibit("take this", WRONG_MEMBERS[name], point=2 - gamma)), domain=CLASS))
    assert found.verdict is None
    assert not found.steps[0].discharged


def test_a_point_inside_the_circle_is_no_lower_bound() -> None:
    inside = Exhibit("too close", MEMBER, point=(1 + gamma) / 2)
    assert outcome(claim(REACHED, Proof(inside), domain=CLASS)).verdict is None


def test_a_kreiss_constant_on_the_smaller_side_is_not_lowered() -> None:
    below = ForAll((gamma, s), Exists((A, C, D), KreissConstant(J) <= s / GAP))
    assert outcome(claim(below, Proof(Exhibit("take this", MEMBER, point=2 - gamma)), domain=CLASS)).verdict is None


def test_without_a_point_the_closed_form_is_used_and_counted() -> None:
    found = outcome(claim(REACHED, Proof(Exhibit("take this", MEMBER)), domain=CLASS))
    assert (found.verdict, found.by_hand) == ("PROVED_MODULO", 1)


def test_a_member_bounds_a_supremum_over_the_class() -> None:
    statement = SupOverClass(KreissConstant(J), (A, C, D)) >= s / GAP
    assert outcome(claim(statement, Proof(Exhibit("take this", MEMBER, point=2 - gamma)), domain=CLASS)).verdict == "PROVED"
    other = SupOverClass(KreissConstant(J), (A, C, D)) <= s / GAP
    assert outcome(claim(other, Proof(Exhibit("take this", MEMBER, point=2 - gamma)), domain=CLASS)).verdict is None


def test_the_exhibited_member_reaches_the_bound_in_floats() -> None:
    member = np.array([[0.75, 0], [4, 0.75]])
    assert kreiss_constant(member).value >= 4 / (4 * 0.25)
