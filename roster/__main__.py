"""`python -m roster`: the same program as `roster`."""

from roster.cli import main

if __name__ == "__main__":
    main(prog_name="roster")
