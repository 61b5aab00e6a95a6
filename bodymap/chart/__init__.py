"""The record: marks, visits, patients and people. Pure Python."""
