#!/usr/bin/env python3
"""Checks a proof of a claim: python3 check_proof.py FILE [PUBLIC KEY]. Needs Python and the package `cryptography`, nothing of Isnad."""

import hashlib
import json
import sys
from base64 import b64decode
from pathlib import Path
from uuid import UUID, uuid5

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

NAMESPACE = UUID("6f1c9c3e-6c1f-5f0a-9d2b-8f1f5e0c7a11")  # a public record's stream is made of its claim's id


def must(holds, sentence):
    if not holds:
        sys.exit(f"NOT PROVED: {sentence}.")


def sha256(data):
    return hashlib.sha256(data).digest()


def signed_head(note, keys):
    """Size and root of the log that a key of the log's own name has signed (C2SP signed-note, tlog-checkpoint)."""
    text, _, signatures = note.partition("\n\n")
    text += "\n"
    origin, size, root = text.split("\n")[:3]
    by = [line.split(" ")[1:] for line in signatures.splitlines()]
    public = {(name, bytes.fromhex(id_)): b64decode(data) for name, id_, data in (key.split("+", 2) for key in keys)}
    good = [(public[name, b64decode(s)[:4]], b64decode(s)[4:]) for name, s in by if name == origin and (name, b64decode(s)[:4]) in public]
    must(good, "none of the keys has signed the head of the log")
    for key, signature in good:
        Ed25519PublicKey.from_public_bytes(key[1:]).verify(signature, text.encode())
    return int(size), b64decode(root)


def root_from(leaf, place, size, proof):
    """The root that the proof leads to (RFC 9162, 2.1.3.2)."""
    last = size - 1
    must(0 <= place <= last, "there is no such position")
    for hash in proof:
        must(last, "a proof is too long")
        if place % 2 or place == last:
            leaf = sha256(b"\x01" + hash + leaf)
            while place % 2 == 0 and place:
                place, last = place >> 1, last >> 1
        else:
            leaf = sha256(b"\x01" + leaf + hash)
        place, last = place >> 1, last >> 1
    must(last == 0, "a proof is too short")
    return leaf


def proved(event, what, head):
    """The entry of an event that is in the log, and the digest of its body as it reads now."""
    size, root = head
    leaf = sha256(b"\x00" + f"{event['sealed_at']}\n{event['entry']}".encode())
    must(root_from(leaf, event["position"], size, map(b64decode, event["proof"])) == root, f"{what} is not in the log")
    return json.loads(event["entry"]), sha256(bytes.fromhex(event["salt"]) + event["body"].encode()).hex()


bundle = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
public, keys = bundle["format"] == "isnad-proof/2", sys.argv[2:] or bundle["keys"]
must(public or bundle["format"] == "isnad-proof/1", "this is no proof of a claim")
must(bundle["events"], "there is no event")
try:  # in the proof of a public record each event has the head that was signed first after it
    heads = {note: signed_head(note, keys) for note in ([e["checkpoint"] for e in bundle["events"]] if public else [bundle["checkpoint"]])}
except InvalidSignature:
    must(False, "the signature of the head is wrong")
must(len({note.split("\n")[0] for note in heads}) == 1, "its heads are of different logs")
stream = str(uuid5(NAMESPACE, f"public-record:{bundle['claim']}")) if public else bundle["claim"]

redacted = {}  # bodies that an erasure, itself in the log, has struck words out of
for event in [] if public else bundle.get("erasures", []):
    entry, digest = proved(event, "an erasure", heads[bundle["checkpoint"]])
    must(entry["type"] == "Erased" and digest == entry["body"], "an erasure was changed")
    redacted |= json.loads(event["body"])["bodies"]
lines = []
for version, event in reversed(list(enumerate(bundle["events"], 1))):
    entry, digest = proved(event, f"event {version}", heads[event["checkpoint"] if public else bundle["checkpoint"]])
    must((entry["stream"], entry["version"]) == (stream, version), f"event {version} is missing")
    must(not public or entry["type"].startswith("PublicRecord"), f"event {version} is none of a public record")
    must(digest in (entry["body"], redacted.get(entry["id"])), f"the body of event {version} was changed")
    if entry["type"] == "PublicRecordErased":  # it comes after what it struck words out of
        redacted = json.loads(event["body"])["bodies"] | redacted
    note = "" if digest == entry["body"] else "  (redacted)"
    lines.append(f"{event['sealed_at']}  position {event['position']}  {entry['type']}  by {entry['actor']['text']}{note}")
print("\n".join(reversed(lines)))
size = max(size for size, _root in heads.values())
print(f"Every event in it ({len(bundle['events'])}) is in the log signed at {size} events. Keys:", *keys)
