"""Breaches of each rule in what one person does."""
