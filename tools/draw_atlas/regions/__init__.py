"""The plates of the surface regions, drawn by hand per view, and the table of the zones."""
