#!/usr/bin/env python3
"""Checks a proof of a claim: python3 check_proof.py FILE [PUBLIC KEY]. Needs Python and the package `cryptography`, nothing of Isnad."""

import hashlib
import json
import sys
from base64 import b64decode
from pathlib import Path

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey


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


bundle = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8"))
try:
    size, root = signed_head(bundle["checkpoint"], sys.argv[2:] or bundle["keys"])
except InvalidSignature:
    must(False, "the signature of the head is wrong")
must(bundle["events"], "there is no event")


def proved(event, what):
    """The entry of an event that is in the log, and the digest of its body as it reads now."""
    leaf = sha256(b"\x00" + f"{event['sealed_at']}\n{event['entry']}".encode())
    must(root_from(leaf, event["position"], size, map(b64decode, event["proof"])) == root, f"{what} is not in the log")
    return json.loads(event["entry"]), sha256(bytes.fromhex(event["salt"]) + event["body"].encode()).hex()


redacted = {}  # bodies that an erasure, itself in the log, has struck words out of
for event in bundle.get("erasures", []):
    entry, digest = proved(event, "an erasure")
    must(entry["type"] == "Erased" and digest == entry["body"], "an erasure was changed")
    redacted |= json.loads(event["body"])["bodies"]
for version, event in enumerate(bundle["events"], 1):
    entry, digest = proved(event, f"event {version}")
    must((entry["stream"], entry["version"]) == (bundle["claim"], version), f"event {version} is missing")
    must(digest in (entry["body"], redacted.get(entry["id"])), f"the body of event {version} was changed")
    note = "" if digest == entry["body"] else "  (redacted)"
    print(f"{event['sealed_at']}  position {event['position']}  {entry['type']}  by {entry['actor']['text']}{note}")
print(f"Every event in it ({len(bundle['events'])}) is in the log signed at {size} events. Keys:", *(sys.argv[2:] or bundle["keys"]))
