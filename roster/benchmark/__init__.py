"""Published rota instances read, solved, checked and timed; and seeded generators of the same families."""
