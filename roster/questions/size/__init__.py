"""From a profile of systems to posts, people and a lead time."""
