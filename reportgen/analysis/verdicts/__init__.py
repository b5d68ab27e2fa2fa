"""Checks of a user and what came of them."""
