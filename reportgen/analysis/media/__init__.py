"""Facts about logged sounds, pictures, meshes, points and graphs."""
