"""A feed gives its entries, each captured with what it says of itself; a bad one does not cost the others."""

import contextlib

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sources.capturing.capture import Captured, EmptyText
from sources.importers import feed
from sources.models import Document
from tests.make import REPORTER

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/">
<channel>
<title>صحيفة المرفأ</title><link>https://news.example/</link><language>ar</language>
<item><title>المرفأ يستقبل &lt;b&gt;سفينتين&lt;/b&gt;</title><link>https://news.example/1</link><guid>n1</guid>
<dc:creator>هدى سالم</dc:creator>
<pubDate>Sat, 31 Dec 2022 23:30:00 -0500</pubDate><description>موجز.</description>
<content:encoded><![CDATA[<p>قالت إدارة المرفأ إن سفينتين وصلتا أمس.</p>
<script>evil()</script><p>وستصل ثالثة غدا.</p>]]></content:encoded></item>
<item><title>بلا نص</title><link>https://news.example/2</link><pubDate>not a date</pubDate></item>
<item><title>قصير</title><link>javascript:alert(1)</link><pubDate>Sun, 01 Jan 2023 08:00:00 GMT</pubDate>
<description>أعلنت البلدية إغلاق الجسر.</description></item>
</channel></rss>"""
ATOM = """<?xml version="1.0"?><feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en"><title>Harbour News</title>
<entry><title>Two ships arrive</title><id>urn:1</id><link href="https://harbour.example/a"/><updated>2023-01-02T01:00:00+03:00</updated>
<author><name>Ann Lee</name></author><content type="html">&lt;p&gt;Two ships arrived, the port said.&lt;/p&gt;</content></entry></feed>"""


@pytest.mark.parametrize(
    ("data", "media_type", "is_one"),
    [
        (RSS, "", True),
        (ATOM, "text/xml", True),
        ("<!-- hello --><rss/>", "", True),
        ("anything", "application/rss+xml", True),
        ("<!doctype html><html><body>rss</body></html>", "", False),
        ("قال الوزير إن <rss> صيغة", "", False),
    ],
)
def test_a_feed_is_known_by_how_it_begins(data, media_type, is_one):
    assert feed.looks_like_feed(data.encode(), media_type) is is_one


def test_an_entry_has_the_whole_text_where_the_feed_carries_it():
    first, _, third = feed.read(RSS.encode()).entries
    assert first.text == "قالت إدارة المرفأ إن سفينتين وصلتا أمس.\n\nوستصل ثالثة غدا."
    assert third.text == "أعلنت البلدية إغلاق الجسر."
    assert (first.title, first.authors, first.url) == ("المرفأ يستقبل سفينتين", ["هدى سالم"], "https://news.example/1")


def test_an_entry_is_published_on_the_day_of_its_own_time_zone():
    assert [entry.published for entry in feed.read(RSS.encode()).entries] == ["2022-12-31", None, "2023-01-01"]
    assert feed.read(ATOM.encode()).entries[0].published == "2023-01-02"


@pytest.mark.parametrize("day", ["0000-00-00T00:00:00Z", "2023-13-45", "2023-02-30 10:00"])
def test_a_day_that_is_none_is_left_out(day):
    data = f"<rss><channel><item><title>خبر</title><pubDate>{day}</pubDate></item></channel></rss>".encode()
    assert feed.read(data).entries[0].published is None


def test_an_address_that_is_none_is_left_out():
    assert feed.read(RSS.encode()).entries[2].url == ""


@pytest.mark.parametrize("data", [b"<rss></rss>", b"<feed", b"nothing of the kind", RSS.encode()[:200]])
def test_what_has_no_entries_is_no_feed(data):
    with pytest.raises(feed.NoFeed):
        feed.read(data)


def test_nothing_is_an_empty_text():
    with pytest.raises(EmptyText):
        feed.read(b"  \n ")


def test_a_feed_that_breaks_off_gives_what_came_before():
    assert len(feed.read(RSS.encode()[: RSS.encode().index("قصير".encode())]).entries) >= 2


def test_entities_neither_grow_nor_reach_out():
    bomb = '<?xml version="1.0"?><!DOCTYPE rss [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">'
    bomb += '<!ENTITY x SYSTEM "file:///etc/hostname">]><rss><channel><item><title>&b;&x;</title><description>t</description></item></channel></rss>'
    try:
        titles = [entry.title for entry in feed.read(bomb.encode()).entries]
    except feed.NoFeed:
        return
    assert all(len(title) < 200 for title in titles)


@given(st.binary(max_size=400))
def test_any_bytes_are_a_feed_or_refused(data):
    with contextlib.suppress(ValueError):
        assert feed.read(b"<rss>" + data).entries


@pytest.mark.django_db
def test_each_entry_is_a_document_and_a_bad_one_does_not_cost_the_others():
    taken = list(feed.capture_entries(RSS.encode(), by=REPORTER))
    assert [isinstance(what, Captured) for _, what in taken] == [True, False, True]
    assert isinstance(taken[1][1], EmptyText)
    first = Document.objects.get(url="https://news.example/1")
    assert (first.outlet.name, first.language, first.published["edtf"], first.authors) == ("صحيفة المرفأ", "ar", "2022-12-31", ["هدى سالم"])


@pytest.mark.django_db
def test_the_same_feed_again_brings_nothing_new():
    list(feed.capture_entries(RSS.encode(), by=REPORTER))
    again = [what.new for _, what in feed.capture_entries(RSS.encode(), by=REPORTER) if isinstance(what, Captured)]
    assert again == [False, False]
