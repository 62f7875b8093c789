"""Signed notes and their keys, as C2SP's signed-note and tlog-checkpoint say. Pure: no files, no database.

A key of a private sort reads `PRIVATE+KEY+<name>+<id>+<base64 of 1, seed>`, its public half `<name>+<id>+<base64 of 1, key>`.
"""

from __future__ import annotations

import binascii
import hashlib
import re
from base64 import b64decode, b64encode
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey, Ed25519PublicKey
from django.utils.translation import gettext_lazy as _

from sources.errors import Category, Refusal

ED25519 = b"\x01"
PRIVATE = "PRIVATE+KEY+"
NAME = re.compile(r"[^\s+]{1,200}")
_signature = re.compile(r"— (\S+) (\S+)")


class BadNote(Refusal, ValueError):
    """This is no signed head of a log, or none that a known key has signed."""

    sentence = _("This is no signed head of a log, or none that a known key has signed.")
    category = Category.INVALID


class BadKey(Refusal, ValueError):
    """This is no Ed25519 key in the form of C2SP's signed notes."""

    sentence = _("This is no Ed25519 key in the form of C2SP's signed notes.")
    category = Category.INVALID


@dataclass(frozen=True, slots=True)
class Verifier:
    """The public half of a key."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        """Four bytes that tell keys of one name apart."""
        return hashlib.sha256(self.name.encode() + b"\n" + ED25519 + self.public).digest()[:4]

    def __str__(self) -> str:
        return f"{self.name}+{self.id.hex()}+{b64encode(ED25519 + self.public).decode()}"

    def holds(self, signature: bytes, text: str) -> bool:
        """Did this key sign the text?"""
        try:
            Ed25519PublicKey.from_public_bytes(self.public).verify(signature, text.encode())
        except InvalidSignature:
            return False
        return True


@dataclass(frozen=True, slots=True)
class Signer:
    """A whole key."""

    name: str
    seed: bytes

    @classmethod
    def new(cls, name: str) -> Signer:
        """A key nobody has had before."""
        return cls(name, Ed25519PrivateKey.generate().private_bytes_raw())

    @property
    def verifier(self) -> Verifier:
        """Its public half."""
        return Verifier(self.name, Ed25519PrivateKey.from_private_bytes(self.seed).public_key().public_bytes_raw())

    def line(self) -> str:
        """The key as it is kept in its file: a secret."""
        return f"{PRIVATE}{self.name}+{self.verifier.id.hex()}+{b64encode(ED25519 + self.seed).decode()}"

    def sign(self, text: str) -> str:
        """The signature line under a note's text."""
        signature = Ed25519PrivateKey.from_private_bytes(self.seed).sign(text.encode())
        return f"— {self.name} {b64encode(self.verifier.id + signature).decode()}\n"


def key(line: str) -> Signer | Verifier:
    """A key as it is written. Raises BadKey."""
    whole = line.startswith(PRIVATE)
    name, _, rest = line.removeprefix(PRIVATE).partition("+")
    id_, _, encoded = rest.partition("+")
    try:
        data = b64decode(encoded, validate=True)
    except binascii.Error as error:
        raise BadKey(name) from error
    if len(data) != 33 or data[:1] != ED25519 or not NAME.fullmatch(name):
        raise BadKey(name)
    made = Signer(name, data[1:]) if whole else Verifier(name, data[1:])
    if (made.verifier if isinstance(made, Signer) else made).id.hex() != id_:
        raise BadKey(name)
    return made


# ── heads of a log


@dataclass(frozen=True, slots=True)
class Head:
    """What a checkpoint says: which log, how many leaves, the root over them."""

    origin: str
    size: int
    root: bytes

    def text(self) -> str:
        """The signed lines."""
        return f"{self.origin}\n{self.size}\n{b64encode(self.root).decode()}\n"


def write(head: Head, signers: Sequence[Signer]) -> str:
    """The head as a note, a signature line for each key."""
    text = head.text()
    return text + "\n" + "".join(signer.sign(text) for signer in signers)


def read(note: str, known: Iterable[Verifier]) -> Head:
    """The head that a note tells, if at least one known key of the log's own name has signed it. Raises BadNote."""
    text, head, signatures = _parts(note)
    trusted = {(v.name, v.id): v for v in known if v.name == head.origin}
    by = [(trusted[name, given[:4]], given[4:]) for name, given in signatures if (name, given[:4]) in trusted]
    # A wrong signature by a key that is known is a forgery, whatever else stands there.
    if not by or not all(verifier.holds(signature, text) for verifier, signature in by):
        raise BadNote
    return head


def size_of(note: str) -> int:
    """How many leaves a note says there are, whoever signed it. Raises BadNote."""
    return _parts(note)[1].size


def signed_by(note: str) -> set[tuple[str, bytes]]:
    """Name and id of every key that claims to have signed. Raises BadNote."""
    return {(name, given[:4]) for name, given in _parts(note)[2]}


def _parts(note: str) -> tuple[str, Head, list[tuple[str, bytes]]]:
    text, blank, below = note.partition("\n\n")
    lines = text.split("\n")
    if not blank or len(lines) < 3 or not below.endswith("\n") or not re.fullmatch(r"0|[1-9][0-9]{0,18}", lines[1]):
        raise BadNote
    try:
        root = _plain(lines[2])
        found = [_signature.fullmatch(line) for line in below.removesuffix("\n").split("\n")]
        signatures = [(match[1], _plain(match[2])) for match in found if match]
    except binascii.Error as error:
        raise BadNote from error
    if len(root) != 32 or not lines[0] or len(signatures) != len(found):
        raise BadNote
    return text + "\n", Head(lines[0], int(lines[1]), root), signatures


def _plain(text: str) -> bytes:
    """Base64 in the one way to write it: the last sign may hold bits that nobody reads, and a note is to be changed nowhere."""
    plain = b64decode(text, validate=True)
    if b64encode(plain).decode() != text:
        raise BadNote
    return plain
