"""What pictures cost, and how fast the page that explores them answers."""
