"""Run as a program by ``test_interrupt``: two quick claims, then many that take for ever. Arguments: the output folder."""

from __future__ import annotations

import sys
from pathlib import Path

from tests.infrastructure.fakes import FakeClaim, judge, write_names
from verify.progress import LineProgress
from verify.run import run


def main(folder: str) -> int:
    claims = [FakeClaim(name, path=Path(f"{name}.py")) for name in ("C1", "S1", "C2", "S2", "S3", "S4")]
    options = {claim.id: "sleep" for claim in claims if claim.id.startswith("S")}
    result = run(claims, "quick", 0, Path(folder), 3, LineProgress(sys.stdout), options=options, judge=judge, write=write_names)
    return 70 if result.interrupted else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
