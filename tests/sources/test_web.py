"""A page gives its article and what its metadata say; scripts never survive, guesses are only offered."""

import pytest

from sources.capture import BinaryText, EmptyText, NotUTF8
from sources.importers import incoming, web
from tests.make import REPORTER

ARTICLE = (
    "قال وزير التجارة إن التبادل التجاري بين البلدين سيبلغ 200 مليار دولار في العام المقبل.",
    "وأضاف الوزير في مؤتمر صحفي أن الصادرات ارتفعت بنسبة 25 في المئة خلال العام الجاري مقارنة بالعام الماضي.",
)


def page(*, head: str = "", body: str = "", meta: str = '<meta charset="utf-8">') -> str:
    paragraphs = "".join(f"<p>{paragraph}</p>" for paragraph in ARTICLE)
    return (
        f'<!doctype html><html lang="ar"><head>{meta}<title>قمة تجارية</title>{head}</head><body><nav><a href="/">الرئيسية</a></nav>'
        f"<article><h1>قمة تجارية</h1>{paragraphs}{body}</article><footer>حقوق</footer></body></html>"
    )


def test_the_article_is_read_without_what_surrounds_it():
    read = web.read(page(head='<meta property="og:site_name" content="صحيفة الغد">').encode(), url="https://www.example.org/a")
    assert all(paragraph in read.text for paragraph in ARTICLE)
    assert "الرئيسية" not in read.text
    assert (read.title, read.outlet, read.language, read.url) == ("قمة تجارية", "صحيفة الغد", "ar", "https://www.example.org/a")


def test_scripts_never_survive():
    evil = "<script>alert('evil')</script><p onclick='evil()'>نص <b>آخر</b><script>evil</script></p>"
    evil += "<style>evil{}</style><noscript>evil</noscript>"
    assert "evil" not in web.read(page(body=evil).encode()).text


LD = '<script type="application/ld+json">%s</script>'


@pytest.mark.parametrize(
    ("head", "body", "published"),
    [
        (
            LD % '{"@type":"NewsArticle","datePublished":"2022-12-30T10:00:00+03:00"}',
            "",
            "2022-12-30",
        ),
        (LD % '{"@graph":[{"@type":["NewsArticle"],"datePublished":"2022-12"}]}', "", "2022-12"),
        (
            LD % "{broken" + '<meta property="article:published_time" content="2022-12-30">',
            "",
            "2022-12-30",
        ),
        ('<meta itemprop="datePublished" content="2022-12-30 09:00">', "", "2022-12-30"),
        ("", '<time datetime="2022-12-30T09:00Z">أمس</time>', "2022-12-30"),
        ("", '<time datetime="2021-01-01">قبل</time><time pubdate datetime="2022-12-30">أمس</time>', "2022-12-30"),
        ('<meta name="date" content="2022-13-45">', "", None),
        ("", "<p>نشر في 31 ديسمبر 2022</p>", None),
        ("", '<time datetime="2021-01-01">قبل</time><time datetime="2022-12-30">أمس</time>', None),
    ],
)
def test_only_metadata_date_a_page(head, body, published):
    assert web.read(page(head=head, body=body).encode()).published == published


def test_a_guessed_date_is_only_offered():
    read = web.read(page(body="<p>Published on 31 December 2022</p>").encode(), url="https://example.org/2022/12/31/a")
    assert read.published is None
    assert read.published_offered


@pytest.mark.parametrize(
    ("charset", "meta", "said"),
    [
        ("utf-8", '<meta charset="windows-1256">', "iso-8859-1"),
        ("utf-8", "", ""),
        ("utf-8-sig", "", ""),
        ("utf-16", '<meta charset="utf-8">', ""),
        ("windows-1256", '<meta charset="windows-1256">', ""),
        ("windows-1256", '<meta charset="utf-8">', "windows-1256"),
        ("windows-1256", '<meta charset="utf-8">', "utf-8"),
        ("windows-1256", '<meta charset="unheard-of">', "utf-7"),
    ],
)
def test_the_charset_is_found_whatever_is_declared(charset, meta, said):
    assert ARTICLE[0] in web.read(page(meta=meta).encode(charset), charset=said).text


@pytest.mark.parametrize(
    ("data", "error"),
    [
        (b"", EmptyText),
        (b"<html>\x00</html>", BinaryText),
        (b"<html></html>", web.NoArticle),
        (b"\xff\xfe<", NotUTF8),
        (b"<!-- -->", web.NoArticle),
    ],
)
def test_what_is_no_page_is_refused(data, error):
    with pytest.raises(error):
        web.read(data)


@pytest.mark.django_db
def test_a_page_is_captured_with_its_bytes_and_a_text_without():
    data = page(head='<meta property="article:published_time" content="2022-12-30">').encode()
    document, snapshot, _ = incoming.take(data, by=REPORTER, url="https://www.example.org/a", title="Ours")
    assert (document.title, document.outlet.name, document.published["edtf"]) == ("Ours", "example.org", "2022-12-30")
    assert bytes(snapshot.raw) == data
    assert snapshot.extractor.startswith("trafilatura")
    plain = incoming.take("نص".encode(), by=REPORTER).snapshot
    assert (plain.raw, plain.media_type) == (None, "text/plain")
    assert bytes(plain.raw_digest).hex() == plain.digest
