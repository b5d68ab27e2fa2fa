"""Curves of scalars."""
