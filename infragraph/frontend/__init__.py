"""From source text to what its names mean."""
