"""The users of the clinic, and one's own password."""
