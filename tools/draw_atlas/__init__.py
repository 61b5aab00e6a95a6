"""Draws the atlas: turns measured outlines of a body into the SVG drawings bodymap ships."""
