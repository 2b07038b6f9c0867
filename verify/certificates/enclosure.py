"""An enclosure of one quantity of one matrix as a certificate that ``reports/check.py`` accepts, with no claim around it."""

from __future__ import annotations

import json
import math
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path
from typing import Any

from verify.certificates.write import FORMAT
from verify.domain.instance import value_to_json
from verify.numerics import bounds
from verify.numerics.bounds.exponential import LARGEST_CHECKED, LARGEST_CHECKED_ORDER
from verify.numerics.enclosure import Enclosure, Endpoint
from verify.numerics.exact import rational_text
from verify.quantities import exact_matrix, exact_point, exact_positive

__all__ = ["CERTIFIED", "enclosure_certificate", "write_certificate"]

Tree = dict[str, Any]
_BEYOND = (
    f"the checker encloses exponentials up to order {LARGEST_CHECKED_ORDER} and a Frobenius norm of time * J of {LARGEST_CHECKED}, and this is beyond; "
    "exponential_norm_enclosure bounds more of them, without a certificate"
)


@dataclass(frozen=True)
class _Certified:
    """How a quantity is written in the format and which function finds its witnesses; ``parameter`` is its further argument, if any."""

    op: str
    bound: Callable[..., Enclosure]
    parameter: str = ""


CERTIFIED = {
    "kreiss_constant": _Certified("KreissConstant", bounds.kreiss_constant),
    "continuous_kreiss_constant": _Certified("ContinuousKreissConstant", bounds.continuous_kreiss_constant),
    "transient_peak": _Certified("TransientPeak", bounds.transient_peak),
    "spectral_radius": _Certified("SpectralRadius", bounds.spectral_radius),
    "spectral_abscissa": _Certified("SpectralAbscissa", bounds.spectral_abscissa),
    "numerical_radius": _Certified("NumericalRadius", bounds.numerical_radius),
    "norm": _Certified("Norm", bounds.norm),
    "power_norm": _Certified("PowerNorm", bounds.power_norm, "t"),
    "exponential_norm": _Certified("ExponentialNorm", bounds.exponential_norm, "time"),
    "resolvent_norm": _Certified("ResolventNorm", bounds.resolvent_norm, "z"),
    "pseudospectral_radius": _Certified("PseudospectralRadius", bounds.pseudospectral_radius, "eps"),
}
"""The quantities whose enclosures have witnesses on both sides, by the names of the library."""


def enclosure_certificate(J: Any, quantity: str = "kreiss_constant", rtol: float | Fraction = 1e-6, **parameters: Any) -> dict[str, Any]:
    """Enclose a quantity of ``J`` and write the proof down: an ``enclosure`` of ``docs/certificate-format.md``, ready for JSON.

    Args:
        J: a square matrix, exactly as given: floats are the dyadic numbers they are, ``Fraction`` and ``int`` entries themselves.
        quantity: one of :data:`CERTIFIED`.
        rtol: the relative width wanted. A side that could not be proved is absent; the enclosure is then one-sided.
        parameters: ``t`` for ``power_norm``, ``time`` for ``exponential_norm``,
            ``z`` (a number or a pair) for ``resolvent_norm``, ``eps`` for ``pseudospectral_radius``.

    Guarantee: ``python reports/check.py FILE`` accepts what is written, from the matrix and the witnesses alone.

    Raises:
        ValueError: for an unknown quantity, a missing or superfluous parameter, a matrix that is none, or an exponential beyond the checker.
    """
    if quantity not in CERTIFIED:
        raise ValueError(f"quantity = {quantity!r} has no certificate; those that have: {', '.join(CERTIFIED)}")
    kind = CERTIFIED[quantity]
    if set(parameters) != ({kind.parameter} if kind.parameter else set()):
        wanted = f"the parameter {kind.parameter}" if kind.parameter else "no further parameter"
        raise ValueError(f"{quantity} takes {wanted}; got {', '.join(sorted(parameters)) or 'none'}")
    matrix = exact_matrix(J)
    argument, node = _argument(kind.parameter, parameters.get(kind.parameter))
    found = kind.bound(matrix, *argument, rtol=exact_positive(rtol, "rtol"))
    symbol: Tree = {"op": "MatrixSymbol", "name": "J", "rows": _symbol("n"), "cols": _symbol("n")}
    tree: Tree = {"op": kind.op, "args": [symbol, *node]}
    if quantity == "exponential_norm" and found.lower_witness is None and found.upper_witness is None:
        raise ValueError(f"time = {parameters['time']!r}: {_BEYOND}")
    sides = {"lower": _text(found.lower), "upper": None if found.upper == math.inf else _text(found.upper)}
    sides = {name: text for name, text in sides.items() if text is not None}
    witnesses = {name: record for name, record in (("lower", found.lower_witness), ("upper", found.upper_witness)) if record is not None and name in sides}
    return {
        "format": FORMAT,
        "kind": "enclosure",
        "quantity": tree,
        "instance": {"sizes": {"n": matrix.shape[0]}, "values": {"J": value_to_json(matrix)}},
        "bounds": [{"of": tree, **witnesses}] if witnesses else [],
        **sides,
    }


def write_certificate(path: str | Path, certificate: dict[str, Any]) -> Path:
    """Write a certificate as a JSON file and return its path."""
    target = Path(path)
    target.write_text(json.dumps(certificate, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")
    return target


def _symbol(name: str) -> Tree:
    return {"op": "Symbol", "name": name}


def _argument(parameter: str, value: Any) -> tuple[tuple[Any, ...], list[Tree]]:
    """The argument for the bound and its leaf of the tree."""
    if not parameter:
        return (), []
    if parameter == "t":
        if isinstance(value, bool) or not isinstance(value, int) or value < 0:
            raise ValueError(f"t = {value!r}; a power needs an integer t >= 0")
        return (value,), [_rational(Fraction(value))]
    if parameter == "time":
        try:
            time = Fraction(value)
        except (TypeError, ValueError, OverflowError):
            raise ValueError(f"time = {value!r}; a finite real number or a Fraction is needed") from None
        return (time,), [_rational(time)]
    if parameter == "eps":
        eps = exact_positive(value, "eps")
        return (eps,), [_rational(eps)]
    z = exact_point(value)
    imaginary: Tree = {"op": "Mul", "args": [_rational(z.im), {"op": "ImaginaryUnit"}]}
    return (z,), [_rational(z.re) if z.im == 0 else {"op": "Add", "args": [_rational(z.re), imaginary]}]


def _rational(value: Fraction) -> Tree:
    return {"op": "Rational", "value": rational_text(value)}


def _text(end: Endpoint) -> str | None:
    if isinstance(end, Fraction):
        return rational_text(end)
    return "infinity" if end == math.inf else None
