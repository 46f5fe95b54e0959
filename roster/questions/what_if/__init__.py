"""Somebody is away: the nearest lawful roster, and ways out."""
