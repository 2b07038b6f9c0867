"""Climbing for the Kreiss constant of one-way coupled matrices, on the two half axes where it is attained; many matrices in lockstep.

:mod:`verify.numerics.one_way` shows that ``M(r) = max(‖R(r)‖, ‖R(-r)‖)``, so a maximiser of ``(|z| - 1) ‖R(z)‖`` is real and the climb has one variable,
``log s`` with ``s = |z| - 1``. Everything that enters is a product of factors ``s + a`` with gaps ``a >= 0``: on the logarithmic scale hills are wide, and
a grid that multiplies ``s`` by 3 sees them. Floating point, not rigorous.
"""

from __future__ import annotations

from dataclasses import dataclass, fields

import numpy as np
from numpy.typing import NDArray

from verify.numerics.arrays import EPS, Array, ComplexArray, RealArray
from verify.numerics.one_way import OneWay, one_way_partition, one_way_partitions

__all__ = [
    "AT_INFINITY", "Tops", "Work", "ascended", "attained", "blocks_of", "climbed", "expanding", "fitting", "hermitian", "lower_bounds", "maximisers", "outside",
    "partitions", "summits",
]

AT_INFINITY = complex(np.inf, 0.0)
SMALL = 64
"""Up to this order the structure is looked for in all matrices at once."""
STEPS = 50
FLAT = 1.01
"""Up to here a value counts as close to 1."""
FARTHEST, FAR_POINTS = 1e7, 24
"""Where the search for a maximiser of such a value ends, and its grid."""
BEND_STEP = 0.02
COARSE, FINE = 1e-6, 1e-9
"""How far the heights of the grids may be off."""
ROOM = 0.02
RATIO, TAIL = 3.0, np.array([10.0, 100.0, 1000.0])
ON_BOUNDARY, LEAST_GAP = 1e-8, 1e-14
"""Where the search begins if the least gap is not above rounding."""
LEAST_BEND = 1e-3
LARGEST = 1e100
"""Of the norms that are handled here."""
AT_THE_END = 1e-3
"""A climb that is this near to an end of its interval (of ``log s``) leads out of it, to another hill or to infinity: it is not followed."""
SLOPES, FAR_SLOPES = 1e-7, 1e-13
"""Relative accuracy of slopes: the place of a maximum is as good, and the maximum as its square. Far out the slopes themselves are that small."""
FEW_COLUMNS = 2
"""Without compiled kernels matrices with a block of at most this order are solved here faster than by general means."""


@dataclass
class Work:
    """How much was done: norms of the size of the coupling, and circles bounded."""

    norms: int = 0
    circles: int = 0


@dataclass
class Tops:
    """Local maxima: row of :class:`OneWay`, ``s``, the value, and minus the second derivative in ``log s`` (if it was asked for)."""

    row: NDArray[np.int64]
    s: RealArray
    value: RealArray
    bend: RealArray

    def some(self, chosen: NDArray[np.intp] | NDArray[np.bool_]) -> Tops:
        return Tops(*(getattr(self, field.name)[chosen] for field in fields(Tops)))


# -- recognising the structure -----------------------------------------------------------------------------------------


def partitions(stack: Array) -> list[tuple[int, bool, NDArray[np.intp]]]:
    """Members that are one-way coupled, grouped by ``(p, transposed)``."""
    small = len(stack) > 1 and stack.shape[1] <= SMALL
    p, upside_down = (one_way_partitions(part) if small else np.array([one_way_partition(J) for J in part], dtype=np.intp)
                      for part in (stack, stack.swapaxes(1, 2)))
    groups = []
    for transposed, orders in ((False, p), (True, np.where(p == 0, upside_down, 0))):
        groups += [(int(order), transposed, np.flatnonzero(orders == order)) for order in np.unique(orders) if order]
    return groups


def hermitian(stack: Array) -> Array:
    return 0.5 * (stack + stack.conj().swapaxes(-1, -2))


def blocks_of(stack: Array, p: int) -> tuple[Array, Array, Array, RealArray]:
    """``A``, ``C``, ``D`` of a stack, the diagonal blocks made Hermitian, and the norm of what that and the zero block leave out."""
    first, second = stack[:, :p, :p], stack[:, p:, p:]
    A, D = hermitian(first), hermitian(second)
    left_out = sum(np.linalg.norm(part, axis=(1, 2)) ** 2 for part in (first - A, second - D, stack[:, :p, p:]))
    return A, stack[:, p:, :p], D, np.sqrt(left_out)


def outside(one_way: OneWay, neglected: RealArray | float = 0.0) -> tuple[NDArray[np.bool_], RealArray]:
    """Which matrices have an eigenvalue outside the closed disc, beyond rounding and what was neglected, and for each the one of largest modulus."""
    gaps = one_way.gaps
    n = one_way.a.shape[1] + one_way.b.shape[1]
    rounding = 8 * n * EPS * np.maximum(1.0, 1.0 - gaps.min(axis=0)) + 8 * np.asarray(neglected)
    return gaps.min(axis=0) < -rounding, (1.0 - gaps.min(axis=0)) * np.where(gaps[0] <= gaps[1], 1.0, -1.0)


def fitting(A: Array, C: Array, D: Array, left_out: RealArray) -> NDArray[np.bool_]:
    """Where nothing above the rounding of the diagonal blocks was left out, and no square overflows."""
    sizes = [np.linalg.norm(part, axis=(1, 2)) for part in (A, D, C)]
    n = A.shape[1] + D.shape[1]
    return (left_out <= 4 * n * EPS * np.maximum(1.0, sizes[0] + sizes[1])) & (sum(sizes) < LARGEST)


def expanding(one_way: OneWay) -> NDArray[np.bool_]:
    """Whether ``Re J`` or ``-Re J`` has an eigenvalue above 1: with gaps ``a, b > 0``, iff ``‖b^{-1/2} C a^{-1/2}‖ > 2``; if neither, ``K = 1``."""
    n = one_way.a.shape[1] + one_way.b.shape[1]
    inner = np.minimum(one_way.a.min(axis=1), one_way.b.min(axis=1)) > 0
    found = ~inner
    for part in np.array_split(np.flatnonzero(inner), max(1, inner.sum() // 512)):
        a, b, C = one_way.a[part], one_way.b[part], one_way.C[one_way.coupling[part]]
        scaled = C / np.sqrt(b)[:, :, None] / np.sqrt(a)[:, None, :]
        found[part] = np.linalg.svd(scaled, compute_uv=False)[:, 0] > 2.0 * (1 + 4 * n * EPS)
    return found.reshape(2, -1).any(axis=0)


# -- climbing ----------------------------------------------------------------------------------------------------------


def lower_bounds(A: Array, C: Array, D: Array) -> tuple[RealArray, ComplexArray]:
    """Local values of ``K([[A, 0], [C, D]])`` for stacks of Hermitian ``A``, ``D``, and the places; as ``batch.kreiss_lower_bounds``, by NumPy alone."""
    sizes = np.sqrt(sum(np.linalg.norm(part, axis=(1, 2)) ** 2 for part in (A, C, D)))
    one_way = OneWay.of(A, C, D, compiled=False)
    values, places = np.ones(len(A)), np.full(len(A), AT_INFINITY)
    unstable, leading = outside(one_way)
    values[unstable], places[unstable] = np.inf, leading[unstable]
    open_ = np.flatnonzero(~unstable & expanding(one_way))
    if open_.size:
        top = climbed(one_way, open_, sizes, Work(), bends=False)
        attained(top, open_, len(A), values, places)
    return values, places


def attained(top: Tops, index: NDArray[np.intp], count: int, values: RealArray, places: ComplexArray) -> None:
    """Write values and places of the matrices ``index`` (one top for each; rows ``index`` or ``count + index``)."""
    order = np.argsort(top.row % count)
    top = top.some(order)
    above = top.value > 1.0
    sign = np.where(top.row < count, 1.0, -1.0)
    values[index] = np.maximum(top.value, 1.0)
    places[index] = np.where(above, sign * (1.0 + top.s), AT_INFINITY)


def maximisers(J: Array, within: float) -> list[tuple[float, complex]] | None:
    """The local maxima of ``(|z| - 1) ‖R(z)‖`` whose value is within ``within`` (relative) of the largest, that first; None for another structure.

    Also None where both blocks are larger, an eigenvalue is on the unit circle or outside, or the supremum is the limit 1 at infinity.
    """
    groups = partitions(J[None])
    if not groups:
        return None
    p, upside_down, _ = groups[0]
    A, C, D, left_out = blocks_of((J.conj().T if upside_down else J)[None], p)
    one_way = OneWay.of(A, C, D, compiled=False)
    size = np.array([np.linalg.norm(J)])
    if left_out.any() or size[0] > LARGEST or one_way.a.shape[1] > FEW_COLUMNS or not one_way.gaps.min() > 0 or not expanding(one_way)[0]:
        return None
    tops = summits(one_way, np.zeros(1, dtype=np.intp), size, Work(), bends=False)
    best = float(tops.value.max(initial=0.0))
    if best <= 1.0:
        return None
    found: list[tuple[float, complex]] = []
    for k in np.argsort(-tops.value, kind="stable"):
        z = complex((1.0 + tops.s[k]) * (1.0 if tops.row[k] == 0 else -1.0))
        if tops.value[k] >= best * (1 - within) and all(abs(z - other) > 1e-6 * abs(other) for _, other in found):
            found.append((float(tops.value[k]), z))
    return found


def climbed(one_way: OneWay, index: NDArray[np.intp], sizes: RealArray, work: Work, *, bends: bool = True) -> Tops:
    """The best of the local maxima over the two half axes, for each matrix of ``index`` (sorted)."""
    return _best_of(summits(one_way, index, sizes, work, bends=bends), index, len(sizes))


def summits(one_way: OneWay, index: NDArray[np.intp], sizes: RealArray, work: Work, *, bends: bool = True) -> Tops:
    """All local maxima that may be the largest, at least one for each matrix of ``index``; where they are low, those far out too."""
    count = len(sizes)
    rows = np.concatenate([index, index + count]).astype(np.int64)
    part = one_way.rows(rows)
    s = _grid(part, np.tile(sizes[index], 2))
    height, slope = part.heights(s)
    work.norms += height.size
    tops = _climbed_from(one_way, rows, np.log(s), height, slope, COARSE, SLOPES, work, bends=bends)
    peak = np.zeros(count)
    np.maximum.at(peak, tops.row % count, tops.value)
    flat = index[peak[index] <= FLAT]
    return _joined(tops, _far_summits(one_way, flat, sizes, work, bends=bends)) if flat.size else tops


def _grid(part: OneWay, sizes: RealArray) -> RealArray:
    """Each point :data:`RATIO` times the one before, from where ``s ‖R‖`` is known to increase to beyond the numerical range, and a sparse tail.

    Every row has the points it would have alone, and those that others need, farther out.
    """
    gaps = np.minimum(part.a.min(axis=1), part.b.min(axis=1)).reshape(2, -1).min(axis=0)
    n = part.a.shape[1] + part.b.shape[1]
    low = np.tile(np.where(gaps > LEAST_GAP, gaps / (4 * n), ON_BOUNDARY), 2)
    high = np.maximum(3.0, 3.0 * sizes)
    count = int(np.ceil(np.log(np.max(high / low)) / np.log(RATIO))) + 1
    body = low[:, None] * RATIO ** np.arange(count)
    return np.concatenate([body, body[:, -1:] * TAIL], axis=1)


def _far_summits(one_way: OneWay, index: NDArray[np.intp], sizes: RealArray, work: Work, *, bends: bool) -> Tops:
    """Where the value is close to 1 the hill is low and may be far out, and only accurate heights show it."""
    rows = np.concatenate([index, index + len(sizes)]).astype(np.int64)
    log_s = np.linspace(np.log(0.01), np.log(FARTHEST * np.maximum(1.0, sizes[rows % len(sizes)])), FAR_POINTS, axis=1)
    s = np.exp(log_s)
    sigma, slope = (part.reshape(s.shape) for part in one_way.refined(np.repeat(rows, FAR_POINTS), s.ravel(), FAR_SLOPES))
    work.norms += s.size
    return _climbed_from(one_way, rows, log_s, log_s - np.log(sigma), 1.0 - s * slope / sigma, FINE, FAR_SLOPES, work, bends=bends)


def _joined(one: Tops, other: Tops) -> Tops:
    return Tops(*(np.concatenate([getattr(part, field.name) for part in (one, other)]) for field in fields(Tops)))


def _climbed_from(
    one_way: OneWay, rows: NDArray[np.int64], log_s: RealArray, height: RealArray, slope: RealArray, error: float, tolerance: float, work: Work,
    *, bends: bool,
) -> Tops:
    """Climb from the points of a grid, uphill into the cell beside them, wherever the tangents allow a maximum above all of the grid.

    The height is a maximum of smooth branches: between two hills it has a kink that points downwards. So both hills of a cell are reached from its ends.
    """
    step = np.diff(log_s, axis=1)
    low, high, left, right = height[:, :-1], height[:, 1:], slope[:, :-1], slope[:, 1:]
    ahead, behind = low + left * step, high - right * step  # the tangents at the other end
    with np.errstate(divide="ignore", invalid="ignore"):
        meeting = low + left * step * np.clip((behind - low) / ((left - right) * step), 0.0, 1.0)
    concave = (left > 0) & (right < 0) & (behind >= low) & (ahead >= high)
    top = np.where(concave, meeting, np.maximum(ahead, behind))
    from_left = (left > 0) & ((right < 0) | (behind < low - error))  # where a tangent passes below the other end there is a kink
    from_right = (right < 0) & ((left > 0) | (ahead < high - error))
    peak = height[:, :-1].max(axis=1).reshape(2, -1).max(axis=0)  # in the outermost column the height is 0 up to 1e-3
    floor = np.tile(np.maximum(peak, 0.0), 2)[:, None] - error
    climbs = [_uphill(log_s, slope, uphill & (top >= floor), side) for side, uphill in enumerate((from_left, from_right))]
    first = np.flatnonzero((slope[:, 0] < 0) & (height[:, 0] >= floor[:, 0]))  # an eigenvalue on the circle: there is no point nearer to it
    climbs.append((first, np.zeros(len(first), dtype=np.intp), log_s[first, 0], np.zeros(len(first))))
    lone = np.setdiff1d(np.arange(peak.size), np.concatenate([row for row, *_ in climbs]) % peak.size)  # no way is uphill
    last = np.full(lone.size, log_s.shape[1] - 2)
    row, cell, at, bend = (np.concatenate(parts) for parts in zip(*climbs, (lone, last, log_s[lone, last], np.zeros(lone.size)), strict=True))
    room = (ROOM if one_way.exact_heights else 0.5) * step[row, cell]  # slopes are not exact: a hill at a point of the grid may be at either side of it
    tops = ascended(one_way, rows[row], at, log_s[row, cell] - room, log_s[row, cell + 1] + room, work, bend, tolerance, bends=bends)
    return _above_the_grid(one_way, rows, log_s, height, tops, error, tolerance, work, bends=bends)


def _above_the_grid(
    one_way: OneWay, rows: NDArray[np.int64], log_s: RealArray, height: RealArray, tops: Tops, error: float, tolerance: float, work: Work, *, bends: bool
) -> Tops:
    """Climb from the highest point of the grid where all climbs ended below it, on a lower hill nearby; that point itself counts too."""
    count = len(one_way.a) // 2
    reached = np.full(count, -np.inf)
    with np.errstate(divide="ignore"):
        np.fmax.at(reached, tops.row % count, np.log(tops.value))
    inner = height[:, :-1]
    best = inner.max(axis=1)
    highest = np.where(best[: len(rows) // 2] >= best[len(rows) // 2 :], 0, 1) * (len(rows) // 2) + np.arange(len(rows) // 2)
    missed = highest[(best[highest] > reached[rows[highest] % count] + error) & (best[highest] > 0)]
    if not missed.size:
        return tops
    k = inner[missed].argmax(axis=1)
    at, after, before = log_s[missed, k], log_s[missed, k + 1], log_s[missed, np.maximum(k - 1, 0)]
    again = ascended(one_way, rows[missed], at, np.minimum(before, at - (after - at)), after, work, 0.0, tolerance, bends=bends)
    s = np.exp(at)
    here = Tops(rows[missed], s, s / one_way.refined(rows[missed], s, tolerance)[0], np.full(len(s), LEAST_BEND))
    return _joined(_joined(tops, again), here)


def _uphill(
    log_s: RealArray, slope: RealArray, chosen: NDArray[np.bool_], side: int
) -> tuple[NDArray[np.intp], NDArray[np.intp], RealArray, RealArray]:
    """Rows and cells, where to begin inside them (by the change of slope over the cell, from one side), and that change."""
    row, cell = np.nonzero(chosen)
    across = log_s[row, cell + 1] - log_s[row, cell]
    bend = (slope[row, cell] - slope[row, cell + 1]) / across
    with np.errstate(divide="ignore", invalid="ignore"):
        stride = np.where(bend > 0, np.fmin(np.abs(slope[row, cell + side]) / bend, 0.75 * across), 0.75 * across)
    return row, cell, log_s[row, cell + side] + (-stride if side else stride), bend


def _best_of(tops: Tops, index: NDArray[np.intp], count: int) -> Tops:
    """One top for each matrix of ``index`` (sorted)."""
    order = np.lexsort((tops.value, tops.row % count))
    owner = (tops.row % count)[order]
    last = order[np.append(owner[1:] != owner[:-1], True)]
    assert np.array_equal(np.sort(index), tops.row[last] % count)
    return tops.some(last)


def ascended(
    one_way: OneWay, row: NDArray[np.int64], at: RealArray, low: RealArray, high: RealArray, work: Work, bend: float | RealArray = 0.0,
    tolerance: float = SLOPES, *, bends: bool = True,
) -> Tops:
    """A zero of the derivative of ``log(s / sigma)`` in ``log s`` where it falls, by secants kept inside ``[low, high]``.

    ``bend``: about how fast it falls, where that is known (positive). The slopes have the relative ``tolerance``.
    """
    at, low, high, ends = at.copy(), low.copy(), high.copy(), (low, high)
    before, slope_before = np.full(at.shape, np.nan), np.full(at.shape, np.nan)
    sigma, slope_of_sigma = np.full(at.shape, np.nan), np.zeros(at.shape)
    active, bend = np.arange(len(at)), np.broadcast_to(np.where(np.asarray(bend) > 0, bend, 1e-300), at.shape)
    for k in range(STEPS):
        x = at[active]
        s, was = np.exp(x), before[active]
        guess = sigma[active] + slope_of_sigma[active] * (s - np.exp(was))
        sigma[active], slope_of_sigma[active] = one_way.refined(row[active], s, tolerance, guess)
        work.norms += len(s)
        slope = 1.0 - s * slope_of_sigma[active] / sigma[active]
        rising = slope > 0
        low[active[rising]], high[active[~rising]] = x[rising], x[~rising]
        with np.errstate(divide="ignore", invalid="ignore"):
            step = -slope * (x - was) / (slope - slope_before[active])
        blind = ~np.isfinite(step) | (step * slope < 0)
        step = np.where(blind, np.sign(slope) * (np.minimum(np.abs(slope) / bend[active], 0.3) if k == 0 else 0.3), step)
        following = x + step
        inside = (following > low[active]) & (following < high[active])
        flat = np.abs(slope) <= 1e-15
        following = np.where(flat, x, np.where(inside, following, 0.5 * (low[active] + high[active])))
        before[active], slope_before[active], at[active] = x, slope, following
        left = np.abs(following - x) > 1e-7
        at_an_end = (low[active] == ends[0][active]) | (high[active] == ends[1][active])
        left &= inside | (high[active] - low[active] > AT_THE_END) | ~at_an_end
        active = active[left & ~flat]
        if active.size == 0:
            break
    bend = (_slope(one_way, row, at - BEND_STEP, work) - _slope(one_way, row, at + BEND_STEP, work)) / (2 * BEND_STEP) if bends else np.zeros(at.shape)
    s = (1.0 + np.exp(at)) - 1.0  # the excess of the rounded radius: the value belongs to the z returned
    s = np.where(s > 0, s, np.exp(at))
    work.norms += len(s)
    return Tops(row, s, s / one_way.refined(row, s, tolerance, sigma + slope_of_sigma * (s - np.exp(before)))[0], bend)


def _slope(one_way: OneWay, row: NDArray[np.int64], log_s: RealArray, work: Work) -> RealArray:
    s = np.exp(log_s)
    sigma, slope = one_way.refined(row, s, FAR_SLOPES)
    work.norms += len(s)
    return 1.0 - s * slope / sigma
