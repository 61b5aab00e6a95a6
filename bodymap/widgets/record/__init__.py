"""What a visit holds besides its marks, as pages of the inspector."""
