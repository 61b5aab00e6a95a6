"""Programs that make what bodymap ships; run by hand, never by the application."""
