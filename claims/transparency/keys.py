"""The keys that the log's heads are signed with: from the environment, or a file made at first need."""

import os
import secrets
import tempfile
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings
from django.utils.translation import gettext_lazy as _

from claims.transparency import external_copy, signed_notes
from claims.transparency.signed_notes import BadKey, Signer, Verifier
from sources.errors import Category, Refusal


class NoKey(Refusal):
    """The log's signing key is missing or cannot be used; the sentence says which."""

    category, title = Category.UNAVAILABLE, _("Not signed")


class KeyMissing(NoKey):
    """Heads of this log were signed before, and the key that signed them is not here."""

    sentence = _("This log was signed before, and its key is not here: set ISNAD_SIGNING_KEY, or put the key's file back.")


class KeyBroken(NoKey):
    """A line of the key is none."""

    sentence = _("The signing key cannot be read: each line takes one Ed25519 key as signed notes write it, all of one name.")


class KeyFixed(NoKey):
    """A key that comes from the environment is not ours to write."""

    sentence = _("The signing key comes from ISNAD_SIGNING_KEY: change it there.")


@dataclass(frozen=True, slots=True)
class Ring:
    """All keys of this log, newest first: those that sign, and those that only signed what is here already."""

    signers: tuple[Signer, ...] = ()
    retired: tuple[Verifier, ...] = ()

    @property
    def origin(self) -> str:
        """The log's name, which is its keys' name."""
        return self.signers[0].name

    @property
    def verifiers(self) -> tuple[Verifier, ...]:
        """The public halves of all keys."""
        return (*(signer.verifier for signer in self.signers), *self.retired)

    def lines(self) -> str:
        """The ring as it is kept: secret."""
        return "".join(f"{line}\n" for line in (*(signer.line() for signer in self.signers), *self.retired))


def ring() -> Ring:
    """The keys there are; an empty ring where there are none yet. Raises KeyBroken."""
    if settings.SIGNING_KEY:
        return _read(settings.SIGNING_KEY)
    file = Path(settings.SIGNING_KEY_FILE)
    return _read(file.read_text(encoding="utf-8")) if file.exists() else Ring()


def signing_ring(*, first: bool) -> Ring:
    """The keys, one of which can sign; made where there is none and this is the `first` head. Raises KeyMissing, KeyBroken."""
    found = ring()
    if found.signers:
        return found
    if not first:
        raise KeyMissing
    name = settings.ORIGIN or f"isnad.local/{secrets.token_hex(6)}"
    if not signed_notes.NAME.fullmatch(name):
        raise KeyBroken
    _write(Ring((Signer.new(name),)), replace=False)
    return ring()  # another process may have been first


def rotate() -> Ring:
    """A new key signs first, the one before it signs too, older ones are kept to check what they signed. Raises NoKey.

    Where the key was lost, the public keys that were kept outside say what the log is called and who has signed so far.
    """
    if settings.SIGNING_KEY:
        raise KeyFixed
    old = ring()
    known = old.verifiers or _read("\n".join(external_copy.keys())).verifiers
    if not known:
        raise KeyMissing
    also = old.signers[:1]
    retired = tuple(key for key in known if key not in {signer.verifier for signer in also})
    _write(Ring((Signer.new(known[0].name), *also), retired), replace=True)
    return ring()


def _read(text: str) -> Ring:
    try:
        keys = [signed_notes.key(line.strip()) for line in text.splitlines() if line.strip()]
    except BadKey as error:
        raise KeyBroken from error
    if len({key.name for key in keys}) > 1:
        raise KeyBroken
    return Ring(tuple(k for k in keys if isinstance(k, Signer)), tuple(k for k in keys if isinstance(k, Verifier)))


def _write(keys: Ring, *, replace: bool) -> None:
    """The whole file or nothing, readable by its owner only."""
    file = Path(settings.SIGNING_KEY_FILE)
    file.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    descriptor, name = tempfile.mkstemp(dir=file.parent)  # 0600
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(keys.lines())
        out.flush()
        os.fsync(out.fileno())
    try:
        if replace:
            Path(name).replace(file)
        else:
            file.hardlink_to(name)
    except FileExistsError:
        pass  # another process was first: its key is the log's
    finally:
        Path(name).unlink(missing_ok=True)
