"""pytest plugin: ``pytest --claims PATH`` collects claim files as tests, one for each reading.

PATH is a claim file, or a folder whose claim files are meant. Without ``--claims`` the plugin imports nothing of the engine.
"""

from __future__ import annotations

import shlex
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from verify.search.problem import Problem

_FILES = pytest.StashKey[set[Path]]()


def pytest_addoption(parser: pytest.Parser) -> None:
    group = parser.getgroup("verify", "claims as tests")
    group.addoption("--claims", action="append", default=[], metavar="PATH", help="collect a claim file, or the claim files of a folder")


def pytest_configure(config: pytest.Config) -> None:
    """Claim files become arguments of the run: the only ones if no other was typed."""
    files = [file for word in config.getoption("claims") for file in _claim_files(word)]
    config.stash[_FILES] = {file.resolve() for file in files}
    if not files:
        return
    typed = config.args if config.args_source is pytest.Config.ArgsSource.ARGS else []
    named = {Path(word.partition("::")[0]).resolve() for word in typed}
    config.args[:] = [*typed, *(str(file) for file in files if file.resolve() not in named)]


def _claim_files(word: str) -> list[Path]:
    path = Path(word)
    if path.is_file() and path.suffix == ".py":
        return [path]
    files = [file for file in sorted(path.rglob("*.py")) if "CLAIM = " in file.read_text(encoding="utf-8")] if path.is_dir() else []
    if not files:
        raise pytest.UsageError(f"argument --claims: {word!r}: is neither a Python file nor a folder with claim files (`verify new` writes one)")
    return files


@pytest.hookimpl(tryfirst=True)
def pytest_pycollect_makemodule(module_path: Path, parent: pytest.Collector) -> Any:
    """A claim file that was asked for is collected as such, and not as a module of tests."""
    if module_path.resolve() in parent.config.stash[_FILES]:
        return _ClaimFile.from_parent(parent, path=module_path)
    return None


class _ClaimFile(pytest.File):
    def collect(self) -> Iterator[pytest.Item]:
        from verify.library import BadClaimFile, select
        from verify.search.problem import Problem

        try:
            claim = select([str(self.path)])[0].load()
        except BadClaimFile as error:
            raise self.CollectError(str(error)) from error
        for reading in claim.readings:
            yield _ReadingItem.from_parent(self, name=f"{claim.id}-{reading.key}", problem=Problem(claim, reading))


class _ReadingItem(pytest.Item):
    """One reading: first its form, then examples."""

    def __init__(self, *, problem: Problem, **words: Any) -> None:
        super().__init__(**words)
        self.problem = problem

    def runtest(self) -> None:
        from verify.form import complaints
        from verify.trial import trial

        if wrong := complaints(self.problem.claim, self.problem.reading):
            pytest.fail("\n".join(wrong), pytrace=False)
        trial(self.problem, self.problem.domain.strategy(), repr(self._file()), extremes=True)

    def repr_failure(self, excinfo: pytest.ExceptionInfo[BaseException], style: Any = None) -> Any:
        from verify.trial import Violated

        if not isinstance(excinfo.value, Violated):
            return super().repr_failure(excinfo, style)
        found = excinfo.value
        seed = f" --hypothesis-seed={found.seed}" if found.seed.isdigit() else ""
        found.reproduction = f"pytest --claims {shlex.quote(self._file())} {shlex.quote(f'{self._file()}::{self.name}')}{seed}"
        return str(found)

    def reportinfo(self) -> tuple[Path, int, str]:
        return self.path, 0, self.name

    def _file(self) -> str:
        """The file as one types it where pytest was started."""
        start = self.config.invocation_params.dir
        return str(self.path.relative_to(start) if self.path.is_relative_to(start) else self.path)
