"""Layout: where the parts of a diagram stand."""
