"""A real PostgreSQL, with no container and no account: found on the machine, or from a wheel."""
