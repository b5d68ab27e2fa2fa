"""Public functions of frames, for notebooks."""
