"""A patient's page: who it is, what to mind, every complaint and visit, and how it went."""
