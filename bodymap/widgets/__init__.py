"""Qt only: windows, the map view, the inspector, themes."""
