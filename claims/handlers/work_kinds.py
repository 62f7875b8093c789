"""The kinds of work that claims owe, and which task does which."""

from claims.notifications.digests import DIGEST
from claims.notifications.webhooks import WEBHOOK

READ, REDATE, FLAG, VERIFY, VERIFY_WHOLE, DELIVER, NEAR = "read", "redate", "flag", "verify", "verify-whole", "deliver", "near"
OFFER, RECORDS, INDEX, PROVE = "offer", "records", "index", "prove"
# Which task does which kind of work; by name, so that a web process need not load the reader.
WOKEN = {
    READ: "claims.tasks.read_snapshots",
    REDATE: "claims.tasks.redate_claims",
    FLAG: "claims.tasks.flag_claims",
    NEAR: "claims.tasks.find_neighbours",
    INDEX: "claims.tasks.index_claims",
    VERIFY: "claims.tasks.verify_ledger",
    VERIFY_WHOLE: "claims.tasks.verify_ledger_whole",
    OFFER: "claims.tasks.offer_corrections",
    RECORDS: "claims.tasks.issue_first_records",
    PROVE: "claims.tasks.prove_records",
    DELIVER: "claims.tasks.deliver_events",
    WEBHOOK: "claims.tasks.deliver_webhooks",
    DIGEST: "claims.tasks.send_digests",
}
