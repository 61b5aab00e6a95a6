"""The key to the data file: wrapped for each user by a password, in a file beside the data."""
