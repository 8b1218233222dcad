"""What a run observes of itself: OTLP comes in, and lies in one file of SQLite."""
