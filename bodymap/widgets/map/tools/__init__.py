"""What a press, a stroke or a tap on the map does: one class for each gesture."""
