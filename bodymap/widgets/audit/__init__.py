"""The audit trail in the window: who did what, and whether all is as bodymap wrote it."""
