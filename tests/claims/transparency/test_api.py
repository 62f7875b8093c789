"""What lets others check the log, over HTTP: in the public formats, and only as much as the reader may see."""

from base64 import b64decode

import pytest
from rest_framework.test import APIClient

from claims import tree
from claims.models import Checkpoint, Position
from claims.transparency import bundles, checkpoints, keys, signed_notes
from claims.tree import tiles
from tests import make
from tests.claims.tree import consistency

pytestmark = pytest.mark.django_db
HERE = "/api/v1/"


@pytest.fixture
def reader() -> APIClient:
    client = APIClient()
    client.force_authenticate(make.user())
    return client


@pytest.fixture
def claims() -> list:
    """Nine claims, signed after four and after all."""
    made = [make.recorded() for _ in range(4)]
    checkpoints.make()
    made += [make.recorded() for _ in range(5)]
    checkpoints.make()
    return made


@pytest.mark.parametrize("accept", ["*/*", "text/plain", "text/html, */*;q=0.1"])
def test_the_head_is_a_signed_note(reader, claims, accept: str):
    answer = reader.get(f"{HERE}checkpoint/", headers={"Accept": accept})
    assert answer["Content-Type"] == "text/plain; charset=utf-8"
    assert signed_notes.read(answer.content.decode(), keys.ring().verifiers).size == 9


def test_the_head_is_json_where_that_is_asked_for(reader, claims):
    told = reader.get(f"{HERE}checkpoint/", headers={"Accept": "application/json"}).json()
    assert (told["size"], told["note"]) == (9, checkpoints.newest().note)
    assert b64decode(told["root"]) == bytes(checkpoints.newest().root)
    assert told["keys"] == [str(key) for key in keys.ring().verifiers]
    assert reader.get(f"{HERE}checkpoint/?format=json").status_code == 400  # Accept is the one way to ask for it


def test_the_first_head_is_made_when_it_is_asked_for(reader):
    make.recorded()
    assert b"\n1\n" in reader.get(f"{HERE}checkpoint/").content


def test_growth_is_proved(reader, claims):
    old, new = Checkpoint.objects.order_by("size")
    for query in ("from=4", "from=4&to=9"):
        told = reader.get(f"{HERE}checkpoint/consistency/?{query}").json()
        assert (told["from"], told["to"]) == (4, 9)
        assert consistency.extends(4, bytes(old.root), 9, bytes(new.root), [b64decode(hash) for hash in told["proof"]])


@pytest.mark.parametrize("query", ["", "from=-1", "from=5&to=4", "from=4&to=10", "from=10", "from=x", "from=1&too=2", "from=1&to=1e9"])
def test_sizes_that_never_were_are_refused(reader, claims, query: str):
    assert reader.get(f"{HERE}checkpoint/consistency/?{query}").status_code == 400


def test_tiles_hold_the_leaves(reader, claims):
    leaves = [bytes(leaf) for leaf in Position.objects.order_by("position").values_list("leaf", flat=True)]
    answer = reader.get(f"{HERE}tile/0/000.p/9")
    assert answer["Content-Type"] == "application/octet-stream"
    assert tiles.split(answer.content) == leaves
    assert tiles.split(reader.get(f"{HERE}tile/0/000.p/5").content) == leaves[:5]


def test_entries_make_the_leaves(reader, claims):
    data, found = reader.get(f"{HERE}tile/entries/000.p/9").content, []
    while data:
        length = int.from_bytes(data[:2])
        found.append(tree.leaf_hash(data[2 : 2 + length]))
        data = data[2 + length :]
    assert found == tiles.split(checkpoints.leaves(0, 9))


def test_full_tiles_are_there_at_every_level(reader):
    for _ in range(260):
        make.recorded()
    checkpoints.make()
    first = reader.get(f"{HERE}tile/0/000").content
    assert len(first) == 256 * 32
    assert reader.get(f"{HERE}tile/1/000.p/1").content == tree.root_of(tiles.split(first))
    assert len(reader.get(f"{HERE}tile/0/001.p/4").content) == 4 * 32


@pytest.mark.parametrize(
    "place", ["0/000", "0/000.p/10", "0/000.p/0", "0/000.p/257", "0/001", "1/000", "0/x000/000.p/99", "0/7", "8/000", "0/", "9/000.p/1"]
)
def test_tiles_that_are_not_there_are_not_found(reader, claims, place: str):
    assert reader.get(f"{HERE}tile/{place}").status_code == 404


def test_a_claims_proof_is_the_bundle(reader, claims):
    told = reader.get(f"{HERE}claims/{claims[2]}/proof/").json()
    assert bundles.check(told).size == 9
    assert told["events"][0]["position"] == 2


def test_a_proof_covers_what_happened_a_moment_ago(reader, claims):
    newest = make.recorded()
    told = reader.get(f"{HERE}claims/{newest}/proof/").json()
    assert bundles.check(told).size == 10


def test_only_those_who_are_signed_in_see_data(claims, settings):
    addresses = ["checkpoint/", "checkpoint/consistency/?from=4", "tile/0/000.p/9", "tile/entries/000.p/9", f"claims/{claims[0]}/proof/"]
    assert {APIClient().get(HERE + address).status_code for address in addresses} == {401}
    settings.PUBLIC_READ = True
    assert [APIClient().get(HERE + address).status_code for address in addresses] == [200, 200, 200, 401, 401]


def test_a_log_that_is_not_the_signed_one_is_a_problem(reader, settings, tmp_path):
    claim = make.recorded()
    settings.SIGNING_KEY = "nonsense"
    answer = reader.get(f"{HERE}claims/{claim}/proof/")
    assert (answer.status_code, answer["Content-Type"]) == (503, "application/problem+json")
    assert reader.get(f"{HERE}checkpoint/").json()["detail"].startswith("The signing key cannot be read")
