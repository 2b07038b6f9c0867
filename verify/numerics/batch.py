"""Many small matrices at once: norms, radii and local Kreiss constants of stacks ``(N, n, n)``.

Everything here is floating point and *not rigorous*. Suprema are *local*: each value is attained, up to rounding, at the returned place, so
it is a lower bound; a better place may have been missed. Real stacks are searched in one half of the plane.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

from verify.numerics import on_axis
from verify.numerics.arrays import Array, ComplexArray, RealArray, square_stack
from verify.numerics.ascent import ascend, on_the_real_axis, point
from verify.numerics.powers import transient_peaks
from verify.numerics.pseudospectrum import pseudospectral_radii
from verify.numerics.radii import numerical_radii
from verify.numerics.spectra import (
    above_rounding,
    resolvent_norms,
    shifted,
    smallest_singular_values,
    spectral_norms,
    spectral_radii,
    spectrum_distances,
    surely_outside_disc,
    surely_right_of_axis,
)
from verify.numerics.starts import Starts, expansion, far_starts, joined, kreiss_starts, smallest_excess
from verify.numerics.triangular import schur_forms

__all__ = [
    "continuous_kreiss_lower_bounds",
    "kreiss_lower_bounds",
    "numerical_radii",
    "pseudospectral_radii",
    "resolvent_norms",
    "smallest_singular_values",
    "spectral_norms",
    "spectral_radii",
    "spectrum_distances",
    "transient_peaks",
]

CLIMBS = 4
"""Local maxima of the coarse grid that are refined, at most, for each matrix."""


def kreiss_lower_bounds(stack: ArrayLike) -> tuple[RealArray, ComplexArray]:
    """Local values of ``K(J) = sup_{|z|>1} (|z| - 1) ‖(zI - J)^{-1}‖`` (Kreiss 1962) for a stack ``(N, n, n)``.

    Members ``[[A, 0], [C, D]]`` with Hermitian ``A``, ``D``, one of them of order at most 2, or the transposes of such, are searched on the real axis,
    where their maximum is (:mod:`verify.numerics.on_axis`).

    Returns:
        ``values`` of shape ``(N,)`` and the places ``z`` of shape ``(N,)``, complex: ``values = (|z| - 1) ‖R(z)‖`` up to rounding (relative
        ``u/(|z| - 1) + u ‖J‖ ‖R(z)‖``). Value 1 comes with ``z = inf``: the limit there is 1, and ``K >= 1`` always. An eigenvalue that
        is surely outside the closed disc gives ``inf`` at that eigenvalue; one outside only within a backward error does not.
    Raises:
        TypeError, ValueError: if the stack is not ``(N, n, n)`` of finite machine numbers.
    """
    array = square_stack(stack)
    values, places, rest = np.ones(len(array)), np.full(len(array), complex(np.inf, 0.0)), np.ones(len(array), dtype=bool)
    for p, upside_down, index in on_axis.partitions(array):
        if min(p, array.shape[1] - p) <= on_axis.FEW_COLUMNS:
            A, C, D, left_out = on_axis.blocks_of(array[index].conj().swapaxes(1, 2) if upside_down else array[index], p)
            fits = np.flatnonzero(on_axis.fitting(A, C, D, left_out))
            for part in np.array_split(fits, max(1, -(-len(fits) // 1024))):
                if part.size:
                    values[index[part]], places[index[part]] = on_axis.lower_bounds(A[part], C[part], D[part])
            rest[index[fits]] = False
    if rest.any():
        values[rest], places[rest] = _lower_bounds(array[rest], continuous=False)
    return values, places


def continuous_kreiss_lower_bounds(stack: ArrayLike) -> tuple[RealArray, ComplexArray]:
    """Local values of ``K_c(G) = sup_{Re z>0} Re z ‖(zI - G)^{-1}‖``: as :func:`kreiss_lower_bounds`, with the half plane for the disc."""
    return _lower_bounds(square_stack(stack), continuous=True)


def _lower_bounds(stack: Array, continuous: bool) -> tuple[RealArray, ComplexArray]:
    values = np.ones(len(stack))
    places = np.full(len(stack), complex(np.inf, 0.0))
    if np.iscomplexobj(stack) and not stack.imag.any():
        stack = np.ascontiguousarray(stack.real)
    off_diagonal = stack * (1 - np.eye(stack.shape[-1])) if continuous else stack
    nonnegative = np.zeros(len(stack), dtype=bool) if np.iscomplexobj(stack) else (off_diagonal >= 0).all(axis=(1, 2))
    for kind in (True, False):
        index = np.flatnonzero(nonnegative == kind)
        for part in np.array_split(index, max(1, len(index) // 1024)):
            if part.size:
                values[part], places[part] = _search(stack[part], continuous, kind)
    return values, places


def _search(stack: Array, continuous: bool, nonnegative: bool) -> tuple[RealArray, ComplexArray]:
    """One homogeneous part of a stack: unstable ones, those with ``K = 1``, then grid, ascents and the best of each."""
    values = np.ones(len(stack))
    places = np.full(len(stack), complex(np.inf, 0.0))
    forms = schur_forms(stack)
    spectrum = np.diagonal(forms, axis1=1, axis2=2)
    unstable = surely_right_of_axis(stack, spectrum) if continuous else surely_outside_disc(stack, spectrum)
    leading = spectrum.real.argmax(axis=1) if continuous else np.abs(spectrum).argmax(axis=1)
    values[unstable] = np.inf
    places[unstable] = spectrum[np.arange(len(stack)), leading][unstable]
    expanding, direction = expansion(stack, continuous)
    rest = np.flatnonzero(~unstable & expanding)
    if rest.size == 0:
        return values, places
    norms = np.linalg.norm(stack[rest], axis=(1, 2))
    real = not np.iscomplexobj(stack)
    starts = kreiss_starts(forms[rest], norms, real=real, nonnegative=nonnegative, continuous=continuous, count=CLIMBS)
    starts = joined(starts, far_starts(stack[rest], norms, direction[rest], continuous))
    found, where, owner = _climb(stack[rest], starts, smallest_excess(spectrum[rest], continuous), continuous)
    better = found > values[rest][owner]
    values[rest[owner[better]]], places[rest[owner[better]]] = found[better], where[better]
    return values, places


def _climb(stack: Array, starts: Starts, smallest: RealArray, continuous: bool) -> tuple[RealArray, ComplexArray, NDArray[np.intp]]:
    """The best ascent of each matrix: value, place, owner (each owner once)."""
    owner = starts.owner
    top = ascend(stack[owner], starts.s, starts.t, continuous=continuous, smallest=smallest[owner], angle_scale=starts.angle_scale)
    order = np.lexsort((top.value, owner))
    last = np.append(owner[order][1:] != owner[order][:-1], True) if len(order) else np.empty(0, dtype=bool)
    best = order[last]
    t = top.t[best]
    if not np.iscomplexobj(stack):
        t = on_the_real_axis(t, starts.angle_scale[best], continuous)
    s = top.s[best] if continuous else (1.0 + top.s[best]) - 1.0  # the excess of the rounded radius: the value belongs to the z returned
    z = point(s, t, continuous)
    values = s / above_rounding(np.linalg.svd(shifted(stack[owner[best]], z), compute_uv=False))
    return values, z, owner[best]
