"""The map with what stands round it: views, tools, layers, zoom and messages."""
