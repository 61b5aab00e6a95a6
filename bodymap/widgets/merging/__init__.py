"""Two versions of one visit beside each other, and what is kept of each."""
