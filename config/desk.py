"""The admin, as the desk knows it."""

from django.contrib.admin.apps import AdminConfig


class DeskConfig(AdminConfig):
    """Django's admin under our name and behind our own door, so that the desk can be themed in one place."""

    default_site = "config.admin_site.DeskSite"
