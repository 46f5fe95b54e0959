"""Run from a checkout: `python cli.py plan …`."""

from roster.cli import main

if __name__ == "__main__":
    main()
