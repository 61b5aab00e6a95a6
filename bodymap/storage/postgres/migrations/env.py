"""What Alembic runs to reach a revision; `tables.upgrade` hands it the connection."""

from alembic import context

context.configure(connection=context.config.attributes["connection"], transactional_ddl=True)

with context.begin_transaction():
    context.run_migrations()
