"""SQLAlchemy behind the desk's ports: one durable transaction per gesture."""
