"""Enclosures that a user writes down are accepted by the stand-alone checker; altered ones are not."""

from __future__ import annotations

import json
import subprocess
import sys
from fractions import Fraction
from pathlib import Path
from typing import Any

import numpy as np
import pytest

import verify
from verify.certificates.enclosure import CERTIFIED

CHECKER = Path(__file__).resolve().parents[1] / "reports" / "check.py"
PARAMETERS: dict[str, dict[str, Any]] = {
    "power_norm": {"t": 5},
    "exponential_norm": {"time": Fraction(7, 3)},
    "resolvent_norm": {"z": (Fraction(11, 10), Fraction(1, 7))},
    "pseudospectral_radius": {"eps": 0.125},
}
ONE_WAY = [[Fraction(9, 10), 0], [1, Fraction(9, 10)]]
COMPLEX = np.array([[0.5 + 0.25j, 1.0], [0.0, -0.5j]])


def check(path: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run([sys.executable, "-I", str(CHECKER), str(path)], capture_output=True, text=True, timeout=60, check=False)


@pytest.mark.parametrize("name", CERTIFIED)
@pytest.mark.parametrize("J", [ONE_WAY, COMPLEX, [[0.25]]], ids=["rational", "complex", "1x1"])
def test_what_is_written_is_accepted_and_what_is_altered_is_not(name: str, J: Any, tmp_path: Path) -> None:
    if name == "continuous_kreiss_constant":
        J = (np.array([[float(x) if isinstance(x, Fraction) else x for x in row] for row in J]) - np.eye(len(J))).tolist()
    certificate = verify.enclosure_certificate(J, name, 1e-4, **PARAMETERS.get(name, {}))
    assert {"lower", "upper"} <= set(certificate)
    low, high = Fraction(certificate["lower"]), Fraction(certificate["upper"])
    assert 0 <= low <= high <= low * Fraction(10002, 10000)  # all of these are positive
    path = verify.write_certificate(tmp_path / "enclosure.json", certificate)
    accepted = check(path)
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr
    for side, wrong in (("lower", high * Fraction(11, 10)), ("upper", low * Fraction(9, 10))):
        verify.write_certificate(path, {**certificate, side: str(wrong)})
        assert check(path).returncode != 0


@pytest.mark.parametrize("J", [ONE_WAY, COMPLEX + np.array([[0, 1], [0, 0]])], ids=["rational", "complex"])
def test_the_checker_follows_to_twenty_digits(J: Any, tmp_path: Path) -> None:
    certificate = verify.enclosure_certificate(J, rtol=Fraction(1, 10**20))
    low, high = Fraction(certificate["lower"]), Fraction(certificate["upper"])
    assert 1 < low <= high <= low * (1 + Fraction(2, 10**20))
    accepted = check(verify.write_certificate(tmp_path / "fine.json", certificate))
    assert accepted.returncode == 0, accepted.stdout + accepted.stderr


def test_an_exponential_beyond_the_checker_is_refused() -> None:
    """Its Frobenius norm is 400, and the norm 200: a certificate would be rejected."""
    with pytest.raises(ValueError, match="time = 1: the checker encloses exponentials up to order 32 and a Frobenius norm of time \\* J of 256"):
        verify.enclosure_certificate(200 * np.eye(4), "exponential_norm", time=1)
    assert verify.enclosure_certificate(np.zeros((40, 40)), "exponential_norm", time=1)["upper"] == "1"


def test_the_numerical_abscissa_of_entries_no_float_can_hold_is_certified(tmp_path: Path) -> None:
    """``(J + J*)/2`` has the largest eigenvalue 1 and a Gershgorin bound of 2."""
    huge = 10**400
    certificate = verify.enclosure_certificate([[0, 1 + huge, 1], [1 - huge, 0, -1], [1, -1, 0]], "spectral_abscissa")
    assert Fraction(certificate["upper"]) <= Fraction(1001, 1000)
    assert check(verify.write_certificate(tmp_path / "huge.json", certificate)).returncode == 0


def test_an_unstable_matrix_has_an_infinite_lower_end(tmp_path: Path) -> None:
    certificate = verify.enclosure_certificate([[0.5, 1.0, 0.0], [0.0, 1.25, 3.0], [0.125, 0.0, 0.5]])
    assert certificate["lower"] == "infinity"
    assert "upper" not in certificate
    assert check(verify.write_certificate(tmp_path / "infinite.json", certificate)).returncode == 0


@pytest.mark.parametrize("name", ["kreiss_constant", "transient_peak", "continuous_kreiss_constant"])
def test_a_defective_eigenvalue_on_the_boundary_has_a_witness(name: str, tmp_path: Path) -> None:
    a, b, c = (0, -2, 0) if name.startswith("continuous") else (0, -1, Fraction(4, 3))
    certificate = verify.enclosure_certificate([[a, b, 0, 0], [1, c, 0, 0], [1, 0, a, b], [0, 1, 1, c]], name)
    assert certificate["bounds"][0]["lower"]["by"] == "defective"
    path = verify.write_certificate(tmp_path / "infinite.json", certificate)
    assert check(path).returncode == 0
    certificate["bounds"][0]["lower"]["polynomial"][0] = "5"
    verify.write_certificate(path, certificate)
    assert check(path).returncode != 0


def test_the_file_is_plain_json(tmp_path: Path) -> None:
    path = verify.write_certificate(tmp_path / "k.json", verify.enclosure_certificate(ONE_WAY))
    assert json.loads(path.read_text(encoding="utf-8"))["quantity"]["op"] == "KreissConstant"


def test_bad_requests_are_named() -> None:
    with pytest.raises(ValueError, match="quantity = 'kreiss' has no certificate; those that have: kreiss_constant"):
        verify.enclosure_certificate(ONE_WAY, "kreiss")
    with pytest.raises(ValueError, match="power_norm takes the parameter t; got none"):
        verify.enclosure_certificate(ONE_WAY, "power_norm")
    with pytest.raises(ValueError, match="norm takes no further parameter; got z"):
        verify.enclosure_certificate(ONE_WAY, "norm", z=2)
    with pytest.raises(ValueError, match="t = -1"):
        verify.enclosure_certificate(ONE_WAY, "power_norm", t=-1)
    with pytest.raises(ValueError, match="J has shape"):
        verify.enclosure_certificate([[1, 2]])
