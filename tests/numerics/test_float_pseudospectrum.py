"""Pseudospectral radii of stacks against closed forms."""

from __future__ import annotations

import numpy as np

from verify.numerics.pseudospectrum import pseudospectral_radii


def test_batch_finds_the_radius_of_a_defective_block_at_large_eps() -> None:
    """``ρ_ε([[γ, 0], [c, γ]]) = γ + √(ε² + cε)`` (Proposition 20), also where ``ε`` is far above the departure from normality."""
    for gamma, c, eps in ((0.9, 0.1, 1.0), (0.999999, 1.0, 10.0), (0.5, 1.0, 1.0), (0.0, 1e-3, 1.0)):
        found = float(pseudospectral_radii(np.array([[[gamma, 0.0], [c, gamma]]]), eps)[0])
        assert abs(found - (gamma + np.sqrt(eps**2 + c * eps))) <= 1e-10 * found
