"""The table of options: the one place that says what each is called, takes and does."""
