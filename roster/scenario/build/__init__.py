"""From what a file says to a problem."""
