"""Asking the stand-alone checker: a separate process, isolated, that imports nothing of this project."""

from __future__ import annotations

import json
import subprocess
import sys
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

__all__ = ["CheckOutcome", "accepts", "all_accepted", "check", "checker_path"]


@dataclass(frozen=True)
class CheckOutcome:
    """The checker's exit status (0: all accepted) and what it printed."""

    status: int
    output: str

    @property
    def accepted(self) -> bool:
        return self.status == 0


def checker_path() -> Path:
    """Where ``reports/check.py`` is.

    Raises:
        FileNotFoundError: if the package was installed without the checkout that holds it.
    """
    path = Path(__file__).resolve().parents[2] / "reports" / "check.py"
    if not path.is_file():
        raise FileNotFoundError("reports/check.py was not found beside the package: install from a checkout (pip install -e .)")
    return path


def check(paths: Sequence[Path], *, limit_seconds: float = 120.0) -> CheckOutcome:
    """Run the checker on certificate files; a check that does not end in time counts as rejected."""
    command = [sys.executable, "-I", str(checker_path()), *map(str, paths)]
    try:
        done = subprocess.run(command, capture_output=True, text=True, timeout=limit_seconds, check=False)
    except subprocess.TimeoutExpired:
        return CheckOutcome(1, f"the checker did not end within {limit_seconds:g} s")
    return CheckOutcome(done.returncode, done.stdout + done.stderr)


def accepts(certificate: Mapping[str, Any]) -> bool:
    """Does the checker accept a certificate that is not on disk yet?"""
    return all_accepted([certificate])


def all_accepted(certificates: Sequence[Mapping[str, Any]]) -> bool:
    """Does the checker, run once, accept all of these certificates, none of which is on disk yet?"""
    with tempfile.TemporaryDirectory() as folder:
        paths = [Path(folder) / f"certificate-{number}.json" for number, _ in enumerate(certificates, 1)]
        for path, certificate in zip(paths, certificates, strict=True):
            path.write_text(json.dumps(certificate), encoding="utf-8")
        return check(paths).accepted
