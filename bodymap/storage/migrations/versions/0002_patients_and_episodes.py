"""Nothing yet: the place of the revision for patients and episodes."""

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Change nothing."""
