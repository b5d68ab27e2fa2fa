"""What every figure shares: style, axes, limits, names."""
