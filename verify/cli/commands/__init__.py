"""The subcommands. Each module has a docstring (summary, then examples), ``configure(parser)`` and ``perform(arguments) -> int``.

A module's name is the command's name; a trailing underscore, for names that Python keeps for itself, is dropped.
"""
