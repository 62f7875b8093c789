"""No way leads from an address of the web to this machine and its neighbours."""

import pytest

from sources import fetching
from sources.fetching import NotFetched, Why
from sources.fetching.addresses import NotAnAddress
from sources.fetching.client import FetchOptions
from tests.sources import site as sites


def why(url, **asking):
    with pytest.raises(NotFetched) as failure:
        fetching.fetch(url, FetchOptions(**asking))
    return failure.value.why


@pytest.mark.parametrize(
    "host",
    ["127.0.0.1", "localhost", "[::1]", "169.254.1.1", "10.0.0.1", "2130706433", "0x7f000001", "127.1", "0.0.0.0", "[::ffff:10.0.0.1]"],
)
def test_addresses_that_are_not_public_are_refused(host):
    assert why(f"http://{host}/") is Why.INSIDE


@pytest.mark.parametrize(
    "address",
    [
        *("127.0.0.1", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1", "0.0.0.0", "255.255.255.255"),
        *("224.0.0.1", "198.18.0.1", "192.0.2.1", "240.0.0.1", "::", "::1", "fe80::1%eth0", "fc00::1", "ff02::1", "fec0::1"),
        *("::ffff:127.0.0.1", "::127.0.0.1", "2002:7f00:1::", "2001:0:7f00:1::", "64:ff9b::10.0.0.1", "64:ff9b:1::1", "2001:db8::1"),
    ],
)
def test_no_disguise_makes_an_address_public(address):
    assert not fetching.is_public(address)


@pytest.mark.parametrize("address", ["93.184.216.34", "2606:2800:220:1::1", "::ffff:93.184.216.34", "64:ff9b::93.184.216.34"])
def test_public_addresses_are(address):
    assert fetching.is_public(address)


@pytest.mark.parametrize(
    "url", ["file:///etc/hosts", "ftp://example.org/", "gopher://example.org/", "example.org", "http://", "http://a b/"]
)
def test_other_addresses_are_none(url):
    with pytest.raises(NotAnAddress):
        fetching.fetch(url)


@pytest.mark.parametrize("port", [22, 25, 6379, 5432, 0])
def test_other_ports_than_those_of_pages_are_refused(port):
    assert why(f"http://example.org:{port}/", look_up=lambda host, port: pytest.fail("nobody looks it up")) is Why.PORT


def test_a_name_of_which_one_address_is_inside_is_refused_whole():
    assert why("http://half.example/", look_up=lambda host, port: ["93.184.216.34", "10.0.0.1"]) is Why.INSIDE


def test_a_name_that_nobody_knows_is_told_so():
    def unknown(host, port):
        raise OSError("Name or service not known")

    assert why("http://unknown.example/", look_up=unknown) is Why.UNRESOLVED
    assert why("http://nothing.example/", look_up=lambda host, port: []) is Why.UNRESOLVED


def test_a_name_that_changes_its_address_after_it_was_looked_at_leads_nowhere_else(settings):
    """DNS rebinding: the first answer may be connected to, the second is this machine."""
    answers = iter(["127.0.0.2", "127.0.0.1", "127.0.0.1"])
    looked_up = []

    def rebound(host, port):
        looked_up.append(host)
        return [next(answers)]

    with sites.opened(settings, "127.0.0.2") as site:
        site.says("/page", "outside")
        site.says("/again", status=302, headers={"Location": "/page"})
        url = f"http://rebound.example:{site.port}"
        found = fetching.fetch(f"{url}/page", FetchOptions(look_up=rebound))
        assert (found.data, found.about["address"], looked_up) == (b"outside", "127.0.0.2", ["rebound.example"])
        assert site.requests[0].headers["host"] == f"rebound.example:{site.port}"
        answers = iter(["127.0.0.2", "127.0.0.1"])
        assert why(f"{url}/again", look_up=rebound) is Why.INSIDE


def test_a_site_is_asked_by_its_name_through_tls(settings, tmp_path):
    """SNI and the certificate are the name's, whatever address it has."""
    with sites.opened(settings) as site:
        said = []
        site.does("/", lambda line, request: None)
        settings.FETCH_SECONDS = 1
        import socket
        import threading

        with socket.create_server(("127.0.0.1", 0)) as door:
            settings.FETCH_PORTS = [door.getsockname()[1]]

            def listen():
                line, _ = door.accept()
                with line:
                    said.append(line.recv(4096))

            thread = threading.Thread(target=listen)
            thread.start()
            assert why(f"https://named.example:{door.getsockname()[1]}/", look_up=lambda host, port: ["127.0.0.1"]) is Why.UNREACHABLE
            thread.join()
        assert b"named.example" in said[0]
