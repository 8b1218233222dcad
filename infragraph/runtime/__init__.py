"""What a running service needs, locally and in production; it never imports the compiler."""
