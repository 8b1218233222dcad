"""What carries a plan out: it talks to clouds, shows what would change, and asks before it does."""
