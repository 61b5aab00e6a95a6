"""The reference at the left: a muscle's card, from pain to muscle, dermatomes."""
