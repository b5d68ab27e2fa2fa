"""Figures and facts in, a report out: a tree of plain frozen blocks."""
