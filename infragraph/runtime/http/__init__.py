"""HTTP: a service's endpoints, what may call them, and what they answer."""
