"""The hard set of the benchmarks: every float value lies inside its rigorous enclosure, and every bracket holds it."""

from __future__ import annotations

import numpy as np
import pytest

from benchmarks._jobs import hard_matrices
from tests.numerics.float_cases import rounding
from verify.numerics import bounds, kreiss
from verify.numerics.exact import RationalMatrix
from verify.numerics.structured import kreiss_constant

HARD = hard_matrices()
SMALL = [name for name, J in HARD.items() if len(J) <= 6]


def test_the_set_is_the_same_everywhere() -> None:
    assert all(np.array_equal(J, again) for J, again in zip(HARD.values(), hard_matrices().values(), strict=True))
    assert all(np.abs(np.linalg.eigvals(J)).max() < 1 for J in HARD.values())


@pytest.mark.parametrize("name", SMALL)
def test_value_inside_the_enclosure(name: str) -> None:
    J = HARD[name]
    enclosure = bounds.kreiss_constant(RationalMatrix.from_floats(J))
    for way in (kreiss_constant, kreiss.kreiss_constant):
        found = way(J)
        error = rounding(J, found.z)
        assert float(enclosure.lower) <= found.bracket[1] * (1 + error)
        assert found.value * (1 - error) <= float(enclosure.upper)


@pytest.mark.parametrize("name", [name for name, J in HARD.items() if 6 < len(J) <= 20])
def test_the_value_is_attained_and_the_bracket_is_tight(name: str) -> None:
    J = HARD[name]
    found = kreiss_constant(J)
    assert found.label == kreiss.GLOBAL
    assert found.bracket[0] == found.value <= found.bracket[1]
    if np.isfinite(found.z):
        sigma = np.linalg.svd(found.z * np.eye(len(J)) - J, compute_uv=False)[-1]
        assert (abs(found.z) - 1) / sigma == pytest.approx(found.value, rel=rounding(J, found.z))
