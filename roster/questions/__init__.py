"""One module a question a manager asks."""
