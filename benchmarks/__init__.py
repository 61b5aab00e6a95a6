"""What must be fast, measured beside the peers it is judged by."""
