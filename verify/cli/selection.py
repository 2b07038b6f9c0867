"""Words of the command line into claims, with every complaint of the library turned into one message."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import TYPE_CHECKING

from verify.cli.status import UnusableInput

if TYPE_CHECKING:
    from verify.library import ClaimFile

__all__ = ["claim_complaints", "selected_claims"]


@contextmanager
def claim_complaints() -> Iterator[None]:
    """Within it, an unknown claim and a bad claim file are ``UnusableInput``."""
    from verify.library import BadClaimFile, UnknownClaim

    try:
        yield
    except (BadClaimFile, UnknownClaim) as error:
        # str() of a KeyError would put quotes around the message.
        raise UnusableInput(str(error.args[0] if error.args else error)) from error


def selected_claims(words: Sequence[str]) -> tuple[ClaimFile, ...]:
    """The claims that the words name, each once, in the order given; all of them if there are no words.

    Raises:
        UnusableInput: if a word names nothing, a claim file cannot be used, or two files give their claims the same id.
    """
    from verify import library

    with claim_complaints():
        found = library.select(words) if words else library.discover()
    chosen: dict[str, ClaimFile] = {}
    for claim in found:
        other = chosen.setdefault(claim.id, claim)
        if str(other.path) != str(claim.path):
            files = f"'{other.path}' and '{claim.path}'"
            raise UnusableInput(f"claim id {claim.id!r} is used by two files, {files}: rename one, or run them apart")
    return tuple(chosen.values())
