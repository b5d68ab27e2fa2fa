"""Families: figures of many tags that differ by an index."""
