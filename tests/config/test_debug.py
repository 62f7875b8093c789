"""The debug toolbar is there under DEBUG=1, and only there."""

import os
import subprocess
import sys

import pytest

from config.embedded import paths

_PROGRAM = """
import django
django.setup()
from django.conf import settings
from django.test import Client
answer = Client().get("/admin/login/", HTTP_HOST="127.0.0.1", REMOTE_ADDR={address!r})
print("debug_toolbar" in settings.INSTALLED_APPS, b"djDebug" in answer.content)
"""


@pytest.mark.parametrize(
    ("debug", "address", "printed"), [("1", "127.0.0.1", "True True"), ("1", "192.0.2.1", "True False"), ("0", "127.0.0.1", "False False")]
)
def test_the_toolbar_is_for_developers_on_their_own_machine(tmp_path, debug, address, printed):
    given = {"DEBUG": debug, "ISNAD_HOME": str(tmp_path), "DJANGO_SETTINGS_MODULE": "config.settings", "PYTHONWARNINGS": "ignore"}
    words = [sys.executable, "-c", _PROGRAM.format(address=address)]
    ended = subprocess.run(words, env=os.environ | given, cwd=paths.BASE, capture_output=True, text=True, check=False)
    assert ended.stdout.strip() == printed, ended.stderr
