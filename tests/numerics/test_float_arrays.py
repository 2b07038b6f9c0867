"""Input checks: every message names the argument, what it is, what is admissible and what to do."""

from __future__ import annotations

from fractions import Fraction

import numpy as np
import pytest

from verify.numerics import arrays


@pytest.mark.parametrize(
    ("value", "error", "words"),
    [
        ([[1.0, 2.0]], ValueError, ["J", "(1, 2)", "square"]),
        ([1.0, 2.0], ValueError, ["J", "(2,)", "two-dimensional"]),
        (np.zeros((0, 0)), ValueError, ["J", "(0, 0)", "empty"]),
        ([[1.0, np.nan], [0.0, 1.0]], ValueError, ["J[0, 1]", "nan", "finite"]),
        ([[np.inf]], ValueError, ["J[0, 0]", "inf", "finite"]),
        ([[1.0, 2.0], [3.0]], ValueError, ["J", "ragged"]),
        ([[Fraction(1, 2)]], TypeError, ["J", "object", "multiprecision"]),
        ([["a"]], TypeError, ["J", "float"]),
    ],
)
def test_bad_matrices_are_named(value: object, error: type[Exception], words: list[str]) -> None:
    with pytest.raises(error) as caught:
        arrays.square(value)
    assert all(word in str(caught.value) for word in words), str(caught.value)


def test_good_matrices_become_float64_or_complex128() -> None:
    assert arrays.square([[1, 2], [3, 4]]).dtype == np.float64
    assert arrays.square(np.array([[True]])).dtype == np.float64
    assert arrays.square(np.array([[1j]], dtype=np.complex64)).dtype == np.complex128


def test_the_argument_is_not_changed() -> None:
    given = np.eye(2)
    arrays.square(given)[0, 0] = 5.0
    assert given[0, 0] == 1.0


def test_stacks_and_vectors() -> None:
    assert arrays.square_stack(np.zeros((0, 3, 3))).shape == (0, 3, 3)
    with pytest.raises(ValueError, match=r"stack\[None\]"):
        arrays.square_stack(np.eye(2))
    with pytest.raises(ValueError, match=r"eps\[1\]"):
        arrays.positive_vector([1.0, 0.0], 2)
    with pytest.raises(ValueError, match="shape"):
        arrays.shift_vector([1.0, 2.0], 3)
    assert arrays.shift_vector(1j, 3).tolist() == [1j] * 3
