"""Other logs than event files into the same columns."""
