"""What Alembic runs to reach a revision; `Migrator` hands it the connection."""

from alembic import context

connection = context.config.attributes["connection"]
context.configure(connection=connection, transactional_ddl=True)

with context.begin_transaction():  # one for all revisions: either the last is reached or none
    context.run_migrations()
    revision = context.get_context().get_current_revision()
    # The number stands in the file's header as well, where it is read without opening the file.
    connection.exec_driver_sql(f"PRAGMA user_version = {int(revision or 0)}")
