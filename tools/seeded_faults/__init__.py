"""Would the tests notice? Plants known faults, one at a time, and sees which test turns red."""
