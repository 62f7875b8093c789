"""Signed notes and their keys are those of C2SP, so that other programs can check them."""

from itertools import product

import pytest

from claims.transparency import signed_notes
from claims.transparency.signed_notes import BadKey, BadNote, Head, Signer, Verifier

# A key of a fixed seed and what it signs: these very lines were checked with Go's golang.org/x/mod/sumdb/note.
WHOLE = "PRIVATE+KEY+desk.example/log+dbe481da+AQABAgMEBQYHCAkKCwwNDg8QERITFBUWFxgZGhscHR4f"
PUBLIC = "desk.example/log+dbe481da+AQOhB7/zzhC+HXDdGOdLwJln5NYwm6UNXx3chmQSVTG4"
NOTE = (
    "desk.example/log\n3\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n\n"
    "— desk.example/log 2+SB2rfDymq9AstSNuJ1Xk5CvQ22mVN1236/M78upM2WMe2q5ToqYC9aK2wTq8gmf6w6DRiZK235R9Z2Wdt22RLYoAA=\n"
)

HEAD = Head("example.com/log", 3, bytes(range(32)))
KEY = Signer.new("example.com/log")


def test_keys_and_notes_are_as_other_programs_write_them():
    key = signed_notes.key(WHOLE)
    assert isinstance(key, Signer)
    assert str(key.verifier) == PUBLIC
    assert signed_notes.key(PUBLIC) == key.verifier
    assert key.line() == WHOLE
    assert signed_notes.write(Head("desk.example/log", 3, bytes(range(32))), [key]) == NOTE


def test_a_head_reads_back():
    note = signed_notes.write(HEAD, [KEY])
    assert note.startswith("example.com/log\n3\nAAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=\n\n— example.com/log ")
    assert signed_notes.read(note, [KEY.verifier]) == HEAD


def test_any_known_key_is_enough_and_none_is_not():
    other = Signer.new("example.com/log")
    note = signed_notes.write(HEAD, [KEY, other])
    assert signed_notes.read(note, [other.verifier]) == HEAD
    assert signed_notes.signed_by(note) == {(key.name, key.verifier.id) for key in (KEY, other)}
    for known in ([], [Signer.new("example.com/log").verifier], [Signer.new("elsewhere").verifier]):
        with pytest.raises(BadNote):
            signed_notes.read(note, known)


def test_a_key_of_another_name_does_not_vouch_for_this_log():
    witness = Signer.new("witness.example")
    with pytest.raises(BadNote):
        signed_notes.read(signed_notes.write(HEAD, [witness]), [witness.verifier])


@pytest.mark.parametrize("seed", range(4))
def test_a_note_that_was_changed_anywhere_is_refused(seed: int):
    key = Signer.new("example.com/log") if seed else KEY
    note = signed_notes.write(HEAD, [key]).encode()
    for at, bit in product(range(len(note)), range(8)):
        changed = bytearray(note)
        changed[at] ^= 1 << bit
        with pytest.raises((BadNote, UnicodeDecodeError)):
            signed_notes.read(changed.decode(), [key.verifier])


def test_a_signature_has_one_way_to_be_written():
    # A last sign whose lowest bits are read by nobody: any base64 decoder takes it for the same bytes.
    body, last = NOTE.rstrip("=\n")[:-1], NOTE.rstrip("=\n")[-1]
    assert last == "A"
    with pytest.raises(BadNote):
        signed_notes.read(f"{body}B=\n", [signed_notes.key(PUBLIC)])


@pytest.mark.parametrize(
    "line",
    [
        "",
        "name",
        "name+00000000+",
        f"{PUBLIC[:-4]}AAAA",
        PUBLIC.replace("desk", "desc"),
        PUBLIC.replace("+A", "+B", 1),
        "a b+00000000+AA==",
    ],
)
def test_a_broken_key_is_refused(line: str):
    with pytest.raises(BadKey):
        signed_notes.key(line)


def test_a_verifier_holds_no_secret():
    assert isinstance(signed_notes.key(PUBLIC), Verifier)
    assert WHOLE.rsplit("+", 1)[1] not in PUBLIC
