"""One series, whole or streamed: smoothing, decimation, sketches."""
