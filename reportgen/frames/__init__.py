"""Columns in, tidy pandas frames out."""
