"""Whether an application fits the clouds and brokers that it is meant for."""
