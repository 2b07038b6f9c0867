"""Proofs: obligations discharged by exact certificates, computer algebra and a decision procedure, and the chains that they form."""

from __future__ import annotations
