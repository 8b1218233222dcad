"""Libraries whose declarations are read, one module each."""
