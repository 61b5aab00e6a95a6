"""The clinic's data in the window: where it lies, its backups, and mending what is damaged."""
