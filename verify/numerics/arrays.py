"""Input checks shared by the floating-point numerics: one clear message, then plain ``float64`` or ``complex128`` arrays."""

from __future__ import annotations

from typing import Any

import numpy as np
from numpy.typing import ArrayLike, NDArray

__all__ = ["EPS", "TINY", "Array", "ComplexArray", "RealArray", "matrix", "matrix_stack", "positive_vector", "shift_vector", "square", "square_stack"]

Array = NDArray[Any]
"""``float64`` or ``complex128``. NumPy's stubs lose the entries' type in linear algebra, so the three names are for the reader."""
RealArray = NDArray[Any]
"""``float64``."""
ComplexArray = NDArray[Any]
"""``complex128``."""
EPS, TINY = float(np.finfo(float).eps), float(np.finfo(float).tiny)
"""Unit roundoff times two, and the smallest normal number."""


def square(J: ArrayLike, name: str = "J") -> Array:
    """``J`` as a square ``float64`` or ``complex128`` array (complex only if it was given as complex).

    Raises:
        TypeError: if the entries are not machine numbers (objects, strings).
        ValueError: if the array is not two-dimensional and square, is empty, or has an entry that is not finite.
    """
    array = _numbers(J, name)
    if array.ndim != 2 or array.shape[0] != array.shape[1]:
        raise ValueError(f"{name} has shape {array.shape}; a square matrix (n, n) is needed: pass a two-dimensional array")
    return _finite(_not_empty(array, name), name)


def matrix(M: ArrayLike, name: str = "M") -> Array:
    """``M`` as a two-dimensional array of any shape without a zero; errors as in :func:`square`."""
    array = _numbers(M, name)
    if array.ndim != 2:
        raise ValueError(f"{name} has shape {array.shape}; a matrix (p, q) is needed: pass a two-dimensional array")
    return _finite(_not_empty(array, name), name)


def square_stack(stack: ArrayLike, name: str = "stack") -> Array:
    """A stack of square matrices, shape ``(N, n, n)`` with ``n >= 1`` (``N`` may be 0); errors as in :func:`square`."""
    array = matrix_stack(stack, name)
    if array.shape[1] != array.shape[2]:
        raise ValueError(f"{name} has shape {array.shape}; square matrices (N, n, n) are needed: a single matrix goes in as {name}[None]")
    return array


def matrix_stack(stack: ArrayLike, name: str = "stack") -> Array:
    """A stack of matrices of any one shape, ``(N, p, q)``; errors as in :func:`square`."""
    array = _numbers(stack, name)
    if array.ndim != 3:
        raise ValueError(f"{name} has shape {array.shape}; a stack (N, p, q) is needed: a single matrix goes in as {name}[None]")
    if array.shape[0] > 0:
        _not_empty(array, name)
    return _finite(array, name)


def shift_vector(z: ArrayLike, count: int, name: str = "z") -> ComplexArray:
    """One complex number for each of ``count`` matrices; a single number is repeated. Infinity is admitted, NaN is not."""
    array = np.broadcast_to(_numbers(z, name), (count,)) if np.ndim(z) == 0 else _numbers(z, name)
    if array.shape != (count,):
        raise ValueError(f"{name} has shape {array.shape}; one number for each of the {count} matrices is needed, shape ({count},)")
    if np.isnan(array).any():
        raise ValueError(f"{name} has NaN at index {int(np.argmax(np.isnan(array)))}; finite numbers or infinity are admissible: remove it")
    return array.astype(np.complex128)


def positive_vector(eps: ArrayLike, count: int, name: str = "eps") -> RealArray:
    """One positive finite number for each of ``count`` matrices; a single number is repeated."""
    array = shift_vector(eps, count, name)
    bad = ~((array.real > 0) & np.isfinite(array) & (array.imag == 0))
    if bad.any():
        first = int(np.argmax(bad))
        raise ValueError(f"{name}[{first}] = {array[first]}; positive finite real numbers are admissible: pass {name} > 0")
    return array.real.copy()


def _numbers(value: ArrayLike, name: str) -> Array:
    try:
        array = np.asarray(value)
    except ValueError as ragged:
        raise ValueError(f"{name} is ragged ({ragged}); rows of equal length are needed") from None
    if array.dtype.kind not in "biufc":
        raise TypeError(f"{name} has dtype {array.dtype}; real or complex machine numbers are needed: convert it with {_remedy(array)}")
    return array.astype(np.complex128 if array.dtype.kind == "c" else np.float64)


def _remedy(array: np.ndarray[Any, Any]) -> str:
    if array.dtype.kind == "O":
        return "np.array(..., dtype=float), or use verify.numerics.multiprecision for exact entries"
    return "float(...)"


def _not_empty(array: Array, name: str) -> Array:
    if array.size == 0:
        raise ValueError(f"{name} has shape {array.shape}, which is empty; at least one row and one column are needed")
    return array


def _finite(array: Array, name: str) -> Array:
    bad = ~np.isfinite(array)
    if bad.any():
        first = tuple(int(i) for i in np.unravel_index(int(np.argmax(bad)), array.shape))
        raise ValueError(f"{name}[{', '.join(map(str, first))}] = {array[first]}; finite entries are needed: remove NaN and infinity")
    return array
