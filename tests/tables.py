"""Tables as bytes, so that two states of an install can be called the same or not."""

from django.db import connection

COPIES = {
    "claims_claim": "id",
    "claims_quantity": "claim_id, ordinal",
    "claims_attribution": "claim_id, ordinal",
    "claims_evidence": "claim_id, ordinal",
    "claims_link": "claim_id, ordinal",
    "claims_verdict": "claim_id, ordinal",
    "claims_flag": "id",
}
LOG = {"claims_event": "number", "claims_position": "position", "claims_action": "key"}
SOURCES = {
    "sources_outlet": "id",
    "sources_speaker": "id",
    "sources_speakername": "speaker_id, name",
    "sources_document": "id",
    "sources_content": "digest",
    "sources_snapshot": "id",
    "sources_revision": "subject_id, number",
}
# Numbers that PostgreSQL gave out and that say nothing: another install counts anew.
COUNTED = {
    "claims_quantity",
    "claims_attribution",
    "claims_evidence",
    "claims_link",
    "claims_verdict",
    "sources_speakername",
    "sources_revision",
}


def as_bytes(tables: dict[str, str]) -> dict[str, bytes]:
    """Every row of these tables as COPY writes it, in order."""
    return {table: _copied(table, order) for table, order in tables.items()}


def _copied(table: str, order: str) -> bytes:
    with connection.cursor() as cursor:
        cursor.execute("SELECT attname FROM pg_attribute WHERE attrelid = %s::regclass AND attnum > 0 AND NOT attisdropped", [table])
        left_out = {"id"} if table in COUNTED else {"number"} if table in ("claims_event", "claims_position") else set()
        columns = sorted({name for (name,) in cursor.fetchall()} - left_out)
        quoted = ", ".join(f'"{name}"' for name in columns)
        with cursor.copy(f"COPY (SELECT {quoted} FROM {table} ORDER BY {order}) TO STDOUT") as copy:
            return b"".join(copy)
