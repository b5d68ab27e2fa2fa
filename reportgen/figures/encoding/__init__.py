"""Matplotlib figures into SVG and PNG."""
