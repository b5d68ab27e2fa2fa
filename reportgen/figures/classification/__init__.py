"""Confusion matrices and curves of classifiers."""
