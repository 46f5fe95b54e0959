"""Published rotating-workforce instances, whose demand is exact; `roster plan` uses `rotation`."""
