"""Training logs in, one self-contained report out."""

__version__ = "0.1.0"
