"""Drawings, fonts, icons and themes, found through importlib.resources."""
