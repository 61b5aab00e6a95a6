"""The body: views, structures, what lies under a point. Pure Python and Shapely."""
