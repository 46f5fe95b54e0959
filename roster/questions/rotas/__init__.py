"""Classical rotas held against a scenario."""
