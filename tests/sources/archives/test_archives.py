"""Snapshots leave as a web archive and come back from one, and archives of other tools are read."""

import io
from datetime import UTC, datetime

from hypothesis import given, settings
from hypothesis import strategies as st
from warcio.archiveiterator import ArchiveIterator

from sources.archives import reading, writing
from sources.archives.reading import PageRecord, Passed
from sources.archives.snapshot_records import ArchivedSnapshot

AT = datetime(2022, 12, 31, 18, 30, 5, 123456, tzinfo=UTC)
HTML = "<html><body><p>قال الوزير إن 2000 جندي أُرسلوا.</p></body></html>".encode()
FETCHED = {
    "url": "https://example.org/a?x=1",
    "status": 200,
    "reason": "OK",
    "version": "1.1",
    "headers": [
        ["Content-Type", "text/html; charset=utf-8"],
        ["Transfer-Encoding", "chunked"],
        ["Set-Cookie", "a=1"],
        ["Set-Cookie", "b=2"],
    ],
    "address": "203.0.113.5",
    "at": AT.isoformat(),
    "redirects": ["http://example.org/a"],
}


def kept(**fields):
    plain = {"id": "01a20926-7b16-7058-807f-360e071b0089", "document": "01a20926-7b16-7058-807f-360e071b0090", "at": AT, "text": "نص"}
    return ArchivedSnapshot(**(plain | fields))


def written(*snapshots, compressed=True):
    file = io.BytesIO()
    writing.dump(snapshots, file, compressed=compressed, name="test.warc.gz")
    file.seek(0)
    return file


def back(page):
    """A page as what it was written from."""
    own = page.data.decode() if page.text is None else page.text
    about = page.about
    plain = page.text is None and page.fetched is None
    return ArchivedSnapshot(
        id=about[writing.MARK],
        document=page.uri.removeprefix("urn:uuid:") if page.uri.startswith("urn:") else kept().document,
        at=page.at,
        text=own,
        raw=None if plain or (page.text is None and own.encode() == page.data) else page.data,
        media_type=about["format"],
        extractor=about.get("extractor", ""),
        fetched=page.fetched and page.fetched | {"redirects": about.get("redirected-from", [])},
        url=about.get("identifier", ""),
        title=about.get("title", ""),
        outlet=about.get("publisher", ""),
        authors=tuple(about.get("creator", ())),
        language=about.get("language", ""),
        published=about.get("date", ""),
    )


def test_a_fetched_page_is_a_response_with_its_headers_and_its_text_is_beside_it():
    file = written(kept(text="قال الوزير", raw=HTML, media_type="text/html", fetched=FETCHED, url="http://example.org/a", extractor="x 1"))
    records = []
    for record in ArchiveIterator(file, check_digests="raise"):
        body = record.content_stream().read()
        records.append((record.rec_type, record.rec_headers, record.http_headers, body))
    assert [type for type, *_ in records] == ["warcinfo", "response", "conversion", "metadata"]
    _, said, http, body = records[1]
    assert said.get_header("WARC-Target-URI") == "https://example.org/a?x=1"
    assert said.get_header("WARC-Date") == "2022-12-31T18:30:05.123456Z"
    assert said.get_header("WARC-IP-Address") == "203.0.113.5"
    assert said.get_header("WARC-Block-Digest").startswith("sha1:")
    assert body == HTML  # any tool reads the bytes as they are: the chunks are gone, and the header says so
    assert http.get_header("X-Archive-Orig-Transfer-Encoding") == "chunked"
    assert records[2][3].decode() == "قال الوزير"
    assert records[2][1].get_header("WARC-Refers-To") == said.get_header("WARC-Record-ID")


def test_each_record_is_a_gzip_member_of_its_own():
    data = written(kept(), kept(url="https://example.org/b")).getvalue()
    assert data.count(b"\x1f\x8b\x08") >= 5
    assert written(kept(), compressed=False).getvalue().startswith(b"WARC/1.1\r\n")


def test_a_struck_out_text_is_written_as_it_reads_now_and_said_to_be():
    data = written(kept(text="قال ████", erased="text"), compressed=False).getvalue().decode()
    assert "isnad-erased: text" in data
    assert "WARC-Type: response" not in data
    assert "WARC-Type: resource" not in data
    assert [item.why for item in reading.load(written(kept(text="قال ████", erased="text"))) if isinstance(item, Passed)] == [
        "warcinfo",
        "redacted",
    ]


def test_a_page_whose_bytes_are_gone_keeps_its_text():
    [page] = [item for item in reading.load(written(kept(text="نص الصفحة", erased="bytes"))) if isinstance(item, PageRecord)]
    assert page.data.decode() == "نص الصفحة"
    assert page.about["isnad-erased"] == "bytes"


# one line, as capture keeps titles and names; what a line of the standard cannot hold is no title
LINE = st.text(st.characters(codec="utf-8", exclude_categories=["C", "Z"]), max_size=20)
TEXT = st.text(st.characters(codec="utf-8", exclude_characters="\x00"), min_size=1, max_size=300).filter(str.strip)
HEADERS = st.lists(st.tuples(st.sampled_from(["Server", "X-Note", "Content-Length", "ETag"]), st.text("abÿé=;/1", max_size=9)).map(list))
WEB = st.builds(
    lambda headers, status: FETCHED | {"headers": [["Content-Type", "text/html"], *headers], "reason": status},
    HEADERS.map(lambda some: [[name, value.strip()] for name, value in some]),
    st.sampled_from(["OK", ""]),
)


@settings(deadline=None)
@given(
    text=TEXT,
    raw=st.none() | st.binary(min_size=1, max_size=300).map(lambda data: b"<html>" + data),
    title=LINE,
    outlet=LINE,
    authors=st.lists(LINE.filter(bool), max_size=3).map(tuple),
    fetched=st.none() | WEB,
    url=st.sampled_from(["", "https://example.org/a"]),
    compressed=st.booleans(),
)
def test_what_is_written_reads_back_the_same(text, raw, title, outlet, authors, fetched, url, compressed):
    fetched = fetched if raw else None
    media_type = "text/html" if raw else "text/plain"
    one = kept(text=text, raw=raw, title=title, outlet=outlet, authors=authors, fetched=fetched, url=url, media_type=media_type)
    pages = [item for item in reading.load(written(one, compressed=compressed)) if isinstance(item, PageRecord)]
    assert [back(page) for page in pages] == [one]
