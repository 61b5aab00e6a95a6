"""Marks that need not be charted again: of earlier visits."""
