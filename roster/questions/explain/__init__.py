"""Why not, why not fewer, and the cheapest ways out."""
