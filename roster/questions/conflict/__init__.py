"""What cannot hold together, as little of it as possible."""
