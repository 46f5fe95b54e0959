"""One question asked of many scenarios: a region's hospitals, or a base with a table of variations."""
