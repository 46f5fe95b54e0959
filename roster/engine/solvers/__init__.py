"""Ways to solve any integer or linear program."""
