"""The compiled kernels give what NumPy gives, to the tolerance asked for; without them everything works the same."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.numerics.float_cases import block_triangular, stable, thin_peak
from verify.numerics import kernels
from verify.numerics.one_way import OneWay
from verify.numerics.pseudospectrum import resolvent_norm_grid
from verify.numerics.structured import kreiss_constants

SEEDS = st.integers(0, 2**32 - 1)
WHY = f"the compiled kernels are not built (python setup.py build_ext --inplace), or switched off by {kernels.SWITCH}=0"
needs_kernels = pytest.mark.skipif(not kernels.available(), reason=WHY)


@pytest.fixture
def without(monkeypatch: pytest.MonkeyPatch):
    """Run a function on the NumPy path."""

    def run(function):
        with monkeypatch.context() as patch:
            patch.setenv(kernels.SWITCH, "0")
            assert not kernels.available()
            return function()

    return run


def one_way_rows(seed: int, p: int, q: int, count: int = 4) -> OneWay:
    rng = np.random.default_rng(seed)
    stack = np.array([block_triangular(rng, p, q) for _ in range(count)])
    return OneWay.of(stack[:, :p, :p], stack[:, p:, :p], stack[:, p:, p:])


@needs_kernels
@pytest.mark.parametrize(("n", "real"), [(1, True), (2, False), (3, True), (8, False), (17, True), (33, False)])
def test_grid_agrees_with_numpy_and_with_singular_values(n: int, real: bool, without) -> None:
    rng = np.random.default_rng(n)
    J = stable(rng, n, real)
    re, im = np.linspace(-1.3, 1.2, 7), np.linspace(-1.1, 1.4, 5)  # 35 points: two full tiles and a part of one
    fast = resolvent_norm_grid(J, re, im, 1e-8)
    slow = without(lambda: resolvent_norm_grid(J, re, im, 1e-8))
    exact = [[1 / np.linalg.svd((x + 1j * y) * np.eye(n) - J, compute_uv=False)[-1] for x in re] for y in im]
    assert fast == pytest.approx(slow, rel=2e-7)  # each may stop up to its tolerance, divided by the rate of convergence, too early
    assert fast == pytest.approx(np.array(exact), rel=1e-7)


@needs_kernels
def test_grid_at_and_near_eigenvalues(without) -> None:
    """An exact eigenvalue, a defective one, and a zero matrix: huge or infinite, never NaN, on both paths."""
    for J in (np.diag([0.5, -0.5]), np.array([[0.5, 1.0], [0.0, 0.5]]), np.zeros((3, 3))):
        axis = np.array([0.0, 0.5, 0.5 + 1e-9])
        for found in (resolvent_norm_grid(J, axis, [0.0]), without(lambda J=J, axis=axis: resolvent_norm_grid(J, axis, [0.0]))):
            assert not np.isnan(found).any()
            exact = [np.linalg.norm(x * np.eye(len(J)) - J, -2) for x in axis]
            for norm, sigma in zip(found[0], exact, strict=True):
                assert norm >= 1e15 if sigma < 1e-15 else norm == pytest.approx(1 / sigma, rel=1e-6)


@needs_kernels
@given(SEEDS, st.integers(1, 7), st.integers(1, 7))
@settings(max_examples=25, deadline=None)
def test_one_way_sigmas_and_levels_agree_with_numpy(seed: int, p: int, q: int) -> None:
    rows = one_way_rows(seed, p, q)
    owner = np.repeat(np.arange(len(rows.a)), 6)
    s = np.tile(np.geomspace(1e-4, 1e3, 6), len(rows.a))
    sigma, slope = rows.sigmas(owner, s)
    plain, plain_slope = rows._stacked_sigmas(owner, s)
    assert sigma == pytest.approx(plain, rel=1e-11)
    assert slope == pytest.approx(plain_slope, abs=1e-6)  # a singular vector is as good as its gap
    for factor, expected in ((1 - 1e-9, True), (1 + 1e-9, False)):
        assert (rows.above(owner, s, plain * factor) == expected).all()
        assert (rows._stacked_above(owner, s, plain * factor) == expected).all()


@needs_kernels
@pytest.mark.parametrize("bracket", [True, False])
def test_batches_agree_with_numpy(bracket: bool, without) -> None:
    rng = np.random.default_rng(11)
    stack = np.array([block_triangular(rng, 3, 2) for _ in range(40)] + [np.diag([0.5, 0.1, -0.2, 0.3, 0.9])])
    fast = kreiss_constants(stack, bracket=bracket)
    slow = without(lambda: kreiss_constants(stack, bracket=bracket))
    assert fast.values == pytest.approx(slow.values, rel=1e-9)
    assert fast.labels == slow.labels


def test_a_file_that_is_no_library_counts_as_absent(tmp_path, monkeypatch: pytest.MonkeyPatch) -> None:
    import importlib.machinery

    fake = tmp_path / ("_kernels" + importlib.machinery.EXTENSION_SUFFIXES[0])
    fake.write_bytes(b"not a shared library")
    monkeypatch.setattr(kernels, "__file__", str(tmp_path / "kernels.py"))
    kernels._library.cache_clear()
    try:
        assert not kernels.available()
        assert kreiss_constants(thin_peak()[None]).values[0] == pytest.approx(25.01, rel=1e-9)
    finally:
        kernels._library.cache_clear()


def test_the_engine_never_comes_here() -> None:
    """What a report says must not depend on a compiler: the modules the engine computes with reach no kernel."""
    import subprocess
    import sys

    program = (
        "import sys; import verify.evaluate, verify.evaluate.primitives, verify.evaluate.multiprecision, verify.evaluate.enclosing, verify.search;"
        "from verify.numerics import kernels; kernels._library = None; kernels._call = None;"
        "from verify.numerics import batch, multiprecision, pseudospectrum; import numpy as np;"
        "J = np.array([[[0.5, 0.0], [1.0, 0.3]]]);"
        "kernels.available = lambda: sys.exit('a kernel was asked for');"
        "batch.kreiss_lower_bounds(J), batch.pseudospectral_radii(J, 0.1), batch.transient_peaks(J), multiprecision.kreiss_constant(J[0]);"
        "print('structured' in ' '.join(m for m in sys.modules if m.startswith('verify')))"
    )
    result = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (result.returncode, result.stdout.strip()) == (0, "False"), result.stderr


@needs_kernels
def test_no_coupling_is_no_trouble() -> None:
    """``C = 0``: the smallest singular value is the least gap, with and without kernels, and the Kreiss constant of the identity is 1."""
    zero, a, b = np.zeros((1, 2, 2)), np.array([[0.25, 0.5]]), np.array([[0.75, 1.0]])
    for compiled in (True, False):
        rows = OneWay(a, b, zero, np.zeros(1, dtype=np.int64), compiled)
        sigma, slope = rows.sigmas(np.zeros(3, dtype=np.int64), np.array([1e-3, 1.0, 1e3]))
        assert sigma == pytest.approx(np.array([0.251, 1.25, 1000.25]), rel=1e-12)
        assert np.isfinite(slope).all()
    found = kreiss_constants(np.array([np.eye(2), np.eye(2)]), bracket=False)
    assert found.values == pytest.approx(np.ones(2))


@needs_kernels
@pytest.mark.parametrize("noise", [0.0, 1e-9])
def test_pairs_that_do_not_speak_to_each_other(noise: float) -> None:
    """Diagonal blocks and a diagonal coupling: the top singular vector changes from one pair to another along a row, and the old one is exact too."""
    rng = np.random.default_rng(0)
    for _ in range(60):
        a, c = 10 ** rng.uniform(-5, 0, 3), 10 ** rng.uniform(-5, 1, 3)
        C = np.diag(c) + noise * rng.standard_normal((3, 3))
        s = np.geomspace(1e-6, 10, 40)
        rows = OneWay(a[None], a[None], C[None], np.zeros(1, dtype=np.int64))
        sigma = rows.sigmas(np.zeros(40, dtype=np.int64), s)[0]
        X = np.zeros((40, 6, 6))
        X[:, range(6), range(6)] = s[:, None] + np.concatenate([a, a])
        X[:, 3:, :3] = -C
        exact = np.linalg.svd(X, compute_uv=False)
        assert np.all(np.abs(sigma - exact[:, -1]) <= 1e-11 * exact[:, -1] + 4e-15 * exact[:, 0])
