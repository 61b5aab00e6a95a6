"""The plates of the surface regions: border lines and named places, drawn by hand per view."""
