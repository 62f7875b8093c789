"""Figures set against each other: what each wording leaves open, and whether two of them can both be true. Pure: no database."""

from claims.figures.figure_comparison import LOOSELY, Between, Measured, Tolerance, between, interval, measured
from claims.figures.intervals import Interval, Relation

__all__ = ["LOOSELY", "Between", "Interval", "Measured", "Relation", "Tolerance", "between", "interval", "measured"]
