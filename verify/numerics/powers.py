"""Norms of powers and their supremum over time. Floating point, not rigorous.

If ``‖J^m‖ <= 1`` then every later power is bounded by an earlier one (``‖J^{m+s}‖ <= ‖J^s‖``), so the supremum is a maximum over ``t < m``.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import ArrayLike, NDArray

from verify.numerics.arrays import EPS, Array, RealArray, square, square_stack
from verify.numerics.spectra import eigenvalues, spectral_norms, surely_outside_disc

__all__ = ["TransientPeak", "power_norm", "power_norms", "transient_peak", "transient_peaks"]

Times = NDArray[np.int64]
CONSECUTIVE = 33
"""So many first times are looked at one by one before the grid of times becomes geometric."""
TIME_RATIO = 1.15
LATEST = 2**40
SWEEP_WORK = 4e8
"""Multiplications a full sweep over all times may cost."""


@dataclass(frozen=True)
class TransientPeak:
    """``value = ‖J^time‖``.

    ``label`` is ``"global in floating point"`` if all times before ``horizon``, where ``‖J^horizon‖ <= 1``, were compared, else
    ``"local"``. For an infinite supremum ``value`` is ``inf`` and ``time`` is ``-1``; ``horizon`` is ``None`` where none was found.
    """

    value: float
    time: int
    horizon: int | None
    label: str


def power_norm(J: ArrayLike, t: int) -> float:
    """``‖J^t‖`` for an integer ``t >= 0``, by repeated squaring.

    Raises:
        TypeError: if ``t`` is not an integer or ``J`` not numeric.
        ValueError: if ``t < 0``, or ``J`` is not square and finite.
    """
    matrix = square(J)
    if isinstance(t, bool) or not isinstance(t, (int, np.integer)):
        raise TypeError(f"t = {t!r} is a {type(t).__name__}; a power needs an integer t >= 0: round it yourself")
    if t < 0:
        raise ValueError(f"t = {t}; powers are taken forward in time, t >= 0: use the inverse matrix for negative t")
    return float(spectral_norms(np.linalg.matrix_power(matrix, int(t))[None])[0])


def power_norms(J: ArrayLike, times: int) -> RealArray:
    """``‖J^t‖`` for ``t = 0, …, times - 1``; shape ``(times,)``."""
    matrix = square(J)
    if times < 1:
        raise ValueError(f"times = {times}; at least one time is needed: pass times >= 1")
    return spectral_norms(_first_powers(matrix, times))


def transient_peak(J: ArrayLike, horizon: int | None = None) -> TransientPeak:
    """``sup_{t >= 0} ‖J^t‖`` over integers and the first time that attains it; with a ``horizon`` the maximum over ``0 <= t <= horizon``.

    All times are compared as long as that is affordable (``SWEEP_WORK``); otherwise the value is local: see :class:`TransientPeak`.

    Raises:
        TypeError, ValueError: if ``J`` is not a square matrix of finite machine numbers.
    """
    matrix = square(J)
    if horizon is not None:
        return _finite_peak(matrix, horizon)
    values, times = transient_peaks(matrix[None])
    if not np.isfinite(values[0]):
        return TransientPeak(np.inf, -1, None, "global in floating point")
    horizon = _horizon(matrix)
    if horizon is None or horizon * len(matrix) ** 3 > SWEEP_WORK:
        return TransientPeak(float(values[0]), int(times[0]), horizon, "local")
    value, time = _sweep(matrix, horizon)
    return TransientPeak(value, time, horizon, "global in floating point")


def _finite_peak(J: Array, horizon: int) -> TransientPeak:
    if isinstance(horizon, bool) or not isinstance(horizon, (int, np.integer)) or horizon < 0:
        raise ValueError(f"horizon = {horizon!r}; an integer horizon >= 0 is needed")
    if (horizon + 1) * len(J) ** 3 > SWEEP_WORK:
        raise ValueError(f"horizon = {horizon}; {horizon + 1} powers of order {len(J)} are too many: use transient_peak_enclosure(J, horizon=...)")
    try:
        with np.errstate(over="raise", invalid="raise"):
            value, time = _sweep(J, int(horizon) + 1)
    except FloatingPointError:
        raise ValueError(f"horizon = {horizon}; the powers overflow before it: use transient_peak_enclosure(J, horizon=...)") from None
    return TransientPeak(value, time, int(horizon), "global in floating point")


def transient_peaks(stack: ArrayLike) -> tuple[RealArray, Times]:
    """``sup_{t >= 0} ‖J^t‖`` for a stack ``(N, n, n)``, local: the norm at the returned integer time, hence a lower bound.

    Every time up to ``CONSECUTIVE - 1``, then a geometric grid up to the first time at which the norm is at most 1 (up to rounding), then
    a golden-section search on integers and all times near its end. ``inf`` (time ``-1``) for a spectral radius surely above 1, or if a power overflows.

    Raises:
        TypeError, ValueError: if the stack is not ``(N, n, n)`` of finite machine numbers.
    """
    array = square_stack(stack)
    values, times = np.ones(len(array)), np.zeros(len(array), dtype=np.int64)
    if len(array) == 0:
        return values, times
    unstable = surely_outside_disc(array, eigenvalues(array))
    values[unstable], times[unstable] = np.inf, -1
    active = _first_times(array, np.flatnonzero(~unstable), values, times)
    if active.size:
        low, high = _geometric_times(array, active, values, times)
        late = active[times[active] >= CONSECUTIVE - 1]
        if late.size:
            keep = np.isin(active, late)
            _refine(array, late, low[keep], high[keep], values, times)
    return values, times


def _first_times(stack: Array, active: NDArray[np.intp], values: RealArray, times: Times) -> NDArray[np.intp]:
    """Compare ``t < CONSECUTIVE``; returns the matrices whose norm has not come down to 1 by then."""
    power = stack[active]
    for t in range(1, CONSECUTIVE):
        norms = _norms(power)
        _record(active, norms, np.full(len(active), t), values, times)
        going = (norms > _contraction(stack)) & np.isfinite(norms)
        active, power = active[going], power[going]
        if active.size == 0:
            break
        power = _times(power, stack[active])
    return active


def _geometric_times(stack: Array, active: NDArray[np.intp], values: RealArray, times: Times) -> tuple[Times, Times]:
    """Compare a geometric grid of times; returns the grid neighbours of the best time, for all of ``active``."""
    low, high = np.full(len(active), CONSECUTIVE - 2), np.full(len(active), int(CONSECUTIVE * TIME_RATIO) + 1)
    squares = _Squares(stack[active])
    going = np.arange(len(active))
    before, t = CONSECUTIVE - 2, CONSECUTIVE - 1
    while going.size and t < LATEST:
        after = int(t * TIME_RATIO) + 1
        norms = _norms(squares.power(np.full(len(going), t), going))
        better = _record(active[going], norms, np.full(len(going), t), values, times)
        low[going[better]], high[going[better]] = before, after
        going = going[(norms > _contraction(stack)) & np.isfinite(norms)]
        before, t = t, after
    return low, high


def _refine(stack: Array, which: NDArray[np.intp], low: Times, high: Times, values: RealArray, times: Times) -> None:
    """Golden section on integers, then every time in a window around the best one."""
    squares = _Squares(stack[which])
    everything = np.arange(len(which))
    golden = 0.5 * (np.sqrt(5.0) - 1.0)
    while (high - low).max() > 8:
        inner = np.stack([high - np.rint(golden * (high - low)), low + np.rint(golden * (high - low))]).astype(np.int64)
        left, right = (_norms(squares.power(t, everything)) for t in inner)
        _record(which, left, inner[0], values, times)
        _record(which, right, inner[1], values, times)
        rising = right > left
        low, high = np.where(rising, inner[0], low), np.where(rising, high, inner[1])
    start = np.maximum(times[which] - 16, 0)
    power = squares.power(start, everything)
    for step in range(33):
        _record(which, _norms(power), start + step, values, times)
        power = _times(power, stack[which])


def _norms(stack: Array) -> RealArray:
    """Norms; ``inf`` for a power that has overflowed."""
    finite: NDArray[np.bool_] = np.all(np.isfinite(stack), axis=(-2, -1))
    return np.where(finite, spectral_norms(np.where(finite[:, None, None], stack, 0.0)), np.inf)


def _times(left: Array, right: Array) -> Array:
    """The product, silent about overflow, which the norms show."""
    with np.errstate(over="ignore", invalid="ignore"):
        return left @ right


def _contraction(stack: Array) -> float:
    """1 with room for rounding: a rounded orthogonal matrix has norm ``1 + u``, and its powers are not worth ``2^40`` steps."""
    return 1.0 + 4 * stack.shape[-1] * EPS


def _record(which: NDArray[np.intp], norms: RealArray, t: Times, values: RealArray, times: Times) -> NDArray[np.bool_]:
    better = norms > values[which]
    values[which[better]], times[which[better]] = norms[better], np.where(np.isfinite(norms[better]), t[better], -1)
    return better


class _Squares:
    """``J^(2^k)`` of a stack, made as needed."""

    def __init__(self, stack: Array) -> None:
        self._levels = [stack]

    def power(self, t: Times, which: NDArray[np.intp]) -> Array:
        """``stack[which[i]]^{t[i]}``."""
        result = np.broadcast_to(np.eye(self._levels[0].shape[-1]), (len(which), *self._levels[0].shape[1:])).astype(self._levels[0].dtype)
        for level in range(int(t.max(initial=0)).bit_length()):
            if level == len(self._levels):
                self._levels.append(_times(self._levels[-1], self._levels[-1]))
            needed = ((t >> level) & 1).astype(bool)
            result[needed] = _times(result[needed], self._levels[level][which[needed]])
        return result


def _first_powers(J: Array, count: int) -> Array:
    """``J^0, …, J^(count-1)`` by doubling; shape ``(count, n, n)``."""
    powers = np.eye(len(J), dtype=J.dtype)[None]
    while len(powers) < count:
        powers = np.concatenate([powers, powers @ (powers[-1] @ J)])
    return powers[:count]


def _horizon(J: Array) -> int | None:
    """Some ``m >= 1`` with ``‖J^m‖ <= 1``, within a factor of about 1.1 of the first."""
    squares = _Squares(J[None])
    first = np.zeros(1, dtype=np.intp)
    m = 1
    while m <= LATEST:
        if _norms(squares.power(np.array([m], dtype=np.int64), first))[0] <= _contraction(J[None]):
            return m
        m = max(m + 1, int(1.1 * m))
    return None


def _sweep(J: Array, horizon: int) -> tuple[float, int]:
    """The largest ``‖J^t‖`` over ``t < horizon``; the Frobenius norm tells which times need a singular value."""
    block = min(horizon, max(8, int(2e5) // J.size))
    powers = _first_powers(J, block)
    advance = powers[-1] @ J
    value, time = 1.0, 0
    start = np.eye(len(J), dtype=J.dtype)
    for begin in range(0, horizon, block):
        here = powers @ start
        bounds = np.linalg.norm(here, axis=(1, 2))
        largest = int(bounds.argmax())
        value = max(value, float(spectral_norms(here[largest : largest + 1])[0]) * (1 - 1e-15))
        candidates = np.flatnonzero(bounds >= value)
        norms = spectral_norms(here[candidates])
        if norms.size and norms.max() > value:
            best = int(norms.argmax())
            value, time = float(norms[best]), begin + int(candidates[best])
        start = start @ advance
    return value, time
