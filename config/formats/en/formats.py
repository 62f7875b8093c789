"""How English writes dates: 30 November 2026, whoever prints them."""

from config.formats.style import *  # noqa: F403  # Django looks for the names here
