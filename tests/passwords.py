"""Passwords of people in tests are hashed once instead of a million times; every process can still check them."""

from django.contrib.auth.hashers import PBKDF2PasswordHasher


class Quick(PBKDF2PasswordHasher):
    """The usual hash with one iteration: how many there were stands in the hash itself."""

    iterations = 1
