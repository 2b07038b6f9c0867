"""write a commented claim file to start from

examples:
  verify new my_claim.py                    a bound on the Kreiss constant of a block-triangular matrix
  verify new my_claim.py --kind scalar      an inequality between numbers
  verify new my_claim.py --kind matrix      a bound for one general matrix and its powers

The file runs as it is: `verify run my_claim.py`. An existing file is never overwritten.
"""

from __future__ import annotations

import argparse
from importlib import resources
from pathlib import Path

from verify.cli.status import ExitStatus, UnusableInput

KINDS = ("blocks", "matrix", "scalar")


def configure(parser: argparse.ArgumentParser) -> None:
    parser.add_argument("file", metavar="FILE", type=Path, help="the Python file to write")
    parser.add_argument("--kind", choices=KINDS, default=KINDS[0], help="what the claim is about (default: %(default)s)")


def perform(arguments: argparse.Namespace) -> int:
    path: Path = arguments.file
    if path.suffix != ".py" or not path.stem.replace("-", "_").isidentifier():
        raise UnusableInput(f"FILE = {str(path)!r}; a claim is a Python file: give a name like my_claim.py")
    template = resources.files("verify.cli").joinpath("templates", f"{arguments.kind}.py.txt").read_text(encoding="utf-8")
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(template.replace("@ID@", path.stem.replace("_", "-")))
    except FileExistsError:
        raise UnusableInput(f"FILE = {str(path)!r} exists and is left as it is; give another name, or remove it first") from None
    except OSError as error:
        raise UnusableInput(f"FILE = {str(path)!r} cannot be written ({error.strerror}); give a file in a folder that exists and is yours") from None
    print(f"{path} is written. Next:\n  verify show {path}     what it says\n  verify run {path}      judge it")
    return int(ExitStatus.OK)
