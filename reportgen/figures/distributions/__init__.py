"""Histograms over steps."""
