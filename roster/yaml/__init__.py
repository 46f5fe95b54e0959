"""YAML as a tree whose nodes know where they stand, with what files inherit."""
