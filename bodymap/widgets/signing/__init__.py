"""Signing in the window: what is missing, who signed, what was added, the password once more."""
