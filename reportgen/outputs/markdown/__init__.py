"""Markdown, for files and for hosts."""
