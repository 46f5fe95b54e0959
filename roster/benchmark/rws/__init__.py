"""Published rotating-workforce instances: read, solved, checked, compared."""
