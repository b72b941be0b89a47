"""The command line: `main.py` is the way in, every other module here is the command of its name."""
