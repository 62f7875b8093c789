"""The door for web servers."""

import os

from django.core.wsgi import get_wsgi_application

from config import chunked_bodies

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "config.settings")
application = chunked_bodies.measured(get_wsgi_application())
