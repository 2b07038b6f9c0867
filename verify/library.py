"""Finding claim files: every file under ``theorems/`` is a claim because it exists; any other Python file may be one."""

from __future__ import annotations

import ast
import difflib
import functools
import importlib
import importlib.util
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from verify.language.source import line_of_reading, place_of, raised_at, remedy_for

if TYPE_CHECKING:
    from verify.language.claim import Claim

__all__ = ["BadClaimFile", "ClaimFile", "UnknownClaim", "at", "discover", "folder_of", "known_at", "resolve", "select", "show"]

GROUPS = ("paper", "sharp", "classical")


class UnknownClaim(LookupError):
    """No claim has this id; the message names the nearest ones."""


class BadClaimFile(ValueError):
    """A claim file that cannot be used; the message names file, line and remedy."""


@dataclass(frozen=True)
class ClaimFile:
    """A claim file, known by its id and title without importing it."""

    id: str
    title: str
    group: str
    path: str

    def load(self) -> Claim:
        """Import the file.

        Raises:
            BadClaimFile: if it raises, or defines no ``CLAIM``.
        """
        from verify.language.claim import BadClaim, Claim

        try:
            module = self._module()
        except BadClaim as error:
            line = place_of(self._source(), error.near) or self._line()
            raise BadClaimFile(f"{self.path}, line {line}: {error}") from error
        except (Exception, SystemExit) as error:
            first = next(iter(str(error).splitlines()), "")
            first = first.partition(" (/")[0] if isinstance(error, ImportError) else first  # a report carries no path of a machine
            told = f"{type(error).__name__}: {first}" if first else type(error).__name__
            remedy = remedy_for(error, raised_at(self.path, error.__traceback__), self._source())
            raise BadClaimFile(f"{self.path}, line {self._line()}: the file raised {told}; {remedy}") from error
        claim = getattr(module, "CLAIM", None)
        if not isinstance(claim, Claim):
            raise BadClaimFile(f"{self.path}: defines no CLAIM = Claim(...); add one (docs/claims.md shows how)")
        self._check_id(claim.id)
        return claim

    def line_of(self, reading: str) -> int | None:
        """The line on which a reading begins; None where its key is not written out."""
        return line_of_reading(self._source(), reading)

    def _source(self) -> ast.Module:
        try:
            return ast.parse(Path(self.path).read_text(encoding="utf-8"))
        except (OSError, ValueError, SyntaxError):
            return ast.Module([], [])

    def _line(self) -> int:
        """The last line of the claim file that the current exception passed through."""
        frame = raised_at(self.path, sys.exc_info()[2])
        return 1 if frame is None else frame.lineno or 1

    def _check_id(self, claim_id: str) -> None:
        if self.group in GROUPS:
            if claim_id != self.id:
                raise BadClaimFile(f"{self.path}: its id is read as {self.id!r} and is {claim_id!r}: write id=\"...\" as a plain keyword")
        elif claim_id in {file.id for file in discover()}:
            raise BadClaimFile(f"{self.path}: the id {claim_id!r} belongs to a claim of the repository: choose another")
        elif claim_id != self.id:
            raise BadClaimFile(f"{self.path}: its id {claim_id!r} is not written as a plain keyword id=\"...\" in Claim(...): write it so")

    def _module(self) -> object:
        if self.group in GROUPS:
            return importlib.import_module(f"theorems.{self.group}.{Path(self.path).stem}")
        spec = importlib.util.spec_from_file_location(f"outside_claim_{abs(hash(self.path))}", self.path)
        if spec is None or spec.loader is None:
            raise BadClaimFile(f"{self.path}: not a Python file; a claim file ends in .py")
        module = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(module)
        return module


def _root() -> Path:
    spec = importlib.util.find_spec("theorems")
    if spec is None or not spec.submodule_search_locations:
        raise BadClaimFile("the folder theorems/ was not found: install from a checkout (pip install -e .)")
    return Path(next(iter(spec.submodule_search_locations)))


def folder_of(group: str) -> Path:
    """The folder of a group of claims, where the data that describe it as a whole stand too."""
    return _root() / group


def discover() -> tuple[ClaimFile, ...]:
    """All claims of the repository: the paper's in the paper's order, then the sharp and the classical ones."""
    found = [at(path, group) for group in GROUPS for path in sorted((_root() / group).glob("*.py")) if path.stem != "__init__"]
    return tuple(sorted(found, key=lambda file: (GROUPS.index(file.group), _order(file.id))))


def _order(claim_id: str) -> tuple[int, int, str]:
    """Theorems by number, with their parts behind them; then definitions, lemmas, propositions and the rest."""
    letters = "".join(c for c in claim_id.split("-")[0] if c.isalpha())
    digits = "".join(c for c in claim_id.split("-")[0] if c.isdigit())
    kind = {"T": 0, "P": 1, "L": 2, "R": 3}.get(letters, 4)
    return kind, int(digits or 0), claim_id


def at(path: Path | str, group: str = "outside") -> ClaimFile:
    """The claim file at a path; its id and title are read from the source without running it.

    Raises:
        BadClaimFile: if the file cannot be read or parsed.
    """
    path = Path(path)
    try:
        known = path.stat()
        claim_id, title = _named(path, known.st_ino, known.st_mtime_ns, known.st_size)
    except (OSError, UnicodeDecodeError) as error:
        raise BadClaimFile(f"{path}: cannot be read ({error}); give the path of a claim file") from error
    except SyntaxError as error:
        raise BadClaimFile(f"{path}, line {error.lineno}: {error.msg}; mend the syntax and run again") from error
    return ClaimFile(claim_id, title, group, str(path))


def known_at(path: Path | str) -> ClaimFile:
    """The claim file at a path, as the repository's own if it is. Raises as :func:`at`."""
    return next((known for known in discover() if Path(known.path) == Path(path)), None) or at(path)


@functools.lru_cache(maxsize=1024)
def _named(path: Path, *state: int) -> tuple[str, str]:
    """Id and title in a source; parsed once for each ``state`` of the file, because every lemma that a proof cites looks through all claims."""
    source = ast.parse(path.read_text(encoding="utf-8"), filename=str(path))
    words = {keyword.arg: keyword.value.value for keyword in _claim_keywords(source) if isinstance(keyword.value, ast.Constant)}
    return str(words.get("id", path.stem)), str(words.get("title", ""))


def _claim_keywords(source: ast.Module) -> list[ast.keyword]:
    calls = [node for node in ast.walk(source) if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "Claim"]
    return calls[0].keywords if calls else []


def select(words: Sequence[str]) -> tuple[ClaimFile, ...]:
    """Claims named by id (case does not matter) or by the path of a file; all claims if no word is given.

    Raises:
        UnknownClaim: if a word is neither; the message names the nearest ids.
        BadClaimFile: if a file cannot be read.
    """
    known = discover()
    if not words:
        return known
    by_id = {file.id.lower(): file for file in known}
    chosen: dict[str, ClaimFile] = {}
    for word in words:
        file = by_id.get(word.lower()) or (_by_path(word, known) if word.endswith(".py") or "/" in word else None)
        if file is None:
            near = difflib.get_close_matches(word.upper(), [f.id.upper() for f in known], n=4, cutoff=0.3) or [f.id.upper() for f in known[:4]]
            names = ", ".join(by_id[name.lower()].id for name in near)
            raise UnknownClaim(f"no claim is called {word!r}; nearest: {names}. 'verify list' shows all, and a path ending in .py names a file")
        chosen[file.path] = file
    return tuple(chosen.values())


def _by_path(word: str, known: Sequence[ClaimFile]) -> ClaimFile:
    path = Path(word).resolve()
    return next((file for file in known if Path(file.path).resolve() == path), None) or at(path)


def resolve(claim_id: str) -> Claim:
    """The claim of the repository with exactly this id; never a file by path.

    Raises:
        UnknownClaim: if there is none.
    """
    for file in discover():
        if file.id == claim_id:
            return file.load()
    raise UnknownClaim(f"the repository has no claim {claim_id!r}")


def show(claim: Claim) -> str:
    """A claim as a mathematician reads it: text, and LaTeX for pasting."""
    from verify.language.printing import latex, text

    lines = [f"{claim.id}: {claim.title}   ({claim.source})", ""]
    if claim.notes:
        lines += [claim.notes, ""]
    for reading in claim.readings:
        lines += [f"({reading.key})  {reading.provenance.text}", f"    {text(claim.closed(reading))}", "", f"    {latex(claim.closed(reading))}"]
        if reading.sharp is not None:
            lines += ["", f"    sharp:  {text(reading.sharp.statement)}"]
        if reading.notes:
            lines += ["", f"    {reading.notes}"]
        lines.append("")
    return "\n".join(lines).rstrip()
