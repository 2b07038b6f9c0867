"""Symbolic–numeric verification of claims on transient amplification: a claim is a SymPy statement that is its own checker.

The facade is lazy: names are imported when they are first used, so that ``import verify`` is cheap.
"""

from __future__ import annotations

import importlib
from typing import Any

__version__ = "0.1.0"

_HOMES = {
    "verify.language.claim": (
        "Along", "Axis", "BestConstant", "ByHand", "Claim", "Exhibit", "Family", "Lemma", "Obligation", "Obstacle", "Proof", "Reading", "SharpForm",
        "Status", "Surrogate", "Untestable", "classical", "guessed", "own", "quoted", "reconstructed", "stated",
    ),
    "verify.language.quantities": (
        "ContinuousKreissConstant", "ExponentialNorm", "KreissConstant", "LargestEigenvalue", "Norm", "NumericalRadius", "PowerNorm", "PseudospectralRadius",
        "ResolventNorm", "SmallestEigenvalue", "SmallestSingularValue", "SpectralAbscissa", "SpectralRadius", "SpectrumDistance", "TransientPeak",
    ),
    "verify.language.logic": (
        "Exists", "ForAll", "ForAllIndex", "IndexMaximum", "IndexMinimum", "InfOverClass", "MatrixEq", "MinimaxError", "Normal",
        "PositiveDefinite", "PositiveSemidefinite", "Prose", "SupOverClass", "Supremum", "Symmetric",
    ),
    "verify.language.matrices": ("MatrixProduct", "MatrixSequence", "MatrixSum", "block", "resolvent"),
    "verify.domain": (
        "Domain", "between", "complex_outside", "complex_plane", "coupling", "general", "integer", "nonnegative", "normal", "positive", "real",
        "sequence", "symmetric", "unit_vector",
    ),
    "verify.quantities": (
        "Sandwich", "distance_to_instability", "distance_to_instability_enclosure", "exponential_norm", "exponential_norm_enclosure",
        "exponential_peak", "exponential_peak_enclosure", "kreiss_constant", "kreiss_enclosure", "noise_gain", "noise_gain_enclosure",
        "numerical_radius", "numerical_radius_enclosure", "power_norm", "power_norm_enclosure", "pseudospectral_abscissa",
        "pseudospectral_abscissa_enclosure", "pseudospectral_radius", "pseudospectral_radius_enclosure", "resolvent_norm",
        "resolvent_norm_enclosure", "resolvent_norm_on_circle", "resolvent_norm_on_circle_enclosure", "resolvent_norm_on_line",
        "resolvent_norm_on_line_enclosure", "sandwich", "similarity_bound", "similarity_bound_enclosure", "spectral_abscissa",
        "spectral_abscissa_enclosure", "spectral_radius", "spectral_radius_enclosure", "transient_peak", "transient_peak_enclosure",
    ),
    "verify.certificates.enclosure": ("enclosure_certificate", "write_certificate"),
    "verify.trial": ("assert_at", "claim_test"),
    "verify.plots": ("plot_powers", "plot_pseudospectra", "pseudospectra"),
    "verify.numerics.structured": ("kreiss_constant_blocks", "kreiss_constants"),
    "verify.numerics.operators": ("kreiss_lower_bound",),
}
_WHERE = {name: module for module, names in _HOMES.items() for name in names}
_MODULES = ("jacobian",)
__all__ = ["__version__", *sorted([*_WHERE, *_MODULES])]


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return importlib.import_module(f"verify.{name}")
    if name not in _WHERE:
        raise AttributeError(f"module 'verify' has no attribute {name!r}")
    return getattr(importlib.import_module(_WHERE[name]), name)


def __dir__() -> list[str]:
    return __all__
