"""The files of a folder that `--out` names."""
