"""What fits the schema and still cannot be meant."""
