"""Visits over time, on the body: two compared, all as heat, one muscle through all of them."""
