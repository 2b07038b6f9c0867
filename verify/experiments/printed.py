"""What survives of the paper's tables, as it was printed (arXiv:2606.04031). Nothing else in this package holds a number of the paper's."""

from __future__ import annotations

__all__ = ["TABLE_1", "TABLE_2", "TABLE_3"]

TABLE_1 = (("0.90", "0.01", "20.03"), ("0.90", "1.00", "22.50"), ("0.95", "0.10", "40.50"), ("0.99", "1.00", "225.00"))
"""``γ``, ``c`` and the third column, the bound of Theorem 4; *measured K* and *Ratio* did not survive."""

TABLE_2 = (("0.90", "0.10"), ("0.95", "1.00"), ("0.99", "1.00"))
"""``γ`` and ``c``; no result survived."""

TABLE_3 = (("0.001", "0.998"), ("0.010", "0.980"), ("0.100", "0.800"))
"""Read as learning rate and ``γ``; no other column survived."""
