"""Reads files that people and writers leave beside a run's logs."""
