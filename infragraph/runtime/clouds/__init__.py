"""How a running service speaks to the clouds."""
