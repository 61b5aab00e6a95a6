"""A clinic's record on a PostgreSQL server, for several seats at once."""
