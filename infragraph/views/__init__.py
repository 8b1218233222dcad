"""Views: which part of a graph a picture shows, and what about it."""
