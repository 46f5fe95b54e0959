"""The best roster of people who cannot hold everything."""
