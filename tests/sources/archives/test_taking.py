"""Web archives of this program and of others become documents."""

import gzip
import http.server
import io
import shutil
import subprocess
import threading
import zlib
from datetime import UTC, datetime
from unittest.mock import ANY

import pytest
from django.core.management import CommandError, call_command
from django.db import transaction
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from warcio.statusandheaders import StatusAndHeaders
from warcio.warcwriter import WARCWriter

from claims import erasure
from sources.archives import importing, reading, snapshot_records, writing
from sources.archives.reading import PageRecord
from sources.archives.records import Damaged, NotAnArchive
from sources.capturing.capture import capture
from sources.models import Snapshot, Work
from tests import make
from tests.sources.archives.test_archives import FETCHED

pytestmark = pytest.mark.django_db
PAGE = "<html lang=ar><head><title>خبر</title></head><body><article><p>قال وزير التجارة إن الصادرات ارتفعت 12 في المئة هذا العام.</p>"
PAGE += "<p>وأضاف أن الميناء الجديد سيعمل في الربيع المقبل بعد أن تأخر عاما كاملا.</p></article></body></html>"
SAID = "قال وزير التجارة إن الصادرات ارتفعت 12 في المئة هذا العام."


BYTES = PAGE.encode()


def record(kind="response", uri="https://example.org/a", body=BYTES, status="200 OK", date="2022-12-31T10:00:00Z", **headers):
    """One record as bytes, written by hand as other tools do."""
    fields = {"Content-Type": "text/html; charset=utf-8"} | {name.replace("_", "-"): value for name, value in headers.items()}
    head = f"HTTP/1.1 {status}\r\n" + "".join(f"{name}: {value}\r\n" for name, value in fields.items()) + "\r\n"
    block = head.encode() + body if kind in ("response", "revisit") else body
    content = "application/http; msgtype=response" if kind in ("response", "revisit") else fields["Content-Type"]
    lines = ["WARC/1.0", f"WARC-Type: {kind}", f"WARC-Target-URI: {uri}", f"WARC-Date: {date}", f"WARC-Record-ID: <urn:uuid:{uri}>"]
    lines += [f"Content-Type: {content}", f"Content-Length: {len(block)}"]
    return "\r\n".join(lines).encode() + b"\r\n\r\n" + block + b"\r\n\r\n"


INFO = b"WARC/1.0\r\nWARC-Type: warcinfo\r\nWARC-Date: 2022-12-31T10:00:00Z\r\nContent-Length: 0\r\n\r\n\r\n\r\n"
OTHER = PAGE.replace("12", "15").replace("الربيع", "الصيف")


def taken(data):
    told = []
    outcome = importing.take_in(io.BytesIO(data), by=make.REPORTER, tell=lambda offset, why: told.append((offset, why)))
    return outcome, told


@pytest.mark.parametrize("pack", [lambda *records: b"".join(records), lambda *records: b"".join(map(gzip.compress, records))])
def test_an_archive_written_plain_or_a_member_a_record_becomes_documents(pack):
    outcome, told = taken(pack(INFO, record(), record(uri="https://example.org/b", body=OTHER.encode())))
    assert (outcome.new, outcome.known, told, dict(outcome.passed)) == (2, 0, [], {"warcinfo": 1})
    first = Snapshot.objects.select_related("document", "content").order_by("pk").first()
    assert SAID in first.text
    assert (first.document.url, first.captured_at) == ("https://example.org/a", datetime(2022, 12, 31, 10, tzinfo=UTC))
    assert first.fetched["status"] == 200
    assert bytes(first.raw) == PAGE.encode()
    assert Work.objects.filter(key=f"read:{first.pk}").exists()
    again, _ = taken(pack(INFO, record(), record(uri="https://example.org/b", body=OTHER.encode())))
    assert (again.new, again.known) == (0, 2)
    assert Snapshot.objects.count() == 2


def test_a_whole_file_in_one_gzip_member_is_read_too():
    outcome, told = taken(gzip.compress(INFO + record() + record(uri="https://example.org/b", body=OTHER.encode())))
    assert (outcome.new, told) == (2, [])


def chunked(data):
    return b"".join(b"%x\r\n%s\r\n" % (len(part), part) for part in (data[:100], data[100:])) + b"0\r\n\r\n"


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (chunked(PAGE.encode()), {"Transfer_Encoding": "chunked"}),
        (gzip.compress(PAGE.encode(), mtime=0), {"Content_Encoding": "gzip"}),
        (chunked(gzip.compress(PAGE.encode(), mtime=0)), {"Transfer_Encoding": "chunked", "Content_Encoding": "gzip"}),
        (zlib.compress(PAGE.encode()), {"Content_Encoding": "deflate"}),
        (PAGE.encode(), {"Content_Encoding": "gzip"}),  # kept unpacked, the header left as it was
        (PAGE.encode("cp1256"), {"Content_Type": "text/html; charset=windows-1256"}),
    ],
)
def test_bytes_come_as_the_server_packed_them(body, headers):
    assert taken(record(body=body, **headers))[0].new == 1
    assert SAID in Snapshot.objects.get().text


class Site(http.server.BaseHTTPRequestHandler):
    """A page in chunks, with a picture and another page."""

    protocol_version = "HTTP/1.1"

    def do_GET(self):
        picture = self.path.endswith(".png")
        link = b"" if self.path == "/b" else b"<a href=/b>b</a><img src=/i.png>"
        data = b"\x89PNG" if picture else (BYTES if self.path == "/" else OTHER.encode()).replace(b"</article>", link + b"</article>")
        self.send_response(200)
        self.send_header("Content-Type", "image/png" if picture else "text/html; charset=utf-8")
        self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()
        self.wfile.write(chunked(data) if len(data) > 100 else b"%x\r\n%s\r\n0\r\n\r\n" % (len(data), data))

    def log_message(self, *words):
        """Says nothing."""


@pytest.mark.skipif(shutil.which("wget") is None, reason="there is no wget on this machine")
@pytest.mark.parametrize("how", [[], ["--no-warc-compression"]])
def test_what_wget_archived_is_read(tmp_path, how):
    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Site) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        wget = [
            "wget",
            "-q",
            "-e",
            "robots=off",
            "--no-proxy",
            "-r",
            "-l1",
            "-p",
            f"--warc-file={tmp_path}/site",
            *how,
            "-P",
            f"{tmp_path}",
        ]
        subprocess.run([*wget, f"http://127.0.0.1:{server.server_port}/"], check=True, timeout=30)
        server.shutdown()
    [archive] = tmp_path.glob("site.warc*")
    outcome, told = taken(archive.read_bytes())
    assert (outcome.new, outcome.damaged, told) == (2, 0, [])
    assert outcome.passed["image/png"] == 1
    assert any(SAID in text for text in Snapshot.objects.values_list("content__text", flat=True))


def test_what_is_no_text_of_the_web_is_counted_and_left_alone():
    outcome, told = taken(
        record(kind="request", body=b"GET / HTTP/1.1\r\n\r\n")
        + record(uri="https://example.org/i.png", Content_Type="image/png", body=b"\x89PNG")
        + record(uri="https://example.org/gone", status="404 Not Found")
        + record(uri="https://example.org/robots.txt", Content_Type="text/plain", body=b"User-agent: *")
        + record(kind="resource", uri="urn:pageinfo:https://example.org/", Content_Type="application/json", body=b"{}")
        + record(kind="resource", uri="metadata://gnu.org/software/wget/warc/wget.log", Content_Type="text/plain", body=b"log")
        + record(uri="https://example.org/br", Content_Encoding="br", body=b"\x8b\x00")
        + record(kind="resource", uri="https://example.org/t.txt", Content_Type="text/plain", body="نص".encode())
        + record(kind="strange")
    )
    assert (outcome.new, told) == (1, [])
    assert outcome.passed == {
        "request": 1, "image/png": 1, "status 404": 1, "robots.txt": 1, "resource urn:": 1, "resource metadata:": 1, "encoding br": 1,
        "strange": 1,
    }  # fmt: skip


def test_what_cannot_be_kept_is_told_by_its_place_and_the_rest_is_kept():
    first = record(uri="https://example.org/empty", body=b" ")
    outcome, told = taken(first + record())
    assert (outcome.new, outcome.refused) == (1, 1)
    assert told == [(0, ANY)]
    assert "https://example.org/empty" in told[0][1]


@pytest.mark.parametrize("pack", [lambda data: data, gzip.compress])
def test_a_damaged_record_is_told_by_its_place_and_nothing_else_is_lost(pack):
    whole = [pack(record(uri=f"https://example.org/{n}", body=PAGE.replace("12", str(n)).encode())) for n in range(3)]
    broken = whole[1][:60] + b"\xff\xff\xff\xff" + whole[1][64:-200] if pack is gzip.compress else whole[1][: len(whole[1]) // 2]
    outcome, told = taken(whole[0] + broken + whole[2])
    assert (outcome.new, outcome.damaged) == (2, 1)
    assert told[0][0] == len(whole[0])
    assert set(Snapshot.objects.values_list("document__url", flat=True)) == {"https://example.org/0", "https://example.org/2"}


@pytest.mark.parametrize("pack", [lambda data: data, gzip.compress])
@pytest.mark.parametrize("left", [3, 12, 100, -40])
def test_a_file_that_is_cut_off_says_where(pack, left):
    first, second = pack(record()), pack(record(uri="https://example.org/b", body=OTHER.encode()))
    outcome, told = taken(first + second[:left])
    assert (outcome.new, outcome.damaged) == (1, 1)
    assert told[0][0] == len(first)


def test_reading_a_torn_member_with_two_records_comes_to_an_end():
    two = gzip.compress(record() + record(uri="https://example.org/b", body=OTHER.encode())[:200] + b"no record\r\n" * 40)
    items = list(reading.load(io.BytesIO(two + gzip.compress(record(uri="https://example.org/c")))))
    assert len(items) < 10
    assert all(item.offset >= 0 for item in items if isinstance(item, Damaged))


def test_a_digest_that_does_not_fit_is_damage():
    data = written(kept_texts=["نص يبقى كما هو"]).replace("كما".encode(), "كذا".encode())
    _, told = taken(data)
    assert "digest" in told[0][1]


def written(kept_texts):
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=False)
    for n, text in enumerate(kept_texts):
        headers = StatusAndHeaders("200 OK", [("Content-Type", "text/plain; charset=utf-8")], protocol="HTTP/1.1")
        data = text.encode()
        about = {"payload": io.BytesIO(data), "length": len(data), "http_headers": headers}
        writer.write_record(writer.create_warc_record(f"https://example.org/{n}", "response", **about))
    return file.getvalue()


def test_what_is_no_archive_is_refused():
    for data in (b"", b"%PDF-1.7 and more of it\n" * 50, gzip.compress(b"plain text")):
        with pytest.raises(NotAnArchive):
            taken(data)


def test_a_page_fetched_again_unchanged_is_the_page_of_then_and_elsewhere_a_document_of_its_own():
    file = io.BytesIO()
    writer = WARCWriter(file, gzip=True, warc_version="WARC/1.1")
    head = StatusAndHeaders("200 OK", [("Content-Type", "text/html; charset=utf-8")], protocol="HTTP/1.1")
    date = {"WARC-Date": "2022-12-31T10:00:00Z"}
    first = writer.create_warc_record(
        "https://example.org/a", "response", payload=io.BytesIO(BYTES), length=len(BYTES), http_headers=head, warc_headers_dict=date
    )
    writer.write_record(first)
    digest = first.rec_headers.get_header("WARC-Payload-Digest")
    for uri in ("https://example.org/a", "https://example.org/copy", "https://example.org/unknown"):
        known = digest if "unknown" not in uri else "sha1:AAAA"
        of = "https://example.org/a" if "unknown" not in uri else "https://elsewhere.example/"
        writer.write_record(writer.create_revisit_record(uri, known, of, "2022-12-31T10:00:00Z", http_headers=head))
    outcome, told = taken(file.getvalue())
    assert (outcome.new, outcome.unchanged, told) == (2, 1, [])
    assert outcome.passed == {"revisit ?": 1}
    assert set(Snapshot.objects.values_list("document__url", flat=True)) == {"https://example.org/a", "https://example.org/copy"}


def test_an_install_comes_back_from_its_archive_the_same():
    with transaction.atomic():
        make.history()
        capture("نص <html> ليس صفحة", by=make.REPORTER, title="نص عادي", outlet="الميناء", authors=["ليلى"], published="2022-21")
        page = {"raw": BYTES, "media_type": "text/html", "extractor": "x 1", "url": "http://example.org/a", "fetched": FETCHED}
        capture("نص الصفحة", by=make.REPORTER, **page)
        before = list(snapshot_records.snapshots())
        file = io.BytesIO()
        assert writing.dump(before, file, compressed=True) > len(before)
        transaction.set_rollback(True)
    assert not Snapshot.objects.exists()
    outcome, told = taken(file.getvalue())
    assert (outcome.new, outcome.passed, told) == (len(before), {"warcinfo": 1}, [])

    def plain(kept):
        return (
            kept.text,
            kept.raw,
            kept.media_type,
            kept.extractor,
            kept.fetched if kept.fetched and "url" in kept.fetched else None,
            kept.url,
            kept.title,
            kept.outlet,
            kept.authors,
            kept.at,
        )

    assert sorted(map(repr, map(plain, snapshot_records.snapshots()))) == sorted(map(repr, map(plain, before)))


def test_the_commands_write_and_read_and_count(tmp_path, capsys):
    capture("نص باق", by=make.REPORTER, outlet="الميناء")
    path = tmp_path / "out.warc.gz"
    call_command("export", "warc", output=str(path))
    call_command("load", "warc", str(path))
    said = capsys.readouterr().out
    assert "records are in" in said
    assert "1 were here already" in said
    path.write_bytes(path.read_bytes()[:-30])
    with pytest.raises(CommandError, match="damaged"):
        call_command("load", "warc", str(path))
    with pytest.raises(CommandError, match="no WARC file"):
        call_command("load", "warc", __file__)
    with pytest.raises(CommandError, match="-o FILE"):
        call_command("export", "warc")


def test_what_was_erased_leaves_as_it_reads_now(tmp_path):
    capture("قال سامي حداد هذا", by=make.REPORTER, outlet="الميناء", raw="<html>قال سامي حداد هذا".encode(), media_type="text/html")
    capture("نص آخر", by=make.REPORTER, raw="<html><!-- سامي حداد -->نص آخر".encode(), media_type="text/html")
    erasure.erase(["سامي حداد"], reason="طلب", by=make.Actor("root", "9", frozenset({make.Role.ADMINISTRATOR})))
    path = tmp_path / "out.warc"
    call_command("export", "warc", output=str(path))
    data = path.read_bytes()
    assert "سامي".encode() not in data
    assert data.count(b"isnad-erased: text") == data.count(b"isnad-erased: bytes") == 1
    outcome, told = taken(data)
    assert (outcome.passed["redacted"], outcome.known, told) == (1, 1, [])


@settings(deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_whatever_happens_to_a_file_reading_it_ends_with_what_is_whole(data):
    whole = [record(uri=f"https://example.org/{n}", body=PAGE.replace("12", str(n)).encode()) for n in range(3)]
    pack = data.draw(st.sampled_from([lambda each: each, gzip.compress]))
    file = b"".join(map(pack, whole))
    at = data.draw(st.integers(0, len(file) - 1))
    end = data.draw(st.integers(at, min(len(file), at + 400)))
    broken = file[:at] + data.draw(st.binary(max_size=50)) + file[end:]
    try:
        items = list(reading.load(io.BytesIO(broken)))
    except NotAnArchive:
        return
    places = {pack_at: n for n, pack_at in enumerate((0, len(pack(whole[0])), len(pack(whole[0])) + len(pack(whole[1]))))}
    untouched = [n for begin, n in places.items() if begin + len(pack(whole[n])) <= at]
    pages = {item.uri for item in items if isinstance(item, PageRecord)}
    assert {f"https://example.org/{n}" for n in untouched} <= pages
    assert all(isinstance(item.offset, int) for item in items if isinstance(item, Damaged))
