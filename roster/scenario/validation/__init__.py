"""A file held against the schema, and what is wrong in sentences."""
