"""The client that openapi-python-client makes of the description walks the road, over HTTP, from an article to a published verdict."""

import importlib
import json
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack
from pathlib import Path
from types import ModuleType
from typing import Any
from uuid import uuid4

import pytest

from sources.api import tokens
from sources.roles import Role
from tests import make
from tests.contract import schema
from tests.test_story import ARTICLE, eventually

NAME = "isnad_client"
# Atom is text to it; whatever else it cannot read fails.
CONFIG = {"package_name_override": NAME, "content_type_overrides": {"application/atom+xml": "text/plain"}, "post_hooks": []}


@pytest.fixture(scope="module")
def made(servers: None, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Path]:
    """The folder with the client."""
    folder = tmp_path_factory.mktemp("client")
    (folder / "schema.json").write_text(json.dumps(schema()))
    (folder / "config.json").write_text(json.dumps(CONFIG))
    argv = [sys.executable, "-m", "openapi_python_client", "generate", "--meta", "none", "--fail-on-warning"]
    argv += ["--path", "schema.json", "--config", "config.json", "--output-path", NAME]
    done = subprocess.run(argv, cwd=folder, capture_output=True, text=True, timeout=300, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    with pytest.MonkeyPatch.context() as patch:
        patch.syspath_prepend(str(folder))
        yield folder / NAME
    for name in [name for name in sys.modules if name.split(".")[0] == NAME]:
        del sys.modules[name]


def module(name: str) -> ModuleType:
    """A module of the client."""
    return importlib.import_module(f"{NAME}.{name}")


def call(client: Any, operation: str, *given: Any, **more: Any) -> Any:
    """What an operation answers: status, headers, and the body as the client's own class."""
    return module(f"api.{operation}").sync_detailed(*given, client=client, **more)


@pytest.fixture
def sign_in(made: Path, committed_db: str, api: str) -> Iterator[Callable[[Role], Any]]:
    """Makes a client with the token of somebody in a role."""
    with ExitStack() as stack:

        def sign_in(role: Role) -> Any:
            token = tokens.make(make.user(role))
            client = module("client").AuthenticatedClient(base_url=api, token=token, raise_on_unexpected_status=True)
            return stack.enter_context(client)

        yield sign_in


def test_the_client_has_a_function_for_every_operation(made):
    wanted = {operation["operationId"].replace("-", "_") for methods in schema()["paths"].values() for operation in methods.values()}
    assert {path.stem for path in (made / "api").glob("*/*.py") if path.stem != "__init__"} == wanted


def test_the_client_walks_from_an_article_to_a_published_verdict(worker, sign_in):
    models = module("models")
    reviewer, editor = sign_in(Role.REVIEWER), sign_in(Role.EDITOR)

    article = models.DocumentHeardRequest(title="تجارة البلدين", text=ARTICLE, outlet="صحيفة الميناء", published="2022-12-31")
    captured = call(reviewer, "documents.documents_create", body=article, idempotency_key="article")
    assert (captured.status_code, captured.parsed.source) == (201, "صحيفة الميناء")
    document = captured.parsed.id
    eventually(lambda: call(reviewer, "documents.documents_retrieve", document).parsed.reading == "done")
    again = call(reviewer, "documents.documents_create", body=article, idempotency_key="article")
    assert (again.parsed.id, again.headers["Idempotency-Replayed"]) == (document, "true")

    listed = call(reviewer, "documents.documents_claims", document).parsed.results
    visit = next(claim for claim in listed if claim.due and claim.due.edtf == "2023-21")
    assert (type(visit), visit.kind) == (models.ClaimListed, models.KindEnum.PREDICTION)

    assert call(reviewer, "claims.claims_accept", visit.id).parsed.status == models.StatusEnum.ACCEPTED
    source = models.EvidenceHeardRequest(stance=models.StanceEnum.REFUTES, url="https://example.org/visit", note="لم يصل أحد")
    evidence = call(reviewer, "claims.claims_evidence", visit.id, body=source).parsed.evidence
    verdict = models.VerdictHeardRequest(rating="did_not", rationale="لم تحدث الزيارة.", evidence=[evidence[0].id])
    assert call(reviewer, "claims.claims_verdict", visit.id, body=verdict).parsed.status == models.StatusEnum.IN_REVIEW

    refused = call(editor, "claims.claims_publish", visit.id)
    assert (refused.status_code, type(refused.parsed)) == (409, models.Problem)
    read = call(editor, "claims.claims_read", visit.id)
    approved = call(editor, "claims.claims_approve", visit.id, if_match=read.headers["ETag"])
    assert approved.parsed.rating == models.RatingEnum.DID_NOT
    published = call(editor, "claims.claims_publish", visit.id)
    assert (published.status_code, published.parsed.status) == (200, models.StatusEnum.PUBLISHED)

    events = call(editor, "claims.claims_events", visit.id).parsed.results
    told = ["ClaimRecorded", "ClaimAccepted", "EvidenceAdded", "VerdictProposed", "VerdictApproved", "ClaimPublished"]
    assert [event.type_ for event in events] == told


def test_the_client_records_a_claim_and_is_told_by_field_what_does_not_fit(sign_in):
    models = module("models")
    reporter = sign_in(Role.REPORTER)
    said = {"statement": "ستبلغ التجارة 200 مليار دولار", "kind": models.KindEnum.PREDICTION, "source": "صحيفة الميناء"}
    nobody = call(reporter, "claims.claims_record", body=models.ClaimHeardRequest(**said))
    assert (nobody.status_code, list(nobody.parsed.errors.additional_properties)) == (400, ["speaker"])
    speaker = {"speaker_type": models.SpeakerTypeEnum.PERSON, "speaker_name": "سامي حداد"}
    recorded = call(reporter, "claims.claims_record", body=models.ClaimHeardRequest(**said, **speaker, due="2023"))
    assert (recorded.status_code, recorded.parsed.due.edtf) == (201, "2023")
    assert recorded.headers["Location"].endswith(f"/api/v1/claims/{recorded.parsed.id}/")
    assert call(reporter, "claims.claims_read", uuid4()).status_code == 404
