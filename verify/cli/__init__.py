"""The ``verify`` command. One module per subcommand in ``verify.cli.commands``; heavy imports only where they are used."""

from __future__ import annotations

from verify.cli.entry import main

__all__ = ["main"]
