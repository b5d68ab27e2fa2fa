"""Numbers for machines."""
