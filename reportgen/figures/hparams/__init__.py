"""Parameters of runs against what they reached."""
