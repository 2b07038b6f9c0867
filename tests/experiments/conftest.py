"""What several test modules of the experiments need."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest


@pytest.fixture(scope="module")
def double() -> Iterator[Any]:
    """JAX in double precision; skips where JAX is not installed."""
    jax = pytest.importorskip("jax", reason="JAX is in the extra `experiments`")
    before = jax.config.jax_enable_x64
    jax.config.update("jax_enable_x64", True)
    yield jax
    jax.config.update("jax_enable_x64", before)
