"""How durations, times of day, days, shares and periods are written in files and on command lines."""
