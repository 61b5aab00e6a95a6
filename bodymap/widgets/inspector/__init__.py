"""What is known of the chosen mark, shown and changed."""
