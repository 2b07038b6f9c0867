"""Certificates: written from what the enclosing evaluator verified, read back, and given to the stand-alone checker."""

from typing import TYPE_CHECKING

from verify.certificates.write import ratio_certificate, violation_certificate
from verify.checker import CheckOutcome, accepts, check, checker_path

if TYPE_CHECKING:
    from verify.certificates.match import matches_claim

__all__ = ["CheckOutcome", "accepts", "check", "checker_path", "matches_claim", "ratio_certificate", "violation_certificate"]


def __getattr__(name: str) -> object:
    if name == "matches_claim":
        from verify.certificates.match import matches_claim

        return matches_claim
    raise AttributeError(name)
