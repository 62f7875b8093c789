"""A user name stays whose it is: nobody else is given one that an account has had, or that stands in the log."""

import threading
from io import StringIO
from unicodedata import normalize

import pytest
from django.contrib.auth.models import User
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, connections, transaction
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from hypothesis import example, given
from hypothesis import strategies as st

from claims import ledger
from claims.ledger import usernames
from claims.ledger.usernames import NameReserved
from claims.models import AccountName, Loaded
from config.management.commands import up
from sources.roles import Actor, Role, actor_of
from tests import make
from tests.claims.exchange.test_backup import exported, loaded, somewhere_else  # noqa: F401 - a fixture


@given(st.text(max_size=30))
@example("α\u0345\u0302")
@example("Ａ\u0345ß")
def test_a_name_is_one_name_in_whatever_form_and_case(name):
    key = usernames.key_of(name)
    assert usernames.key_of(key) == key
    for form in ("NFC", "NFD", "NFKC", "NFKD"):
        assert usernames.key_of(normalize(form, name)) == key
        assert usernames.key_of(normalize("NFD", name).casefold()) == key


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["salma", "SALMA", "ｓalma", "Ｓａｌｍａ"])
def test_a_name_in_the_log_is_given_to_no_new_account(name):
    make.recorded(by=Actor("Salma", roles=frozenset({Role.REPORTER})))
    with pytest.raises(NameReserved), transaction.atomic():
        User.objects.create_user(name)
    assert not User.objects.exists()


@pytest.mark.django_db
def test_a_name_is_read_from_the_log_whether_it_has_its_place_there_or_not():
    make.recorded(by=Actor("sealed", roles=frozenset({Role.REPORTER})))
    ledger.seal()
    make.user(name="first")  # the log was read up to here
    make.recorded(by=Actor("pending", roles=frozenset({Role.REPORTER})))
    ledger.seal()
    make.recorded(by=Actor("later", roles=frozenset({Role.REPORTER})))
    for name in ("sealed", "pending", "later"):
        with pytest.raises(NameReserved):
            make.user(name=name)
    make.user(name="never")


@pytest.mark.django_db
def test_an_account_that_writes_keeps_its_name_and_may_be_saved():
    user = make.user(Role.REPORTER, "rami")
    make.recorded(by=actor_of(user))
    user.first_name = "Rami"
    user.save()
    user.username = "RAMI"
    user.save()


@pytest.mark.django_db
def test_a_former_name_is_only_its_own_accounts_to_take_again():
    user = make.user(name="mona")
    user.username = "mona.haddad"
    user.save()
    with pytest.raises(NameReserved), transaction.atomic():
        make.user(name="Mona")
    other = make.user(name="rula")
    other.username = "mona"
    with pytest.raises(NameReserved), transaction.atomic():
        other.save()
    user.username = "mona"
    user.save()
    assert User.objects.get(pk=user.pk).username == "mona"


@pytest.mark.django_db
def test_the_name_of_a_deleted_account_is_given_to_nobody():
    make.user(name="gone").delete()
    with pytest.raises(NameReserved):
        make.user(name="gone")


@pytest.mark.django_db
@pytest.mark.parametrize("name", ["isnad", "Isnad", "ISNAD"])
def test_the_programs_own_name_is_nobodys(name):
    with pytest.raises(NameReserved):
        make.user(name=name)


@pytest.mark.django_db
def test_two_names_that_are_one_are_not_both_given():
    make.user(name="strasse")
    with pytest.raises(NameReserved):
        make.user(name="Straße")


def test_of_two_who_take_one_name_at_once_one_gets_it(committed_db):
    together, outcomes = threading.Barrier(6), []

    def make_one(name):
        try:
            together.wait()
            outcomes.append(User.objects.create_user(name).pk)
        except NameReserved:
            outcomes.append(None)
        finally:
            connections.close_all()

    threads = [threading.Thread(target=make_one, args=(name,)) for name in ("ana", "Ana", "aNa", "anA", "ANA", "AnA")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len([pk for pk in outcomes if pk]) == 1
    assert list(User.objects.values_list("pk", flat=True)) == [pk for pk in outcomes if pk]


@pytest.mark.django_db
def test_the_refusal_is_a_sentence_in_the_forms_of_the_admin_and_on_the_command_line():
    make.recorded(by=Actor("salma", roles=frozenset({Role.REPORTER})))
    own = Client()
    own.force_login(User.objects.create_superuser("chief"))
    password = {"password1": "a long passw0rd", "password2": "a long passw0rd", "usable_password": "true"}
    added = own.post("/admin/auth/user/add/", {"username": "Salma", **password})
    assert "it stands in the history" in added.content.decode()
    other = make.user(name="rula")
    page = own.get(f"/admin/auth/user/{other.pk}/change/")
    asked = page.context["adminform"].form.initial
    sent = {name: value for name, value in asked.items() if value not in (None, False, [])} | {"groups": [g.pk for g in asked["groups"]]}
    dates = {"date_joined_0": "2026-01-01", "date_joined_1": "10:00:00"}
    changed = own.post(f"/admin/auth/user/{other.pk}/change/", {**sent, **dates, "username": "salma"})
    assert "it stands in the history" in changed.content.decode()
    same = own.post(f"/admin/auth/user/{other.pk}/change/", {**sent, **dates, "username": "rula", "first_name": "Rula"})
    assert same.status_code == 302, same.context["errors"]
    assert list(User.objects.order_by("pk").values_list("username", flat=True)) == ["chief", "rula"]
    with pytest.raises(CommandError, match="it stands in the history"):
        call_command("createsuperuser", "--noinput", "--username", "salma", "--email", "a@desk.example", stderr=StringIO())


def test_a_copy_brings_its_names_and_says_how_far_it_goes(committed_db, somewhere_else):  # noqa: F811
    make.recorded(by=make.actor(Role.REPORTER, "huda"))
    written = exported()
    with somewhere_else():
        admin = make.user(Role.EDITOR, "chief")
        loaded(written)
        assert Loaded.objects.get().through == 0
        with pytest.raises(NameReserved):
            make.user(name="huda")
        make.recorded(by=actor_of(admin))
        twice = exported()
    with somewhere_else():  # what was loaded there and what was written there are both from elsewhere here
        huda = make.user(Role.EDITOR, "huda")  # whoever has the name before the copy comes keeps it
        loaded(twice)
        assert Loaded.objects.get().through == 1
        assert AccountName.objects.get(key="huda").account == huda.pk
        with pytest.raises(NameReserved):
            make.user(name="chief")


@pytest.mark.django_db
@pytest.mark.parametrize("statement", ["UPDATE claims_loaded SET through = -1", "DELETE FROM claims_loaded"])
def test_how_far_the_log_came_from_elsewhere_is_never_changed(statement):
    Loaded.objects.create(through=7)
    with pytest.raises(DatabaseError, match="claims_loaded"), connection.cursor() as cursor:
        cursor.execute(statement)


@pytest.mark.django_db
def test_the_first_administrator_after_a_copy_with_an_admin_has_another_name():
    make.recorded(by=Actor("admin", roles=frozenset({Role.REPORTER})))
    out = StringIO()
    up.Command(stdout=out)._first_administrator()
    assert "First administrator: admin2," in out.getvalue()
    assert User.objects.get().username == "admin2"


def test_an_install_of_before_has_its_names_reserved_and_knows_what_was_loaded(committed_db):
    executor = MigrationExecutor(connection)
    names = [name for app, name in executor.loader.graph.nodes if app == "claims"]
    [ours] = [name for name in names if name.endswith("names_stay_whose_they_are")]
    [(_app, before)] = [parent for parent in executor.loader.get_migration("claims", ours).dependencies if parent[0] == "claims"]
    make.user(name="Layla")
    make.recorded(by=Actor("huda", roles=frozenset({Role.REPORTER})))
    ledger.seal()
    executor.migrate([("claims", before)])
    with connection.cursor() as cursor:
        cursor.execute("UPDATE django_migrations SET applied = now() + interval '1 second' WHERE app = 'claims'")
    MigrationExecutor(connection).migrate([("claims", max(names))])
    assert dict(AccountName.objects.values_list("key", "account")) == {"isnad": None, "huda": None, "layla": User.objects.get().pk}
    assert Loaded.objects.get().through == 0
    with pytest.raises(NameReserved):
        make.user(name="HUDA")
