"""Symbolic–numeric verification of claims on transient amplification: a claim is a SymPy statement that is its own checker.

The facade is lazy: names are imported when they are first used, so that ``import verify`` is cheap.
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "verify.language.claim": (
        "Axis", "ByHand", "Claim", "Exhibit", "Lemma", "Obligation", "Proof", "Reading", "SharpForm", "Status",
        "classical", "guessed", "own", "quoted", "reconstructed", "stated",
    ),
    "verify.language.quantities": (
        "ContinuousKreissConstant", "KreissConstant", "LargestEigenvalue", "Norm", "NumericalRadius", "PowerNorm", "PseudospectralRadius",
        "ResolventNorm", "SmallestEigenvalue", "SmallestSingularValue", "SpectralRadius", "SpectrumDistance", "TransientPeak",
    ),
    "verify.language.logic": (
        "Exists", "ForAll", "ForAllIndex", "IndexMaximum", "IndexMinimum", "InfOverClass", "MatrixEq", "MinimaxError", "Normal",
        "PositiveDefinite", "PositiveSemidefinite", "SupOverClass", "Supremum", "Symmetric",
    ),
    "verify.language.matrices": ("MatrixProduct", "MatrixSequence", "MatrixSum", "block", "resolvent"),
    "verify.domain": (
        "Domain", "between", "complex_outside", "complex_plane", "coupling", "general", "integer", "nonnegative", "normal", "positive", "real",
        "sequence", "symmetric", "unit_vector",
    ),
    "verify.numerics.structured": ("kreiss_constant", "kreiss_constant_blocks", "kreiss_constants"),
    "verify.numerics.operators": ("kreiss_lower_bound",),
    "verify.numerics.bounds": ("kreiss_enclosure",),
}
_WHERE = {name: module for module, names in _HOMES.items() for name in names}
__all__ = ["__version__", *sorted(_WHERE)]


def __getattr__(name: str) -> Any:
    if name not in _WHERE:
        raise AttributeError(f"module 'verify' has no attribute {name!r}")
    return getattr(importlib.import_module(_WHERE[name]), name)


def __dir__() -> list[str]:
    return __all__
