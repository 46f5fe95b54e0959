"""Which people can hold which posts at a moment, as rows of a program."""
