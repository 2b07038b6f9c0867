"""Rigorous bounds: exact matrix in, :class:`~verify.numerics.enclosure.Enclosure` with witnesses out.

Every function proposes in floats (or in more digits) and verifies in rational arithmetic; a side of the enclosure is set only by a
verified inequality, whose data are the witness of ``docs/certificate-format.md``. A bad proposal costs sharpness, never truth. Common
parameters: ``side`` (only the asked side is worked for), ``rtol`` (relative accuracy wanted), ``target`` (a value that the bound should
reach exactly, for cases of equality).
"""

from verify.numerics.bounds.abscissa import spectral_abscissa
from verify.numerics.bounds.continuous import continuous_kreiss_constant
from verify.numerics.bounds.exponential import exponential_norm
from verify.numerics.bounds.field_of_values import numerical_radius
from verify.numerics.bounds.hermitian import largest_eigenvalue, smallest_eigenvalue
from verify.numerics.bounds.kreiss import kreiss_constant
from verify.numerics.bounds.pseudospectral import pseudospectral_radius
from verify.numerics.bounds.singular import norm, power_norm, resolvent_norm, smallest_singular_value
from verify.numerics.bounds.spectral import spectral_radius
from verify.numerics.bounds.spectrum import determinant, spectrum_distance, trace
from verify.numerics.bounds.transient import transient_peak

__all__ = [
    "continuous_kreiss_constant",
    "determinant",
    "exponential_norm",
    "kreiss_constant",
    "largest_eigenvalue",
    "norm",
    "numerical_radius",
    "power_norm",
    "pseudospectral_radius",
    "resolvent_norm",
    "smallest_eigenvalue",
    "smallest_singular_value",
    "spectral_abscissa",
    "spectral_radius",
    "spectrum_distance",
    "trace",
    "transient_peak",
]
