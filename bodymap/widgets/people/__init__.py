"""Patients and their visits, and the panels that add them."""
