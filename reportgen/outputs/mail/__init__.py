"""A mail, and its sending."""
