"""What goes wrong at the start, in one sentence for the person at the terminal."""


class Trouble(Exception):
    """The servers could not be started."""
