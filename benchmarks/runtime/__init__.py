"""What a running service costs, beside its peers."""
