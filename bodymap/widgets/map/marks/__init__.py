"""The marks as they are painted and picked."""
