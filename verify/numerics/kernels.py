"""The compiled kernels, if there are any: ``kernels.c``, built with the package where a C compiler was found and opened by ctypes.

Nothing needs them. Each caller has a NumPy path that computes the same numbers to the same tolerance, and takes it when :func:`available` is
false: no compiler, another interface, or ``TRANSIENT_VERIFY_KERNELS=0`` in the environment. Results agree to the tolerances asked for, not bit for
bit, because processors differ in fused operations; that is why the engine (``verify.evaluate``, ``verify.search``) never comes here, and
reports do not depend on a compiler. Floating point, not rigorous.
"""

from __future__ import annotations

import ctypes
import functools
import importlib.machinery
import os
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from verify.numerics.arrays import ComplexArray, RealArray

__all__ = ["MOST_COLUMNS", "available", "lanczos", "one_way_above", "one_way_sigmas"]

INTERFACE = 1
SWITCH = "TRANSIENT_VERIFY_KERNELS"
MOST_COLUMNS = 64
"""Of the coupling block, in the one-way kernels: beyond, BLAS is faster."""


def available() -> bool:
    """Whether the library is there, speaks this interface and is not switched off."""
    return os.environ.get(SWITCH, "1") != "0" and _library() is not None


@functools.cache
def _library() -> ctypes.CDLL | None:
    for suffix in importlib.machinery.EXTENSION_SUFFIXES:
        path = Path(__file__).with_name("_kernels" + suffix)
        if path.is_file():
            try:
                library = ctypes.CDLL(str(path))
                if library.kernels_interface() == INTERFACE:
                    return _declared(library)
            except (OSError, AttributeError):
                continue  # built for another machine or from other sources: as good as absent
    return None


def _declared(library: ctypes.CDLL) -> ctypes.CDLL:
    integer, number, array = ctypes.c_int, ctypes.c_double, ctypes.c_void_p
    library.kernels_lanczos.argtypes = [integer, array, array, number, array, ctypes.c_long, array, number, integer, array, array]
    points: list[Any] = [integer, integer, array, array, array, ctypes.c_long, array, array, array]
    library.kernels_one_way_sigmas.argtypes = [*points, number, array, array]
    library.kernels_one_way_above.argtypes = [*points, array, array]
    return library


def lanczos(form: ComplexArray, z: ComplexArray, start: ComplexArray, rtol: float, steps: int) -> tuple[RealArray, NDArray[np.bool_]]:
    """As :func:`verify.numerics.triangular.lanczos_estimates`, sixteen shifts at a time."""
    form, start, z = (np.ascontiguousarray(part, dtype=np.complex128) for part in (form, start, z))
    adjoint = np.ascontiguousarray(form.conj().T)
    sigma, settled = np.empty(z.shape), np.zeros(z.shape, dtype=np.uint8)
    size = float(np.abs(form).max())
    _call("kernels_lanczos", len(form), form, adjoint, size, start, len(z), z, rtol, steps, sigma, settled)
    return sigma, settled.astype(bool)


def one_way_sigmas(
    a: RealArray, b: RealArray, C: RealArray, owner: NDArray[np.int64], coupling: NDArray[np.int64], s: RealArray, rtol: float
) -> tuple[RealArray, RealArray]:
    """As :meth:`verify.numerics.one_way.OneWay.sigmas`, for gaps ``(B, p)``, ``(B, q)``, couplings ``(N, q, p)``, ``coupling`` ``(B,)`` naming one each."""
    a, b, C, s = (np.ascontiguousarray(part, dtype=np.float64) for part in (a, b, C, s))
    owner, coupling = (np.ascontiguousarray(part, dtype=np.int64) for part in (owner, coupling))
    sigma, slope = np.empty(s.shape), np.empty(s.shape)
    _call("kernels_one_way_sigmas", a.shape[1], b.shape[1], a, b, C, len(s), owner, coupling, s, rtol, sigma, slope)
    return sigma, slope


def one_way_above(
    a: RealArray, b: RealArray, C: RealArray, owner: NDArray[np.int64], coupling: NDArray[np.int64], s: RealArray, g: RealArray
) -> NDArray[np.bool_]:
    """As :meth:`verify.numerics.one_way.OneWay.above`; shapes as in :func:`one_way_sigmas`."""
    a, b, C, s, g = (np.ascontiguousarray(part, dtype=np.float64) for part in (a, b, C, s, g))
    owner, coupling = (np.ascontiguousarray(part, dtype=np.int64) for part in (owner, coupling))
    above = np.zeros(s.shape, dtype=np.uint8)
    _call("kernels_one_way_above", a.shape[1], b.shape[1], a, b, C, len(s), owner, coupling, s, g, above)
    return above.astype(bool)


def _call(name: str, *arguments: object) -> None:
    library = _library()
    assert library is not None, "ask available() first"
    if not getattr(library, name)(*(part.ctypes.data if isinstance(part, np.ndarray) else part for part in arguments)):
        raise MemoryError(f"{name}: no memory for its workspace")
