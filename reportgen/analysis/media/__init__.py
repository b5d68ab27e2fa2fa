"""Facts about sounds, pictures, meshes, points and graphs."""
