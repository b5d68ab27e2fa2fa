"""A layout's template and the calls it makes."""
