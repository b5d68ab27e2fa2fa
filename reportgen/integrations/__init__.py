"""A report at the end of a training, from the framework: keras, lightning, transformers, or none.

Each module here imports its framework; nothing else of this package does.
"""
