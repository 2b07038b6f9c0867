"""Claims as pytest items: what is collected, what a failure shows, and that what it shows works."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
import tomllib
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest
from hypothesis import strategies as st
from sympy import MatrixSymbol, Symbol

from verify import Claim, Norm, Reading, SpectralRadius, assert_at, claim_test, coupling, general, own, positive
from verify.domain import Instance
from verify.numerics.exact import RationalMatrix
from verify.trial import Violated

SOURCE = '''"""One step against the Kreiss constant."""

from sympy import MatrixSymbol, Symbol

from verify import Claim, KreissConstant, Norm, Reading, general, guessed

n = Symbol("n", integer=True)
M = MatrixSymbol("M", n, n)

CLAIM = Claim(
    id="my-claim",
    title="One step against the Kreiss constant",
    source="a test",
    domain={M: general()},
    readings=[
        Reading("i", Norm(M) <= 4 * KreissConstant(M), guessed("with the factor 4")),
        Reading("ii", Norm(M) <= KreissConstant(M) / 100, guessed("with the factor 1/100")),
    ],
)
'''
ROOT = Path(__file__).resolve().parents[1]
J = MatrixSymbol("J", Symbol("n", integer=True), Symbol("n", integer=True))
CLAIM = Claim(
    "norm-and-radius", "", {J: general()},
    [Reading("i", SpectralRadius(J) <= Norm(J), own()), Reading("ii", Norm(J) <= SpectralRadius(J), own())],
)
SYMMETRIC = st.lists(st.integers(-3, 3), min_size=3, max_size=3).map(lambda e: np.array([[e[0], e[1]], [e[1], e[2]]], dtype=float))
NILPOTENT = st.integers(1, 9).map(lambda c: RationalMatrix.from_rows([[0, 0], [c, 0]]))


def run(folder: Path, *words: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "pytest", "-p", "verify.pytest_plugin", "-p", "no:cacheprovider", "-ra", *words]
    surroundings = {**{k: v for k, v in os.environ.items() if k not in ("CI", "PYTEST_ADDOPTS")}, "PYTHONPATH": str(ROOT)}
    return subprocess.run(command, cwd=folder, env=surroundings, capture_output=True, text=True, check=False)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("claims")
    (folder / "my_claim.py").write_text(SOURCE, encoding="utf-8")
    (folder / "test_other.py").write_text("def test_other(): pass\n")
    (folder / "conftest.py").write_text("from hypothesis import settings\nsettings.register_profile('few', max_examples=40, database=None)\n")
    return folder


def test_a_failure_shows_what_is_needed_to_see_it_again(folder: Path) -> None:
    done = run(folder, "--claims", "my_claim.py", "--hypothesis-profile=few")
    assert done.returncode == 1
    assert "1 failed, 1 passed" in done.stdout  # one item for each reading, and nothing else
    line = re.search(r"^reproduce: pytest (.*)$", done.stdout, re.MULTILINE)
    seed = re.search(r"^seed: (\d+)$", done.stdout, re.MULTILINE)
    assert line is not None and seed is not None and f"--hypothesis-seed={seed.group(1)}" in line.group(1)
    pasted = re.search(r"^from verify import assert_at\n.*?^ +assert_at\(.*?\)\n", done.stdout, re.MULTILINE | re.DOTALL)
    assert pasted is not None
    again = run(folder, *shlex.split(line.group(1)), "--hypothesis-profile=few")
    assert "1 failed" in again.stdout and "passed" not in again.stdout
    assert pasted.group(0) in again.stdout
    (folder / "test_pasted.py").write_text(pasted.group(0))
    kept = run(folder, "test_pasted.py")
    assert "1 failed" in kept.stdout and "Violated" in kept.stdout


def test_the_profile_is_respected(folder: Path) -> None:
    (folder / "conftest.py").write_text(
        "from hypothesis import settings\n"
        "settings.register_profile('few', max_examples=40, database=None)\n"
        "settings.register_profile('none', phases=(), database=None)\n"
    )
    done = run(folder, "--claims", "my_claim.py", "--hypothesis-profile=none")
    assert "2 skipped" in done.stdout and "run no test cases" in done.stdout  # a profile without phases tries nothing, which is not passed


def test_a_path_that_cannot_be_used_is_one_message(folder: Path) -> None:
    done = run(folder, "--claims", "nothing.py")
    assert done.returncode == 4
    assert "argument --claims: 'nothing.py': is neither a Python file nor a folder with claim files" in done.stderr


def test_nothing_heavy_is_imported_unless_used() -> None:
    program = "import sys; before = set(sys.modules); import verify.pytest_plugin; print(sorted({m.partition('.')[0] for m in set(sys.modules) - before}))"
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True, check=True)
    assert "verify" in done.stdout
    assert not [name for name in ("sympy", "numpy", "scipy", "mpmath", "flint", "hypothesis", "autograd") if f"'{name}'" in done.stdout]


def test_the_plugin_is_announced_under_its_own_name() -> None:
    entries = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]["entry-points"]["pytest11"]
    assert entries == {"verify.pytest_plugin": "verify.pytest_plugin"}


@claim_test(CLAIM, "ii", J=SYMMETRIC)
def test_a_bound_on_a_generator_of_ones_own(instance: Instance) -> None:
    """The norm of a symmetric matrix is its spectral radius: false in general, true of these matrices."""
    assert instance.sizes == {"n": 2}


def test_a_false_bound_on_a_generator_is_shrunk() -> None:
    @claim_test(CLAIM, "ii", J=NILPOTENT)
    def bound(instance: Instance) -> None: ...

    with pytest.raises(Violated) as caught:
        bound()
    assert caught.value.instance.values["J"] == RationalMatrix.from_rows([[0, 0], [1, 0]])
    assert "assert_at(CLAIM, 'ii'" in str(caught.value)
    with pytest.raises(Violated):
        assert_at(CLAIM, "ii", caught.value.instance.to_json())
    assert_at(CLAIM, "i", caught.value.instance.to_json())


def test_the_function_may_assert_more() -> None:
    @claim_test(CLAIM, "i", J=NILPOTENT)
    def bound(instance: Instance) -> None:
        raise LookupError("my own words")

    with pytest.raises(LookupError, match="my own words"):
        bound()


def test_what_never_meets_the_hypotheses_is_skipped() -> None:
    x = Symbol("x", real=True)
    claim = Claim("bounded", "", {x: positive()}, [Reading("i", x <= 1, own())])

    @claim_test(claim, "i", x=st.integers(-9, -1).map(Fraction))
    def bound(instance: Instance) -> None: ...

    with pytest.raises(pytest.skip.Exception, match="no example met the hypotheses"):
        bound()


def test_generators_that_do_not_fit_are_one_message() -> None:
    with pytest.raises(ValueError, match=r"generators: K is no symbol of norm-and-radius\(i\), which has J"):
        claim_test(CLAIM, "i", K=NILPOTENT)
    p, q = Symbol("p", integer=True), Symbol("q", integer=True)
    a, b = MatrixSymbol("A", p, q), MatrixSymbol("B", q, p)
    claim = Claim("product", "", {a: coupling(), b: coupling()}, [Reading("i", Norm(a * b) <= Norm(a) * Norm(b), own())])

    @claim_test(claim, "i", A=st.just(RationalMatrix.zeros(1, 2)), B=st.just(RationalMatrix.zeros(3, 1)))
    def bound(instance: Instance) -> None: ...

    with pytest.raises(ValueError, match=r"B has shape \(3, 1\), but q is 2"):
        bound()


def test_an_instance_survives_its_own_format() -> None:
    instance = Instance({"n": 2, "t": 0}, {"J": RationalMatrix.identity(2), "x": Fraction(1, 3)})
    assert Instance.from_json(instance.to_json()) == instance
