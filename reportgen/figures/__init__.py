"""Frames in, matplotlib figures out."""
