"""Whole walks, each on one screen; what they need of the world is handed to them."""
