"""What changed between two runs or groups: parameters, metrics, curves, matrices, texts."""
