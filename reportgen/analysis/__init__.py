"""Frames in, facts out."""
