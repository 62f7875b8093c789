"""What is asserted, and what became of it: the road of one claim.

    outlet → document → snapshot → draft → claim → flag → review → verdict → published

A snapshot comes from `sources`. `extraction` reads drafts out of it, `intake` keeps them as proposed claims, `rules` and
`flagging` say which need a person, `workflow` holds the steps that people take, one module each, and `records` is what
readers are shown. A step reads a claim's state, asks whether it is open, and appends events to the `ledger`; the tables that
people query are copies of what those events add up to.

The packages, the lowest first; each imports what stands below it, never what stands beside or above:

    `domain`        events, values, states, steps, fields: plain data, no query
    `models`        the tables                            `extraction`    drafts out of a text
    `ledger`        the only writer: append, order, copies, consumers, rebuild
    `tree`          the Merkle tree over the log
    `similarity`    claims that say nearly the same       `records`       what readers are shown
    `workflow`      the steps of the road                 `figures`       measures, intervals, what contradicts what
    `provenance`    to whom a claim goes back             `erasure`       words made unreadable
    `rules`         one file a rule: what is odd          `intake`        from a text to proposed claims, and read again
    `transparency`  signed heads, proofs, verify
    `flagging`      when rules look, what is raised       `exchange`      formats, the full copy of an install
    `notifications` webhooks, digests, keys of feeds
    `handlers`      what hears signals and the feed
    tasks.py        what the workers do                   `example`       the worked example
    `admin`         the desk    `api`  REST    `management`  commands

docs/architecture.md draws the road with its transactions, and says where to put something new.
"""
