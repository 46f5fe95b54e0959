"""Answers as rows of CSV files."""
