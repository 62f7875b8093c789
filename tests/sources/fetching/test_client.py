"""Pages are fetched from the public web only, and only so much of them, for so long."""

import gzip
import threading
import time
import zlib

import pytest
from time_machine import travel

from sources import fetching
from sources.fetching import NotFetched, Why, bodies
from sources.fetching.client import FetchOptions, Known
from tests.sources import site as sites


@pytest.fixture
def site(settings):
    settings.FETCH_SECONDS = 1
    with sites.opened(settings) as opened:
        yield opened


def why(url, **asking):
    with pytest.raises(NotFetched) as failure:
        fetching.fetch(url, FetchOptions(**asking))
    return failure.value


def test_how_it_came_is_told(site):
    site.says("/page?q=%D8%A7", "x" * 2000, headers={"Content-Type": "text/html; charset=windows-1256", "X-Twice": "1\r\nX-Twice: 2"})
    moved = site.says("/moved", status=301, headers={"Location": "/page?q=ا"})
    found = fetching.fetch(moved)
    assert (found.url, found.media_type, found.charset, len(found.data)) == (f"{site.url}/page?q=ا", "text/html", "windows-1256", 2000)
    told = found.about
    assert (told["status"], told["reason"], told["version"], told["address"], told["redirects"]) == (
        200,
        "Said",
        "1.1",
        "127.0.0.1",
        [moved],
    )
    assert [value for name, value in told["headers"] if name == "X-Twice"] == ["1", "2"]


def test_an_address_that_is_no_ascii_is_asked_for_in_utf8(site):
    site.says("/%D8%AE%D8%A8%D8%B1", "here")
    assert fetching.fetch(f"{site.url}/خبر").data == b"here"


def test_a_server_is_told_who_asks_and_for_which_host(site):
    site.says("/", "x")
    fetching.fetch(site.url)
    asked = site.requests[0].headers
    assert asked["host"] == f"127.0.0.1:{site.port}"
    assert asked["user-agent"].startswith("Isnad/")


@pytest.mark.parametrize(("status", "said"), [(404, "404"), (410, "410"), (500, "500"), (206, "206"), (300, "300")])
def test_another_answer_than_the_page_is_none(site, status, said):
    failure = why(site.says("/page", "x", status))
    assert (failure.why, failure.status) == (Why.ANSWERED, status)
    assert said in str(failure)


@pytest.mark.parametrize(
    ("said", "seconds"),
    [("120", 120), ("Mon, 02 Jan 2023 00:01:00 GMT", 60), ("Mon, 02 Jan 2006 00:00:00 GMT", 0), ("soon", None), ("99999999", 604800)],
)
def test_what_a_server_asks_to_wait_is_told(site, said, seconds):
    url = site.says("/busy", status=503, headers={"Retry-After": said})
    with travel("2023-01-02T00:00:00Z", tick=False):
        wait = why(url).wait
    assert (None if wait is None else wait.total_seconds()) == seconds


def test_what_has_not_changed_is_not_sent_again(site):
    url = site.knows("/page", "x", etag='"1"', modified="Mon, 02 Jan 2023 00:00:00 GMT")
    first = fetching.fetch(url)
    again = fetching.fetch(url, FetchOptions(known=first.known))
    assert (first.unchanged, again.unchanged, again.data) == (False, True, b"")
    assert fetching.fetch(url, FetchOptions(known=Known(url=url, etag='"0"'))).data == b"x"


def test_the_validators_of_one_address_are_not_shown_to_another(site):
    site.knows("/there", "x", etag='"1"')
    url = site.says("/here", status=302, headers={"Location": "/there"})
    fetching.fetch(url, FetchOptions(known=Known(url=url, etag='"1"')))
    assert [request.headers.get("if-none-match") for request in site.requests] == ['"1"', None]


def test_who_was_not_asked_for_changes_only_and_says_that_nothing_changed_has_sent_nothing(site):
    assert why(site.says("/page", status=304)).status == 304


# ── so far


def test_a_loop_is_left_at_once(site):
    site.says("/one", status=302, headers={"Location": "/two"})
    assert why(site.says("/two", status=302, headers={"Location": "/one"})).why is Why.REDIRECTS
    assert site.paths == ["/two", "/one"]


def test_a_long_way_is_left_in_the_middle(site):
    for number in range(20):
        site.says(f"/{number}", status=307, headers={"Location": f"/{number + 1}"})
    assert why(f"{site.url}/0").why is Why.REDIRECTS
    assert len(site.paths) == 6


@pytest.mark.parametrize("to", ["javascript:alert(1)", "file:///etc/hosts", "ftp://example.org/", "http://a b/", "http://[::1"])
def test_a_redirection_out_of_the_web_is_not_followed(site, to):
    assert why(site.says("/page", status=302, headers={"Location": to})).why is Why.REDIRECTS


@pytest.mark.parametrize(
    ("to", "reason"), [("http://10.0.0.1/", Why.INSIDE), ("http://[::1]/", Why.INSIDE), ("http://example.org:22/", Why.PORT)]
)
def test_a_redirection_inside_is_not_followed(site, to, reason):
    assert why(site.says("/page", status=302, headers={"Location": to})).why is reason


def test_what_is_to_be_done_first_is_done_before_each_address(site):
    site.says("/there", "x")
    asked = []
    fetching.fetch(site.says("/here", status=302, headers={"Location": "/there"}), FetchOptions(before=asked.append))
    assert asked == [f"{site.url}/here", f"{site.url}/there"]


# ── so much


def test_a_page_that_is_too_large_is_left(site, settings):
    settings.MAX_TEXT_BYTES = 1024
    assert why(site.says("/page", "x" * 1025)).why is Why.TOO_LARGE
    assert len(fetching.fetch(site.says("/page", "x" * 1024)).data) == 1024


@pytest.mark.parametrize(
    "packed", [gzip.compress(b"page" * 999, mtime=0), zlib.compress(b"page" * 999), zlib.compress(b"page" * 999)[2:-4]]
)
def test_a_packed_page_is_unpacked(site, packed):
    encoding = "gzip" if packed[:2] == b"\x1f\x8b" else "deflate"
    assert fetching.fetch(site.says("/page", packed, headers={"Content-Encoding": encoding})).data == b"page" * 999


def test_a_page_in_several_packets_is_whole(site):
    packed = gzip.compress(b"one", mtime=0) + gzip.compress(b"two", mtime=0) + b"\0" * 9
    assert fetching.fetch(site.says("/page", packed, headers={"Content-Encoding": "gzip"})).data == b"onetwo"


def test_a_bomb_is_stopped_while_it_is_unpacked(site, settings, monkeypatch):
    settings.MAX_TEXT_BYTES = 1024 * 1024
    bomb = gzip.compress(b"\0" * 200_000_000, compresslevel=1)
    unpacked, sizes = bodies._Unpacking.unpacked, []

    def counted(self, piece):
        for part in unpacked(self, piece):
            sizes.append(len(part))
            yield part

    monkeypatch.setattr(bodies._Unpacking, "unpacked", counted)
    assert why(site.says("/page", bomb, headers={"Content-Encoding": "gzip"})).why is Why.TOO_LARGE
    assert settings.MAX_TEXT_BYTES < sum(sizes) <= settings.MAX_TEXT_BYTES + bodies.PIECE


@pytest.mark.parametrize(
    ("encoding", "data"),
    [
        ("br", b"x"),
        ("gzip, gzip", b"x"),
        ("gzip", b"no gzip"),
        ("gzip", gzip.compress(b"page" * 99, mtime=0)[:-9]),
        ("deflate", b"\xff\xff"),
    ],
)
def test_what_cannot_be_unpacked_is_broken(site, encoding, data):
    assert why(site.says("/page", data, headers={"Content-Encoding": encoding})).why is Why.BROKEN


@pytest.mark.parametrize("length", ["5", "5000"])
def test_a_page_of_another_length_than_was_said_is_broken(site, length):
    assert why(site.says("/page", "x" * 2000, headers={"Content-Length": length})).why is Why.BROKEN


def test_a_page_of_no_said_length_ends_with_the_line(site):
    assert len(fetching.fetch(site.says("/page", "x" * 2000, headers={"Content-Length": None})).data) == 2000


def test_a_page_in_pieces_that_breaks_off_is_broken(site):
    head = b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n"
    whole = site.does("/whole", lambda line, request: line.sendall(head + b"0\r\n\r\n"))
    part = site.does("/part", lambda line, request: line.sendall(head + b"a\r\nhe"))
    assert fetching.fetch(whole).data == b"hello"
    assert why(part).why is Why.BROKEN


# ── so long


_BEGUN = b"HTTP/1.1 200 OK\r\nContent-Type: text/plain\r\n"


@pytest.mark.parametrize(
    ("after", "drop"),
    [
        (b"", b""),
        (b"HTTP/1.1 2", b""),
        (_BEGUN, b"X-More: 1\r\n"),
        (_BEGUN + b"Content-Length: 9999\r\n\r\n", b""),
        (_BEGUN + b"Content-Length: 9999\r\n\r\n", b"x"),
        (_BEGUN + b"\r\n", b"x"),
        (_BEGUN + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\nx\r\n"),
    ],
)
def test_who_stalls_is_left_when_the_time_is_up(site, after, drop):
    began = time.monotonic()
    assert why(site.stalls("/page", after=after, drop=drop)).why is Why.TIMEOUT
    assert time.monotonic() - began < 10  # a second, and what a busy machine adds; they would stall for ever


def test_a_name_that_is_looked_up_for_ever_is_left_too(site):
    let_go, ended = threading.Event(), threading.Event()

    def look_up(host, port):
        let_go.wait(60)
        ended.set()
        return []

    assert why("http://slow.example/", look_up=look_up).why is Why.TIMEOUT
    assert not ended.is_set()
    let_go.set()
    assert ended.wait(60)  # its thread ends


def test_who_hangs_up_or_is_not_there_is_unreachable(site):
    assert why(site.does("/page", lambda line, request: None)).why is Why.UNREACHABLE
    site.server.server_close()
    assert why(f"{site.url}/page").why is Why.UNREACHABLE


def test_nonsense_is_broken(site):
    assert why(site.does("/page", lambda line, request: line.sendall(b"SSH-2.0-nonsense\r\n"))).why is Why.BROKEN
