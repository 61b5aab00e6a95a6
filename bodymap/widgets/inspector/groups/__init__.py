"""The further fields of marks, in groups that open and close."""
