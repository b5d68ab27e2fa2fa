"""Event files: bytes in, columns out."""
