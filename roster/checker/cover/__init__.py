"""Whether every post is held at every moment."""
