"""Reviews in the window: what waits, two maps side by side, comments on the body, decisions."""
