"""An install that an earlier version made is upgraded: what its events mean stays, what is owed is done, and its addresses answer."""

from __future__ import annotations

import gzip
import hashlib
import json
import os
import re
import shutil
import subprocess
import sys
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import closing
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import quote
from xml.etree.ElementTree import fromstring

import psycopg
import pytest
from django.conf import settings as ours
from django.core.management import call_command
from django.db import connection
from django.test import Client
from django.utils import timezone

from claims import records, tasks, transparency
from claims.domain.choices import Status
from claims.handlers import INDEX
from claims.ledger import rebuild
from claims.models import Claim, Correction, EventRecord, PublicRecord
from claims.transparency import checkpoints
from config.embedded.postgres import binaries
from sources.models import Work
from tests import tables
from tests.claims.exchange.test_backup import exported, loaded
from tests.conftest import elsewhere, own_database

INSTALLS = Path(__file__).parents[2] / "data" / "installs"
NAMES = sorted(folder.name for folder in INSTALLS.iterdir() if folder.is_dir() and folder.name[0] not in "._")
ATOM = "{http://www.w3.org/2005/Atom}"
JOBS = (
    tasks.issue_first_records,
    tasks.offer_corrections,
    tasks.redate_claims,
    tasks.index_claims,
    tasks.deliver_events,
    tasks.find_neighbours,
    tasks.read_snapshots,
    tasks.prove_records,
)


@pytest.fixture(scope="module", params=NAMES)
def restored(request: pytest.FixtureRequest, django_db_setup: None, django_db_blocker: Any) -> Iterator[Install]:
    """The install as it was made, and as `manage.py migrate` leaves it: a database of each."""
    install = Install(INSTALLS / request.param)
    with django_db_blocker.unblock(), closing(elsewhere()) as db:
        db.execute(f'CREATE DATABASE "{install.database}"')
        try:
            install.restore()
            install.migrate()
            yield install
        finally:
            db.execute(f'DROP DATABASE "{install.database}" WITH (FORCE)')


@pytest.fixture
def install(restored: Install, settings: Any, tmp_path: Path, django_db_blocker: Any) -> Iterator[Install]:
    """A copy of the upgraded install, with its key and its signed heads, to which every connection goes meanwhile."""
    shutil.copytree(restored.folder / "checkpoints", tmp_path / "checkpoints")
    settings.CHECKPOINTS, settings.SIGNING_KEY = tmp_path / "checkpoints", (restored.folder / "signing_key").read_text()
    with django_db_blocker.unblock(), own_database(restored.database):
        yield restored


class Install:
    """What lies in one folder of tests/data/installs, and the database that it is restored into."""

    def __init__(self, folder: Path) -> None:
        self.folder, self.database = folder, f"{connection.settings_dict['NAME']}_{folder.name.replace('-', '_')}"
        kept = json.loads(gzip.decompress((folder / "install.json.gz").read_bytes()))
        self.tokens, self.claims, self.answers = kept["tokens"], kept["claims"], kept["answers"]
        self.rows: dict[str, list[str]] = {}  # as the version before had them, by table
        self.columns: dict[str, list[str]] = {}

    def restore(self) -> None:
        """Reads the dump in, and remembers what the tables held."""
        words = connection.settings_dict
        argv = [binaries() / "psql", "-h", words["HOST"], "-p", str(words["PORT"]), "-U", words["USER"], "-d", self.database]
        sql = gzip.decompress((self.folder / "dump.sql.gz").read_bytes())
        subprocess.run([*argv, "-q", "-X", "-v", "ON_ERROR_STOP=1"], input=sql, check=True, stdout=subprocess.DEVNULL)
        with psycopg.connect(host=words["HOST"], port=words["PORT"], user=words["USER"], dbname=self.database) as db:
            for table in tables.COPIES | tables.LOG | tables.SOURCES:
                names = db.execute("SELECT column_name FROM information_schema.columns WHERE table_name = %s ORDER BY 1", [table])
                counted = {"id"} if table in tables.COUNTED else set()
                self.columns[table] = [name for (name,) in names if name not in counted]
                self.rows[table] = [str(row) for (row,) in db.execute(self._select(table))]

    def _select(self, table: str) -> str:
        order = (tables.COPIES | tables.LOG | tables.SOURCES)[table]
        values = ", ".join(f'"{name}"' for name in self.columns[table])
        return f"SELECT row_to_json(t)::text FROM (SELECT {values} FROM {table} ORDER BY {order}) t"

    def now(self, table: str) -> list[str]:
        """The same columns of the table as they are now."""
        with connection.cursor() as cursor:
            cursor.execute(self._select(table))
            return [str(row) for (row,) in cursor]

    def migrate(self) -> None:
        """As an operator does it, in a process of its own."""
        words = connection.settings_dict
        url = f"postgresql:///{self.database}?host={quote(words['HOST'], safe='')}&port={words['PORT']}&user={words['USER']}"
        env = os.environ | {"DATABASE_URL": url, "REDIS_URL": ours.REDIS_URL}
        argv = [sys.executable, "manage.py", "migrate", "-v", "0"]
        done = subprocess.run(argv, env=env, cwd=ours.BASE_DIR, capture_output=True, text=True, timeout=300)
        assert done.returncode == 0, done.stderr

    def old(self, status: Status) -> list[dict[str, Any]]:
        """The claims that had this status before the upgrade."""
        rows = [json.loads(row) for row in self.rows["claims_claim"]]
        return [row for row in rows if row["status"] == status]


def work_off() -> None:
    """Does all that is owed now, as the workers would."""
    for _round in range(20):
        if not sum(job() for job in JOBS):
            break
    waiting = Work.objects.filter(done_at=None, due_at__lte=timezone.now()).exclude(kind__in=["webhook", "flag", "digest"])
    assert not list(waiting.values_list("key", "error"))


def digest(rows: dict[str, list[str]]) -> str:
    """SHA-256 (hex) over the rows of these tables."""
    return hashlib.sha256(json.dumps(rows, sort_keys=True).encode()).hexdigest()


def test_what_existing_events_mean_did_not_change(install):
    """Today's code makes the same tables of them, in every column that there was."""
    before = {table: install.rows[table] for table in tables.COPIES}
    assert all(before.values()), "the install holds something of everything"
    assert digest({table: install.now(table) for table in before}) == digest(before)
    assert not list(rebuild.differences(lambda done, total: None))
    rebuild.rebuild(lambda done, total: None)
    for table, rows in before.items():
        assert install.now(table) == rows
    assert digest({table: install.now(table) for table in before}) == digest(before)


def test_the_log_and_the_sources_are_as_they_were(install):
    for table in tables.LOG | tables.SOURCES:
        assert install.now(table) == install.rows[table], table


def test_it_verifies_before_the_workers_run_and_after(install):
    assert transparency.verify() is None
    work_off()
    assert transparency.verify() is None
    before = tables.as_bytes(tables.COPIES)
    rebuild.rebuild(lambda done, total: None)
    assert tables.as_bytes(tables.COPIES) == before
    assert transparency.verify() is None


def test_the_words_that_claims_are_compared_by_are_put_in_order(install):
    owed = Work.objects.filter(kind=INDEX)
    assert owed.get().done_at is None
    work_off()
    assert not owed.filter(done_at=None).exists()


def test_what_was_published_gets_its_record_once(install):
    published = {row["id"]: row for row in install.old(Status.PUBLISHED)}
    work_off()
    issued = Counter(EventRecord.objects.filter(type="PublicRecordIssued").values_list("stream", flat=True))
    assert issued == Counter(records.stream_of(claim) for claim in Claim.objects.filter(pk__in=published).values_list("pk", flat=True))
    for record in PublicRecord.objects.all():
        row = published[str(record.claim_id)]
        assert record.record["cause"] == "upgrade"
        assert record.first_issued_at == datetime.fromisoformat(row["published_at"])
        assert record.corrected_at == (datetime.fromisoformat(row["corrected_at"]) if row["corrected_at"] else None)
        assert record.record["statement"] == row["statement"]
        assert (record.rating, record.withdrawn_at, record.under_review) == (row["rating"], None, False)
    tasks.issue_first_records()
    assert EventRecord.objects.filter(type="PublicRecordIssued").count() == len(published)


def test_denials_that_were_judged_in_the_old_form_are_offered_a_correction(install):
    work_off()
    offered = {str(row.claim_id): row.changes["statement"] for row in Correction.objects.all() if row.subject == str(row.claim_id)}
    assert offered == {
        install.claims["denied"]: "نفى وائل الحسن أن تكون الشركة قد باعت السفينة",
        str(Claim.objects.get(quote="the company had sold the ship").pk): "Wael Hassan denied that the company had sold the ship",
    }


def test_reading_again_shows_first_and_changes_once(install, capsys):
    work_off()
    whole = tables.COPIES | tables.LOG | tables.SOURCES
    before = tables.as_bytes(whole)
    call_command("reread", dry_run=True)
    assert tables.as_bytes(whole) == before
    assert "before 2024" in capsys.readouterr().out
    call_command("reread")
    after = tables.as_bytes(whole)
    assert after != before
    call_command("reread")
    assert tables.as_bytes(whole) == after
    work_off()
    assert transparency.verify() is None
    assert not list(rebuild.differences(lambda done, total: None))


def test_it_moves_to_another_install(install, migrated_template, tmp_path, settings):
    work_off()
    written, before = exported(), tables.as_bytes(tables.COPIES | tables.LOG)
    settings.CHECKPOINTS = tmp_path / "elsewhere"
    with own_database(migrated_template):
        loaded(written)
        assert tables.as_bytes(tables.COPIES | tables.LOG) == before
        assert transparency.verify() is None


# ── the addresses


def get(install: Install, name: str, address: str) -> Any:
    token = {} if "token=" in address else {"Authorization": f"Bearer {install.tokens[name]['token']}"}
    response = Client().get(address, headers=token)
    if response.streaming:
        return response.status_code, b"".join(response.streaming_content).decode()
    body = response.content.decode()
    return response.status_code, json.loads(body) if body[:1] in "{[" else body


@pytest.mark.parametrize("stage", [lambda: None, work_off], ids=["at once", "after the workers"])
def test_the_addresses_answer_everybody_with_a_role_as_before(install, stage: Callable[[], None]):
    stage()
    for name in set(install.answers) - {"nobody"}:
        for address, before in install.answers[name].items():
            status, _body = get(install, name, address)
            assert status == before["status"], (name, address)


def kept(before: Any, now: Any) -> Any:
    """What now reads, without what was added since."""
    if isinstance(before, dict) and isinstance(now, dict):
        return {name: kept(before[name], now[name]) for name in before if name in now}
    if isinstance(before, list) and isinstance(now, list) and len(before) == len(now):
        return [kept(*pair) for pair in zip(before, now, strict=True)]
    return now


def test_a_claim_reads_over_rest_as_before(install):
    for address, before in install.answers["yusuf"].items():
        if isinstance(before.get("body"), dict) and before["body"].get("statement"):
            _status, body = get(install, "yusuf", address)
            del before["body"]["steps"]  # which steps are open is today's to say
            assert kept(before["body"], body) == before["body"]


def entries(feed: str) -> set[str]:
    """The ids of an Atom feed's entries."""
    return {str(entry.findtext(f"{ATOM}id")) for entry in fromstring(feed).iter(f"{ATOM}entry")}


def of_feed(install: Install, feed: str) -> tuple[str, str]:
    """A feed by its key as it was before, and as it is now."""
    [(address, before)] = [(address, got) for address, got in install.answers["yusuf"].items() if feed in address]
    return before["body"], get(install, "yusuf", address)[1]


def test_the_feed_of_published_claims_tells_the_same_ones_once_the_workers_have_run(install):
    work_off()
    before, now = of_feed(install, "published.atom")
    assert entries(before)
    assert entries(now) == entries(before)


def test_nobody_is_told_of_an_upgrade_as_of_a_correction(install):
    """What was put right before there were records is in no record, and feed readers have it."""
    work_off()
    before, now = of_feed(install, "corrections.atom")
    assert entries(before)
    assert entries(now) <= entries(before)


def test_the_calendar_holds_the_same_days(install):
    work_off()
    before, now = (re.findall("^(?:UID|DTSTART).*$", calendar, re.MULTILINE) for calendar in of_feed(install, "due.ics"))
    assert now == before


def test_an_account_without_a_role_sees_nothing(install):
    for address, before in install.answers["nobody"].items():
        status, body = get(install, "nobody", address)
        assert status in (401, 403, 404), (address, before["status"])
        assert "السفينة" not in json.dumps(body, ensure_ascii=False)


def test_webhooks_go_on_where_they_were(install):
    status, body = get(install, "salma", "/api/v1/webhooks/")
    assert status == 200
    [hook] = body["results"]
    assert (hook["url"], hook["active"]) == ("https://example.org/hook", True)


def test_the_heads_that_were_signed_before_are_led_to_by_those_signed_now(install):
    last = checkpoints.newest()
    work_off()
    assert last
    assert checkpoints.make().size > last.size
    assert transparency.verify() is None
