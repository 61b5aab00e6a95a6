"""What is seen before the record: setting a clinic up, signing in, and the lock."""
