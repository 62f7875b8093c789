"""What is asserted, and what became of it: the road of one claim.

    outlet → document → snapshot → draft → claim → flag → review → verdict → published

`extraction` reads drafts out of a snapshot, `recording` keeps them as claims, `flagging` says which
need follow-up, `review` takes or turns them down, `verdicts` judges them, `publishing` lets them out.
Each room reads a claim's state, asks whether its step is open, and appends events to the `ledger`;
the tables that people query are copies of what those events add up to.
"""
