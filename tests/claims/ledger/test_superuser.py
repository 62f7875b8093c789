"""The log's guards hold for a superuser, too."""

from contextlib import closing

import psycopg
import pytest
from django.db import connection

from tests import make


@pytest.mark.parametrize("statement", ["UPDATE claims_event SET body = ''", "DELETE FROM claims_event", "TRUNCATE claims_event CASCADE"])
def test_even_a_superuser_in_a_replicas_session_is_refused(committed_db, statement):
    make.recorded()
    words = connection.settings_dict
    with closing(psycopg.connect(host=words["HOST"], port=words["PORT"], user="postgres", dbname=committed_db)) as db:
        db.execute("SET session_replication_role = replica")
        with pytest.raises(psycopg.Error, match="refused"):
            db.execute(statement)
