"""Figures of seed groups: runs that differ only in their seed, as one thing to look at."""
