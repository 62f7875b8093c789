"""The project's signals, sent inside the transaction of what they tell of."""

from django.dispatch import Signal

# A new text is kept. Arguments: snapshot.
snapshot_captured = Signal()
# An outlet, a speaker or a document changed. Arguments: revision, by.
source_revised = Signal()
# A page came from the web, whether its text is new or not. Arguments: snapshot, found (fetching.Fetched).
page_fetched = Signal()
# A page shows another text than before, or it is gone, or it is back. Arguments: document.
page_turned = Signal()
