"""What the panels at the right of the body have in common."""

WIDTH = 352
"""Pixels; wide enough for eleven numbers of a pain rating in one row."""
