"""A page, a bundle, a PDF."""
