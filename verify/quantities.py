"""The library of quantities: transient growth of ``J^t`` and ``e^{tG}``, each in floating point and as a rigorous enclosure.

``name(J)`` is a float result and says in its ``label`` how far it may be trusted; ``name_enclosure(J)`` is an
:class:`~verify.numerics.enclosure.Enclosure` proved in rational or ball arithmetic *of exactly the matrix given*: floats are taken as the dyadic numbers
they are, nested lists of ``Fraction`` and ``int`` (also pairs ``(re, im)``) as themselves. Where the accuracy asked for was not reached the enclosure is
wider, still true, and its ``stopped`` says why.

Common parameters: ``rtol`` is the relative width wanted; ``continuous=True`` (for a generator ``G``) means the right half plane in place of the outside of the
unit disc. Common errors: TypeError for entries that are no numbers, ValueError for a matrix that is not square, empty or not finite, or another
argument out of its range; the message names the argument, its value and what is admissible.
"""

from __future__ import annotations

import math
from dataclasses import dataclass, replace
from fractions import Fraction
from typing import Any

from verify.numerics import bounds
from verify.numerics.arrays import square
from verify.numerics.bounds import conditioning, margins, peaks
from verify.numerics.circle import resolvent_norm_on_circle, resolvent_norm_on_line
from verify.numerics.enclosure import Enclosure, Endpoint
from verify.numerics.exact import GaussianRational, RationalMatrix
from verify.numerics.exponential import exponential_norm, exponential_peak
from verify.numerics.powers import power_norm, transient_peak
from verify.numerics.pseudospectrum import pseudospectral_radius
from verify.numerics.radii import distance_to_instability, numerical_radius, pseudospectral_abscissa, spectral_abscissa, spectral_radius
from verify.numerics.resolvent import resolvent_norm
from verify.numerics.similarity import noise_gain, similarity_bound
from verify.numerics.structured import kreiss_constant
from verify.numerics.truth import Truth

__all__ = [
    "Sandwich",
    "distance_to_instability",
    "distance_to_instability_enclosure",
    "exact_matrix",
    "exact_point",
    "exact_positive",
    "exponential_norm",
    "exponential_norm_enclosure",
    "exponential_peak",
    "exponential_peak_enclosure",
    "kreiss_constant",
    "kreiss_enclosure",
    "noise_gain",
    "noise_gain_enclosure",
    "numerical_radius",
    "numerical_radius_enclosure",
    "power_norm",
    "power_norm_enclosure",
    "pseudospectral_abscissa",
    "pseudospectral_abscissa_enclosure",
    "pseudospectral_radius",
    "pseudospectral_radius_enclosure",
    "resolvent_norm",
    "resolvent_norm_enclosure",
    "resolvent_norm_on_circle",
    "resolvent_norm_on_circle_enclosure",
    "resolvent_norm_on_line",
    "resolvent_norm_on_line_enclosure",
    "sandwich",
    "similarity_bound",
    "similarity_bound_enclosure",
    "spectral_abscissa",
    "spectral_abscissa_enclosure",
    "spectral_radius",
    "spectral_radius_enclosure",
    "transient_peak",
    "transient_peak_enclosure",
]

Number = int | float | Fraction
RTOL = 1e-8
LARGEST_ORDER = 400
"""Exact matrices beyond this order would take hours and all memory."""
UNDECIDED = "stability was not decided: an eigenvalue is on the stability boundary, or too near it for the proposals tried"
TOO_WIDE = "no sharper inequality could be verified: the proposals in floating point were not precise enough"


def kreiss_enclosure(J: Any, rtol: Number = 1e-6, *, continuous: bool = False, radius: Number = 1) -> Enclosure:
    """``K(J) = sup_{|z|>1} (|z| − 1) ‖(zI − J)^{-1}‖``, or ``K_c(G) = sup_{Re z>0} Re z ‖(zI − G)^{-1}‖``; rigorous, with witnesses on both sides.

    With ``radius = r``: ``K_r(J) = sup_{|z|>r} (|z| − r) ‖(zI − J)^{-1}‖``, which equals ``K(J/r)`` exactly (put ``z = rw``); the witnesses are for ``J/r``.
    """
    r = exact_positive(radius, "radius")
    matrix = exact_matrix(J)
    if continuous:
        if r != 1:
            raise ValueError(f"radius = {radius}; a radius belongs to discrete time: in continuous time shift G instead")
        return _explained(bounds.continuous_kreiss_constant(matrix, rtol=exact_positive(rtol, "rtol")), rtol)
    return _explained(bounds.kreiss_constant(matrix if r == 1 else matrix / r, rtol=exact_positive(rtol, "rtol")), rtol)


def resolvent_norm_enclosure(J: Any, z: Any, rtol: Number = RTOL) -> Enclosure:
    """``‖(zI − J)^{-1}‖`` at one point, ``+infinity`` at an eigenvalue; ``z`` a number, a Fraction or a pair ``(re, im)``. Rigorous, with witnesses."""
    return _explained(bounds.resolvent_norm(exact_matrix(J), exact_point(z), rtol=exact_positive(rtol, "rtol")), rtol)


def resolvent_norm_on_circle_enclosure(J: Any, r: Number, rtol: Number = RTOL) -> Enclosure:
    """``max_{|z|=r} ‖(zI − J)^{-1}‖``, rigorous; the upper end is finite only where all eigenvalues lie inside the circle."""
    return _explained(margins.resolvent_norm_on_circle(exact_matrix(J), exact_positive(r, "r"), exact_positive(rtol, "rtol")), rtol)


def resolvent_norm_on_line_enclosure(G: Any, x: Number, rtol: Number = RTOL) -> Enclosure:
    """``sup_y ‖((x + iy)I − G)^{-1}‖``, rigorous; the upper end is finite only where all eigenvalues lie left of the line."""
    return _explained(margins.resolvent_norm_on_line(exact_matrix(G, "G"), _rational(x, "x"), exact_positive(rtol, "rtol")), rtol)


def distance_to_instability_enclosure(J: Any, rtol: Number = RTOL, *, continuous: bool = False) -> Enclosure:
    """The least ``‖E‖`` for which ``J + E`` is not asymptotically stable; rigorous. 0 where instability is proved."""
    return _explained(margins.distance_to_instability(exact_matrix(J), exact_positive(rtol, "rtol"), continuous), rtol)


def pseudospectral_radius_enclosure(J: Any, eps: Number, rtol: Number = RTOL) -> Enclosure:
    """``ρ_ε(J) = max{|z| : σ_min(zI − J) <= ε}``, rigorous, with witnesses."""
    return _explained(bounds.pseudospectral_radius(exact_matrix(J), exact_positive(eps, "eps"), rtol=exact_positive(rtol, "rtol")), rtol)


def pseudospectral_abscissa_enclosure(G: Any, eps: Number, rtol: Number = RTOL) -> Enclosure:
    """``α_ε(G) = max{Re z : σ_min(zI − G) <= ε}``, rigorous; ``rtol`` is relative to ``‖G‖ + ε``."""
    return margins.pseudospectral_abscissa(exact_matrix(G, "G"), exact_positive(eps, "eps"), exact_positive(rtol, "rtol"))


def numerical_radius_enclosure(J: Any, rtol: Number = RTOL) -> Enclosure:
    """``w(J) = max |v*Jv|/‖v‖²``, rigorous, with witnesses. ``K(J) = 1`` exactly where ``w(J) <= 1``."""
    return _explained(bounds.numerical_radius(exact_matrix(J), rtol=exact_positive(rtol, "rtol")), rtol)


def spectral_radius_enclosure(J: Any, rtol: Number = RTOL) -> Enclosure:
    """``ρ(J)``, rigorous, with witnesses."""
    return _explained(bounds.spectral_radius(exact_matrix(J), rtol=exact_positive(rtol, "rtol")), rtol)


def spectral_abscissa_enclosure(G: Any) -> Enclosure:
    """``α(G)``, the largest real part of an eigenvalue; rigorous (balls)."""
    return margins.spectral_abscissa(exact_matrix(G, "G"))


def power_norm_enclosure(J: Any, t: int, rtol: Number = RTOL) -> Enclosure:
    """``‖J^t‖`` for an integer ``t >= 0``, rigorous, with witnesses."""
    if isinstance(t, bool) or not isinstance(t, int) or t < 0:
        raise ValueError(f"t = {t!r}; a power needs an integer t >= 0")
    return _explained(bounds.power_norm(exact_matrix(J), t, rtol=exact_positive(rtol, "rtol")), rtol)


def transient_peak_enclosure(J: Any, rtol: Number = RTOL, *, horizon: int | None = None) -> peaks.PeakEnclosure:
    """``sup_{t>=0} ‖J^t‖`` with a time that attains the lower end and a proved horizon, or the maximum over ``t <= horizon``; rigorous (balls)."""
    if horizon is not None and (isinstance(horizon, bool) or not isinstance(horizon, int) or horizon < 0):
        raise ValueError(f"horizon = {horizon!r}; an integer horizon >= 0 is needed")
    return peaks.power_peak(exact_matrix(J), exact_positive(rtol, "rtol"), horizon)


def exponential_norm_enclosure(G: Any, t: Number, rtol: Number = RTOL) -> Enclosure:
    """``‖e^{tG}‖``, rigorous (balls)."""
    return _explained(peaks.exponential_norm(exact_matrix(G, "G"), _time(t, "t"), exact_positive(rtol, "rtol")), rtol)


def exponential_peak_enclosure(G: Any, rtol: Number = RTOL, *, horizon: Number | None = None) -> peaks.PeakEnclosure:
    """``sup_{t>=0} ‖e^{tG}‖`` with time and proved horizon, or the maximum over ``0 <= t <= horizon``; rigorous (balls)."""
    return peaks.exponential_peak(exact_matrix(G, "G"), exact_positive(rtol, "rtol"), None if horizon is None else _time(horizon, "horizon"))


def similarity_bound_enclosure(J: Any, rtol: Number = 0.05) -> Enclosure:
    """``min √cond(P)`` over ``P ≻ 0`` with ``J*PJ ⪯ P``; rigorous. The upper end is a verified ``P`` (its witness) and bounds the transient peak."""
    return _explained(conditioning.similarity_bound(exact_matrix(J), rtol=exact_positive(rtol, "rtol")), (1 + float(rtol)) ** 2 - 1)


def noise_gain_enclosure(J: Any, rtol: Number = RTOL) -> Enclosure:
    """``‖Σ_{t>=0} (J^t)*J^t‖``, rigorous."""
    return _explained(conditioning.noise_gain(exact_matrix(J), exact_positive(rtol, "rtol")), rtol)


@dataclass(frozen=True)
class Sandwich:
    """``1 <= K <= sup_t ‖J^t‖ <= √cond(P)``, and ``sup_t ‖J^t‖ <= e n K`` (Kreiss matrix theorem): every side enclosed.

    ``consistent`` compares the four enclosures as they were found; afterwards each was narrowed by its neighbours, since the inequalities are theorems.
    """

    n: int
    kreiss: Enclosure
    peak: Enclosure
    similarity: Enclosure
    kreiss_times_en: Enclosure
    peak_time: Fraction | None
    consistent: Truth

    def __repr__(self) -> str:
        rows = [
            ("1 ≤ K", self.kreiss, ""),
            ("≤ sup ‖J^t‖", self.peak, "" if self.peak_time is None else f"   t = {self.peak_time}"),
            ("≤ √cond(P)", self.similarity, ""),
            (f"and ≤ e·{self.n}·K", self.kreiss_times_en, ""),
        ]
        return "\n".join(f"{name:<13}{value}{note}" for name, value, note in rows)


def sandwich(J: Any, rtol: Number = 1e-6) -> Sandwich:
    """The bounds around the transient peak of ``J``, all rigorous: see :class:`Sandwich`. ``√cond(P)`` is optimised to 5 %, the rest to ``rtol``."""
    matrix, accuracy = exact_matrix(J), exact_positive(rtol, "rtol")
    order = matrix.shape[0]
    kreiss = bounds.kreiss_constant(matrix, rtol=accuracy)
    found = peaks.power_peak(matrix, accuracy)
    similarity = conditioning.similarity_bound(matrix)
    times_en = kreiss * Enclosure.exact(order) * Enclosure.exact(1).exp()
    consistent = _chain(kreiss, found.enclosure, similarity, times_en)
    peak = _between(found.enclosure, kreiss.lower, min(similarity.upper, times_en.upper))
    return Sandwich(
        order,
        _between(kreiss, Fraction(1), peak.upper),
        peak,
        _between(similarity, peak.lower, math.inf),
        times_en,
        found.time,
        consistent,
    )


def _chain(*sides: Enclosure) -> Truth:
    """VIOLATED if two enclosures contradict the theorems, which would be an error of this library."""
    kreiss, peak, similarity, times_en = sides
    wrong = any((low <= high) is Truth.VIOLATED for low, high in ((kreiss, peak), (peak, similarity), (peak, times_en), (kreiss, similarity)))
    return Truth.VIOLATED if wrong else Truth.HOLDS


def _between(enclosure: Enclosure, lower: Endpoint, upper: Endpoint) -> Enclosure:
    return enclosure.intersection(Enclosure(lower, upper, enclosure.rigour)) if lower <= enclosure.upper and enclosure.lower <= upper else enclosure


# -- arguments and results --------------------------------------------------------------------------------------------------


def exact_matrix(matrix: Any, name: str = "J") -> RationalMatrix:
    """The exact matrix that was given."""
    if isinstance(matrix, RationalMatrix):
        exact = matrix
    else:
        rows = _rational_rows(matrix)
        exact = RationalMatrix.from_floats(square(matrix, name)) if rows is None else RationalMatrix.from_rows(rows)
    if not exact.is_square or exact.shape[0] == 0:
        raise ValueError(f"{name} has shape {exact.shape}; a square matrix (n, n) with n >= 1 is needed")
    if exact.shape[0] > LARGEST_ORDER:
        raise ValueError(f"{name} is of order {exact.shape[0]}; enclosures are computed up to order {LARGEST_ORDER}: use the function without _enclosure")
    return exact


def _rational_rows(matrix: Any) -> list[list[Any]] | None:
    """Nested lists with at least one entry that floats cannot hold, and only exact entries; else None."""
    if not isinstance(matrix, (list, tuple)) or not all(isinstance(row, (list, tuple)) for row in matrix):
        return None
    entries = [entry for row in matrix for entry in row]
    exact = all(isinstance(entry, (int, Fraction, GaussianRational)) or _is_pair(entry) for entry in entries)
    return [list(row) for row in matrix] if entries and exact and any(not isinstance(entry, bool) for entry in entries) else None


def _is_pair(entry: Any) -> bool:
    return isinstance(entry, tuple) and len(entry) == 2 and all(isinstance(part, (int, Fraction)) for part in entry)


def _rational(value: Any, name: str) -> Fraction:
    try:
        return Fraction(value)
    except (TypeError, ValueError, OverflowError):
        raise ValueError(f"{name} = {value!r}; a finite real number or a Fraction is needed") from None


def exact_positive(value: Any, name: str) -> Fraction:
    """A positive number exactly as given; ValueError if it is none, naming it."""
    number = _rational(value, name)
    if number <= 0:
        raise ValueError(f"{name} = {value!r}; a positive number is needed")
    return number


def _time(value: Any, name: str) -> Fraction:
    number = _rational(value, name)
    if number < 0:
        raise ValueError(f"{name} = {value!r}; a time >= 0 is needed")
    return number


def exact_point(z: Any) -> GaussianRational:
    """A complex number exactly as given: a number or a pair ``(re, im)``."""
    if isinstance(z, GaussianRational):
        return z
    parts = z if _is_pair(z) else (z.real, z.imag) if isinstance(z, complex) else (z, 0)
    return GaussianRational(*(_rational(part, "z") for part in parts))


def _explained(enclosure: Enclosure, rtol: Number) -> Enclosure:
    """The enclosure, with what stopped it if it is wider than asked."""
    low, high = enclosure.lower, enclosure.upper
    if low == high or (isinstance(high, Fraction) and isinstance(low, Fraction) and high - low <= Fraction(rtol) * abs(low) * 2):
        return enclosure
    return replace(enclosure, stopped=UNDECIDED if high == math.inf or low == 0 else TOO_WIDE)
