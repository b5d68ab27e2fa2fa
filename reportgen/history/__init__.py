"""History: many reports as one page, for a job that makes one every night."""
