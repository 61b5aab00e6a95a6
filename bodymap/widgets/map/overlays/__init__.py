"""What the reference lays over the body: a muscle with its referral, and dermatomes."""
