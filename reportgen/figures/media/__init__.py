"""Sounds, pictures, meshes and points."""
