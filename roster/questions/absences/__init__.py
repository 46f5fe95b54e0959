"""Who is away, and what that asks of each part of a problem."""
