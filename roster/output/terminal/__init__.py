"""Answers on screen."""
