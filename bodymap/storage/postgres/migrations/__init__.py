"""The revisions of the tables on PostgreSQL.

They bear the numbers of those of the data file. A database begins at the first one here: there
were none before.
"""
