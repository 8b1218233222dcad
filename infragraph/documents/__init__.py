"""What formats that write documents have in common: YAML, and payload types as their components."""
