"""What was said, where, verbatim.

outlet → document → snapshot: a text comes in through `capturing`, is kept once, exactly as it read,
and is never changed again. This app knows nothing of claims; it tells whoever listens by signals.

The packages, the lowest first; each imports what stands below it, never what stands beside or above:

    `text`       the pure reader: sentences, quotes, numbers, dates, speech
    `fetching`   pages of the public web
    `models`     the tables, append-only ones among them
    signals.py   what is told to whoever stands above
    `jobs`       work that is owed, wake-up calls         roles.py  who may take which step
    `registry`   which outlet, which speaker is this name; revisions
    `capturing`  a text is kept once
    `importers`  one file for each form that a text comes in
    `watching`   pages and feeds looked at again          `archives`  WARC files, out and in
    tasks.py     the sweep, the watch                     forms.py    capturing by hand
    `api`        REST, and the HTTP classes both apps share
    `admin`      sources and owed work in the admin       `management`  commands

docs/architecture.md has the whole map.
"""
