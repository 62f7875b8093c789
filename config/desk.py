"""The admin, as the desk knows it."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin under our name, so that the desk can be themed in one place."""
