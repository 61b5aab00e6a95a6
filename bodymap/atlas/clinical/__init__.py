"""The clinical reference, file by file: muscles, hazards, screening, needles, and their sources."""
