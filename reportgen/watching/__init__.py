"""Logs that still grow: what changed in a directory, and the report of it made again."""
