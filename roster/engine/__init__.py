"""The only layer that knows OR-Tools: rules become graphs, rosters become walks through them."""
