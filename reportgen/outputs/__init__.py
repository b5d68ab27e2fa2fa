"""A report in, bytes out: one module a format."""
