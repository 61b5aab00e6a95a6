"""The clinic in figures, in the place of the body while they are read."""
