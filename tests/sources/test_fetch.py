"""Pages are fetched from the public web only, and only so much of them."""

import threading
from http.server import BaseHTTPRequestHandler, HTTPServer

import pytest

from sources.addresses import NotAnAddress
from sources.importers import fetch


class Site(BaseHTTPRequestHandler):
    def do_GET(self):
        if self.path.startswith("/again"):
            self.send_response(302)
            self.send_header("Location", "/again")
            self.send_header("Content-Length", "0")
        elif self.path.startswith("/moved"):
            self.send_response(301)
            self.send_header("Location", "/page?q=%D8%A7")
            self.send_header("Content-Length", "0")
        elif self.path.startswith("/page"):
            self.send_response(200)
            self.send_header("Content-Type", "text/html; charset=windows-1256")
            self.end_headers()
            self.wfile.write(b"x" * 2000)
            return
        else:
            self.send_response(404)
            self.send_header("Content-Length", "0")
        self.end_headers()

    def log_message(self, *words):
        pass


@pytest.fixture
def site():
    server = HTTPServer(("127.0.0.1", 0), Site)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_how_it_came_is_told(site, monkeypatch):
    monkeypatch.setattr(fetch, "is_public", lambda address: True)
    about = fetch.fetch(f"{site}/moved").about
    assert (about["status"], about["reason"], about["version"], about["address"]) == (200, "OK", "1.0", "127.0.0.1")
    assert ["Content-Type", "text/html; charset=windows-1256"] in about["headers"]
    assert (about["url"], about["redirects"]) == (f"{site}/page?q=%D8%A7", [f"{site}/moved"])


def test_a_page_is_followed_to_where_it_moved(site, monkeypatch):
    monkeypatch.setattr(fetch, "is_public", lambda address: True)
    found = fetch.fetch(f"{site}/moved/ا")
    assert (found.url, found.media_type, found.charset, len(found.data)) == (f"{site}/page?q=%D8%A7", "text/html", "windows-1256", 2000)


@pytest.mark.parametrize(("path", "told"), [("/again", "redirections"), ("/gone", "404"), ("/page", "larger")])
def test_it_stops_in_time(site, monkeypatch, settings, path, told):
    settings.MAX_TEXT_BYTES = 1024
    monkeypatch.setattr(fetch, "is_public", lambda address: True)
    with pytest.raises(fetch.NotFetched, match=told):
        fetch.fetch(site + path)


@pytest.mark.parametrize(
    "url", ["http://127.0.0.1:1/", "http://localhost/", "http://[::1]/", "http://169.254.1.1/", "http://10.0.0.1/", "http://2130706433/"]
)
def test_addresses_that_are_not_public_are_refused(url):
    with pytest.raises(fetch.NotFetched, match="public"):
        fetch.fetch(url)


@pytest.mark.parametrize("url", ["file:///etc/hosts", "ftp://example.org/", "example.org", "http://", "http://a b/"])
def test_other_addresses_are_none(url):
    with pytest.raises(NotAnAddress):
        fetch.fetch(url)


@pytest.mark.parametrize("address", ["::ffff:127.0.0.1", "fe80::1%eth0", "0.0.0.0", "224.0.0.1", "100.64.0.1", "fc00::1", "2002:7f00:1::"])
def test_no_disguise_makes_an_address_public(address):
    assert not fetch.is_public(address)
