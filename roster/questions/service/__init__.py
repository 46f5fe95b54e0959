"""The best service of given people, and whom to hire next."""
