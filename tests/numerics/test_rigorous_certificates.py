"""The witnesses of the rigorous bounds are accepted by the stand-alone checker, which shares no code with them."""

from __future__ import annotations

import importlib.util
import json
import math
import sys
from collections.abc import Callable
from fractions import Fraction
from pathlib import Path
from types import ModuleType
from typing import Any

import numpy as np
import pytest
import scipy.linalg

from tests.numerics.rigorous_cases import jordan, matrix, one_way, random_matrix
from verify.numerics import bounds
from verify.numerics.enclosure import Enclosure
from verify.numerics.exact import GaussianRational, RationalMatrix

CHECKER = Path(__file__).resolve().parents[2] / "reports" / "check.py"
Z = GaussianRational(Fraction(1), Fraction(1, 3))
ROUGH = Fraction(1, 1000)


@pytest.fixture(scope="module")
def checker() -> ModuleType:
    spec = importlib.util.spec_from_file_location("rigorous_checker", CHECKER)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["rigorous_checker"] = module
    spec.loader.exec_module(module)
    return module


def value_json(value: Any) -> dict[str, Any]:
    if isinstance(value, RationalMatrix):
        return value.to_json()
    if isinstance(value, GaussianRational):
        return {"type": "complex", "re": str(value.re), "im": str(value.im)}
    return {"type": "integer", "value": value} if isinstance(value, int) else {"type": "rational", "value": str(value)}


def certificate(name: str, x: RationalMatrix, extra: tuple[Any, ...], found: Enclosure) -> dict[str, Any]:
    sizes = [{"op": "Rational", "value": str(size)} for size in x.shape]
    symbols = [{"op": "Symbol", "name": f"a{i}"} for i in range(len(extra))]
    tree = {"op": name, "args": [{"op": "MatrixSymbol", "name": "X", "rows": sizes[0], "cols": sizes[1]}, *symbols]}
    sides = {"lower": found.lower_witness, "upper": found.upper_witness}
    record = {"of": tree, **{side: witness for side, witness in sides.items() if witness is not None}}
    ends = {"lower": "infinity" if math.isinf(found.lower) else str(found.lower)} | ({} if math.isinf(found.upper) else {"upper": str(found.upper)})
    values = {"X": value_json(x), **{f"a{i}": value_json(entry) for i, entry in enumerate(extra)}}
    return {
        "format": "verify-certificate/1",
        "kind": "enclosure",
        "quantity": tree,
        **ends,
        "instance": {"sizes": {}, "values": values},
        "bounds": [record] if len(record) > 1 else [],
    }


MATRICES = {
    "one by one": matrix([[Fraction(-3, 4)]]),
    "one way": one_way(Fraction(9, 10), Fraction(1, 2)),
    "Jordan": jordan(3, Fraction(1, 2)),
    "real": random_matrix(3, 1, 0.9) * Fraction(9, 10),
    "complex": random_matrix(3, 2, 0.8, is_complex=True),
    "normal": matrix([[0, Fraction(1, 2), 0], [0, 0, Fraction(1, 2)], [Fraction(1, 2), 0, 0]]),
    "zero": RationalMatrix.zeros(2, 2),
}
QUANTITIES: dict[str, tuple[Callable[..., Enclosure], tuple[Any, ...]]] = {
    "Norm": (bounds.norm, ()),
    "PowerNorm": (bounds.power_norm, (3,)),
    "SmallestSingularValue": (bounds.smallest_singular_value, ()),
    "ResolventNorm": (bounds.resolvent_norm, (Z,)),
    "SpectralRadius": (bounds.spectral_radius, ()),
    "NumericalRadius": (bounds.numerical_radius, ()),
    "KreissConstant": (bounds.kreiss_constant, ()),
    "TransientPeak": (bounds.transient_peak, ()),
    "PseudospectralRadius": (bounds.pseudospectral_radius, (Fraction(1, 10),)),
}


def assert_accepted(checker: ModuleType, name: str, x: RationalMatrix, extra: tuple[Any, ...], found: Enclosure) -> None:
    report = checker.check(json.dumps(certificate(name, x, extra, found)).encode())
    assert report.accepted, report.reason


@pytest.mark.parametrize("x", MATRICES.values(), ids=MATRICES.keys())
@pytest.mark.parametrize("name", QUANTITIES)
def test_the_checker_accepts(checker: ModuleType, name: str, x: RationalMatrix) -> None:
    quantity, extra = QUANTITIES[name]
    found = quantity(x, *extra, rtol=ROUGH) if name == "KreissConstant" else quantity(x, *extra)
    assert_accepted(checker, name, x, extra, found)


@pytest.mark.parametrize("name", ["LargestEigenvalue", "SmallestEigenvalue"])
def test_the_checker_accepts_eigenvalues(checker: ModuleType, name: str) -> None:
    for x in MATRICES.values():
        hermitian = x + x.adjoint()
        found = (bounds.largest_eigenvalue if name == "LargestEigenvalue" else bounds.smallest_eigenvalue)(hermitian)
        assert_accepted(checker, name, hermitian, (), found)


@pytest.mark.parametrize("offset", [Fraction(0), Fraction(-3), Fraction(1, 7)])
def test_the_checker_accepts_spectral_abscissas(checker: ModuleType, offset: Fraction) -> None:
    """Of either sign, and shifted with the matrix; as narrow as asked, where the largest real part stands out."""
    for x in MATRICES.values():
        moved = x + RationalMatrix.identity(x.shape[0]) * offset
        found = bounds.spectral_abscissa(moved, rtol=ROUGH)
        assert_accepted(checker, "SpectralAbscissa", moved, (), found)
        values = np.linalg.eigvals(moved.to_numpy())
        slack = 2 * float(ROUGH) * max(1e-300, float(abs(values).max()))
        assert float(found.lower) - slack <= values.real.max() <= float(found.upper) + slack
        assert float(found.upper) - float(found.lower) <= slack


def test_the_checker_accepts_continuous_time(checker: ModuleType) -> None:
    for rows in ([[-1, 0], [10, -1]], [[0, 1], [-4, 0]], [[1, 5], [0, -1]], [[-1, 0], [1, -1]]):
        found = bounds.continuous_kreiss_constant(matrix(rows), rtol=ROUGH)
        assert_accepted(checker, "ContinuousKreissConstant", matrix(rows), (), found)


def test_the_checker_accepts_instability_and_boundary_cases(checker: ModuleType) -> None:
    for rows in ([[0, 2, 0], [0, 0, 1], [1, 0, 0]], [[Fraction(1, 2), Fraction(1, 10)], [Fraction(5, 2), Fraction(1, 2)]], [[1, 1], [0, 1]]):
        assert_accepted(checker, "KreissConstant", matrix(rows), (), bounds.kreiss_constant(matrix(rows), rtol=ROUGH))


def test_the_checker_accepts_factors_of_large_matrices(checker: ModuleType) -> None:
    generator = np.random.default_rng(0)
    for array in (generator.standard_normal((30, 30)), generator.standard_normal((14, 14)) + 1j * generator.standard_normal((14, 14))):
        x = RationalMatrix.from_floats(np.round(array * 2**10) / 2**10)
        found = bounds.norm(x)
        assert found.upper_witness is not None
        assert "factor" in found.upper_witness
        assert_accepted(checker, "Norm", x, (), found)


def test_the_checker_accepts_extreme_coupling(checker: ModuleType) -> None:
    x = one_way(1 - Fraction(1, 10**12), Fraction(1))  # κ = 1e12
    assert_accepted(checker, "KreissConstant", x, (), bounds.kreiss_constant(x, rtol=Fraction(1, 10**4)))


def test_the_checker_refuses_a_smaller_value(checker: ModuleType) -> None:
    x = MATRICES["one way"]
    found = bounds.kreiss_constant(x, rtol=ROUGH)
    data = certificate("KreissConstant", x, (), found)
    data["bounds"][0]["upper"]["value"] = data["upper"] = "29/20"  # the true value, which these circles do not prove
    assert not checker.check(json.dumps(data).encode()).accepted


@pytest.mark.parametrize("time", [Fraction(0), Fraction(1, 7), Fraction(3), Fraction(-2)])
def test_the_checker_accepts_norms_of_exponentials(checker: ModuleType, time: Fraction) -> None:
    """Forward and backward; the checker sums its own series, and the float exponential lies between the ends."""
    for x in MATRICES.values():
        if float(abs(time)) * np.linalg.norm(x.to_numpy()) > 40:
            continue
        found = bounds.exponential_norm(x, time, rtol=ROUGH)
        assert_accepted(checker, "ExponentialNorm", x, (time,), found)
        value = np.linalg.norm(scipy.linalg.expm(x.to_numpy() * float(time)), 2)
        assert float(found.lower) * (1 - 1e-9) <= value <= float(found.upper) * (1 + 1e-9)
        assert found.upper <= found.lower * (1 + 2 * ROUGH)


@pytest.mark.parametrize("order", [4, 33])
def test_exponentials_beyond_the_checker_have_bounds_without_witnesses(checker: ModuleType, order: int) -> None:
    """A Frobenius norm of 400 where the norm itself is 200, and an order too large: a record would only have the certificate rejected."""
    x = RationalMatrix.identity(order) * 200 if order == 4 else RationalMatrix.identity(order) / 100
    found = bounds.exponential_norm(x, Fraction(1), rtol=ROUGH)
    assert found.lower <= found.upper <= found.lower * (1 + 2 * ROUGH)
    assert found.lower_witness is None and found.upper_witness is None
    data = certificate("ExponentialNorm", x, (Fraction(1),), found)
    assert not checker.check(json.dumps(data).encode()).accepted, "the checker has no such limit any more: give witnesses"
