"""Several seats: the clinic is moved to a server, and back, from the window."""
