"""Rosters and lists of leave, read from and written to files of any format."""
