"""A rotation laid on dates."""
