"""Classes of matrices and parameters.

One definition of a class gives its hypotheses (relations in the claim language: the exact membership test), a Hypothesis
strategy of small exact members, a vectorised random sampler, a smooth parametrisation for optimisers, structured extreme members, and rounding of a float
member to an exact one.
"""

from verify.domain.base import DomainClass
from verify.domain.instance import Batch, Instance
from verify.domain.matrices import coupling, general, normal, symmetric, unit_vector
from verify.domain.product import Domain
from verify.domain.scalars import between, complex_outside, complex_plane, integer, nonnegative, positive, real
from verify.domain.sequences import sequence

__all__ = [
    "Batch", "Domain", "DomainClass", "Instance", "between", "complex_outside", "complex_plane", "coupling", "general", "integer",
    "nonnegative", "normal", "positive", "real", "sequence", "symmetric", "unit_vector",
]
