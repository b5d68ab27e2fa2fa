"""What earlier reports of the same logs worked out, in the user's cache directory."""
