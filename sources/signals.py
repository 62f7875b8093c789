"""The project's two signals, sent inside the transaction of what they tell of."""

from django.dispatch import Signal

# A new text is kept. Arguments: snapshot.
snapshot_captured = Signal()
# An outlet, a speaker or a document changed. Arguments: revision, by.
source_revised = Signal()
