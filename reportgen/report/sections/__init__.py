"""Sections of a report: the blocks of each kind of data."""
