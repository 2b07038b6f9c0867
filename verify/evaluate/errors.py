"""What goes wrong when a statement is evaluated."""

__all__ = ["NotEvaluable"]


class NotEvaluable(TypeError):
    """The statement contains a node that has no value at a single instance (a quantifier, an extremum over a class)."""
