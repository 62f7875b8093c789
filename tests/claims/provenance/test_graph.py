"""Accounts fold into the origins they go back to."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from claims.provenance import graph
from claims.provenance.graph import Account, Lead


def account(*hops, called=None, **more):
    return Account(id=called or "/".join(hops), hops=hops, **more)


def found(*accounts, known=None):
    return [origin.names for origin in graph.fold_origins(accounts, known).independent]


def test_twelve_papers_that_quote_one_agency_are_one_origin():
    papers = [account(f"صحيفة {n}", spelling) for n, spelling in enumerate(["رويترز", "وكالة رويترز", "رويتــرز"] * 4)]
    told = graph.fold_origins(papers)
    assert [origin.names for origin in told.independent] == [("رويترز",)]
    assert told.accounts == 12
    assert told.independent[0].leads[0] == Lead("صحيفة 0/رويترز", ("صحيفة 0", "رويترز"))


@pytest.mark.parametrize(
    ("accounts", "names"),
    [
        ([account("الغد")], [("الغد",)]),
        ([account("الغد"), account("الرأي")], [("الرأي",), ("الغد",)]),
        ([account("الغد", "فرانس برس", "الوزير"), account("الرأي", "الوزير")], [("الوزير",)]),
        # what the agency itself has from the minister, the papers that quote the agency have from him
        ([account("الغد", "فرانس برس"), account("فرانس برس", "الوزير")], [("الوزير",)]),
        ([account("الغد", "فرانس برس"), account("الرأي", "رويترز")], [("رويترز",), ("فرانس برس",)]),
        ([account("The Harbour Gazette"), account("the harbour  gazette")], [("The Harbour Gazette",)]),
        ([account("Gazette", "Reuters news agency"), account("Herald", "Reuters")], [("Reuters",)]),
        # nobody in particular is the word of whoever says so
        ([account("الغد", "مصادر مطلعة"), account("الرأي", "مصادر مطلعة")], [("الرأي",), ("الغد",)]),
        ([account("الغد", "███")], [("الغد",)]),
        ([account("", "  ")], []),
        ([], []),
    ],
)
def test_chains_fold_at_the_name_where_they_end(accounts, names):
    assert sorted(found(*accounts)) == sorted(names)


def test_names_that_the_tables_know_to_be_one_are_one():
    known = {graph.key(name): ("speaker 7", "رويترز") for name in ("رويترز", "Reuters")}
    assert found(account("الغد", "Reuters"), account("Gazette", "رويترز"), account("Reuters"), known=known) == [("رويترز",)]


def test_one_text_in_two_papers_is_one_origin_and_both_are_named():
    assert found(account("الغد", text="t"), account("الرأي", text="t")) == [("الرأي", "الغد")]


def test_what_one_reader_of_a_text_saw_of_its_source_holds_of_its_copies():
    assert found(account("الغد", "رويترز", text="t"), account("الرأي", text="t")) == [("رويترز",)]


def test_one_page_under_two_names_is_one_origin():
    assert found(account("الغد", document="//example.org/a"), account("example.org", document="//example.org/a")) == [
        ("example.org", "الغد")
    ]


def test_two_that_have_it_from_each_other_are_a_circle():
    told = graph.fold_origins([account("الغد", "الرأي"), account("الرأي", "الغد")])
    assert [(origin.names, origin.circle) for origin in told.independent] == [(("الرأي", "الغد"), ("الرأي", "الغد", "الرأي"))]


def test_a_longer_circle_is_told_in_its_order():
    [origin] = graph.fold_origins([account("ا", "ج"), account("ج", "ب"), account("ب", "ا"), account("د", "ا")]).independent
    assert origin.circle == ("ا", "ج", "ب", "ا")
    assert {lead.account for lead in origin.leads} == {"ا/ج", "ج/ب", "ب/ا", "د/ا"}


def test_a_circle_that_somebody_outside_stands_behind_is_none():
    [origin] = graph.fold_origins([account("الغد", "الرأي"), account("الرأي", "الغد"), account("الغد", "الوزير")]).independent
    assert (origin.names, origin.circle) == (("الوزير",), ())


def test_the_own_document_over_again_is_told():
    own = account("الغد", called="own", own=True, document="d", text="t")
    assert graph.fold_origins([own, account("الرأي", called="copy", text="t"), account("الغد", called="same", document="d")]).returning == (
        "copy",
        "same",
    )
    assert graph.fold_origins([own, account("الرأي", called="other", text="u", document="e")]).returning == ()


NAMES = st.sampled_from(["ا", "ب", "ج", "د", "ه"])
ACCOUNTS = st.lists(
    st.builds(
        lambda number, hops, text, page: Account(id=str(number), hops=tuple(hops), text=text, document=page),
        st.integers(0, 999),
        st.lists(NAMES, min_size=1, max_size=4),
        st.sampled_from(["", "", "t", "u"]),
        st.sampled_from(["", "", "d", "e"]),
    ),
    max_size=8,
    unique_by=lambda account: account.id,
)


@given(ACCOUNTS, st.randoms())
def test_the_order_of_the_accounts_makes_no_difference(accounts, chance):
    mixed = list(accounts)
    chance.shuffle(mixed)
    assert graph.fold_origins(mixed) == graph.fold_origins(accounts)


@given(ACCOUNTS)
def test_every_account_leads_somewhere_and_its_way_ends_there(accounts):
    told = graph.fold_origins(accounts)
    assert told.accounts == len(accounts)
    for origin in told.independent:
        assert all(lead.path[-1] in origin.names for lead in origin.leads)
        assert len(set(origin.circle)) == 0 or origin.circle[0] == origin.circle[-1]
        assert set(origin.circle) <= set(origin.names)


@given(st.lists(st.sampled_from(["ا", "ب", "ج", "مصادر", "", "  ا "]), max_size=5))
def test_one_account_alone_folds_as_beside_its_copy(hops):
    alone, twice = (
        graph.fold_origins([account(*hops, called="a")]),
        graph.fold_origins([account(*hops, called="a"), account(*hops, called="b")]),
    )
    assert [(o.names, o.circle) for o in alone.independent] == [(o.names, o.circle) for o in twice.independent]
    assert [o.leads[0] for o in alone.independent] == [o.leads[0] for o in twice.independent]


@given(ACCOUNTS.filter(bool), st.data())
def test_a_copy_of_a_known_origin_never_adds_one(accounts, data):
    before = graph.fold_origins(accounts).independent
    carriers = data.draw(st.lists(NAMES | st.just("و"), max_size=3))
    name = data.draw(st.sampled_from([name for origin in before for name in origin.names]))
    copy = account(*carriers, name, called="copy")
    assert len(graph.fold_origins([*accounts, copy]).independent) <= len(before)
    text = data.draw(st.sampled_from([account.text for account in accounts]))
    if text:
        assert len(graph.fold_origins([*accounts, account("و", called="copy", text=text)]).independent) <= len(before)


@given(ACCOUNTS)
def test_one_who_leans_on_nobody_known_adds_one(accounts):
    before = len(graph.fold_origins(accounts).independent)
    assert len(graph.fold_origins([*accounts, account("ز", "و", called="new")]).independent) == before + 1
