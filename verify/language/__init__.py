"""The claim language: SymPy nodes for what a paper on transient growth speaks of, and the records that make a claim."""
