"""Read logs other than event files into the same columns."""
