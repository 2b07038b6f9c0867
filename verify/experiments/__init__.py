"""The paper's experiments, reproduced and judged: Tables 1 to 3, stochastic descent, and problems beyond the toy.

One module per table makes a :class:`~verify.experiments.model.Report`; :mod:`verify.experiments.render` writes it. Every module imports its
heavy tools (JAX, cvxpy) where they are used: they belong to the extra ``experiments`` and the rest of the suite works without them.
"""
