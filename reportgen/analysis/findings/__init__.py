"""Findings: what happened in the runs, one rule a module, each statement with its numbers."""
