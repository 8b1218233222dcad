"""Which files are worth parsing: decided from bytes and names, before anything is run."""
