"""A page gives its article and what its metadata say; scripts never survive, guesses are only offered."""

import pytest

from sources.capturing.capture import BinaryText, EmptyText, NotUTF8
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
    document, snapshot, _ = incoming.capture_bytes(data, by=REPORTER, url="https://www.example.org/a", title="Ours")
    assert (document.title, document.outlet.name, document.published["edtf"]) == ("Ours", "example.org", "2022-12-30")
    assert bytes(snapshot.raw) == data
    assert snapshot.extractor.startswith("trafilatura")
    plain = incoming.capture_bytes("نص".encode(), by=REPORTER).snapshot
    assert (plain.raw, plain.media_type) == (None, "text/plain")
    assert bytes(plain.raw_digest).hex() == plain.digest


# ── pages as they are


def surrounded(article: str, *, head: str = "") -> str:
    """A page as news sites build them: navigation, advertising, related links, captions, sharing, comments."""
    related = "".join(f'<li><a href="/r{n}">خبر آخر رقم {n} لا علاقة له بهذا</a></li>' for n in range(8))
    return f"""<!doctype html><html lang="ar" dir="rtl"><head><meta charset="utf-8"><title>المرفأ - صحيفة الغد</title>{head}</head><body>
    <header><nav><ul><li><a href="/">الرئيسية</a></li><li><a href="/sport">رياضة</a></li></ul></nav></header>
    <div class="ad-banner advert">إعلان: اشترك الآن واحصل على خصم 50 في المئة</div>
    <main><article><h1>المرفأ يستقبل سفينتين</h1>
    <figure><img src="a.jpg" alt="صورة"><figcaption>سفينة في المرفأ (وكالة المدى)</figcaption></figure>
    {article}
    <div class="share-buttons"><a href="#">شارك على فيسبوك</a><a href="#">غرّد</a></div></article>
    <aside class="related"><h3>اقرأ أيضا</h3><ul>{related}</ul></aside>
    <section id="comments"><h3>التعليقات</h3><div class="comment">تعليق قارئ غاضب جدا</div></section></main>
    <footer>جميع الحقوق محفوظة 2022</footer></body></html>"""


PARAGRAPHS = "".join(f"<p>{paragraph}</p>" for paragraph in ARTICLE)


@pytest.mark.parametrize("noise", ["الرئيسية", "إعلان", "خبر آخر", "تعليق قارئ", "جميع الحقوق", "فيسبوك", "سفينة في المرفأ"])
def test_what_surrounds_an_article_is_left_out(noise):
    read = web.read(surrounded(PARAGRAPHS).encode())
    assert all(paragraph in read.text for paragraph in ARTICLE)
    assert noise not in read.text


@pytest.mark.parametrize(
    "broken",
    [
        PARAGRAPHS.replace("</p>", ""),  # paragraphs that are never closed
        "<p>" + "</p></div><p>".join(ARTICLE),  # a div closed that was never opened
        "<div><b><i>" + PARAGRAPHS + "</b></i></span>",  # closed in the wrong order
        PARAGRAPHS.replace("<p>", "<p class=x style='a:b' onclick=alert(1) data->"),
    ],
)
def test_broken_markup_still_gives_the_article(broken):
    text = web.read(surrounded(broken).encode()).text
    assert all(paragraph in text for paragraph in ARTICLE)


def test_a_page_in_a_windows_charset_that_calls_itself_utf_8_is_read():
    data = page().encode("cp1256", "replace")
    assert ARTICLE[0] in web.read(data).text


def test_right_to_left_marks_do_not_disturb():
    marked = "\u202b" + ARTICLE[0].replace("200", "\u200f200\u200f") + "\u202c"
    assert web.read(page().replace(ARTICLE[0], marked).encode()).text == web.read(page().encode()).text


def test_a_page_that_calls_itself_by_the_name_of_a_box_is_still_read():
    text = web.read(page().replace("<body>", '<body class="social ads"><div class="share banner">').encode()).text
    assert all(paragraph in text for paragraph in ARTICLE)


def test_an_amp_page_is_read_and_known_by_its_canonical_address():
    head = '<link rel="canonical" href="https://news.example/a"><script async src="https://cdn.example/v0.js"></script>'
    amp = page(head=head).replace("<html ", "<html amp ").replace("<nav>", "<amp-sidebar><nav>").replace("</nav>", "</nav></amp-sidebar>")
    amp = amp.replace("<article>", '<article><amp-img src="a.jpg" width="1" height="1"></amp-img><amp-ad type="x">إعلان</amp-ad>')
    read = web.read(amp.encode())
    assert all(paragraph in read.text for paragraph in ARTICLE)
    assert read.url == "https://news.example/a"
    assert "إعلان" not in read.text


def test_json_ld_names_the_publisher_and_the_authors():
    said = '{"@context":"https://schema.org","@type":"NewsArticle","headline":"قمة","datePublished":"2022-12-30",'
    said += '"author":[{"@type":"Person","name":"هدى سالم"}],"publisher":{"@type":"Organization","name":"صحيفة الغد"}}'
    read = web.read(page(head=LD % said).encode(), url="https://www.example.org/a")
    assert (read.published, read.authors, read.outlet) == ("2022-12-30", ["هدى سالم"], "صحيفة الغد")
