"""How the tables came to be what they are, one revision after another.

A revision is plain SQL and imports nothing of bodymap, so that it means the same for ever.
"""
