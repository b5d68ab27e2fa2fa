"""Files beside a run's logs."""
