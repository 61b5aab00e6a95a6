"""What backups look like, wherever they are shown: words, progress, choosing a folder."""
