"""The body on screen: scene, view, items and tools."""
