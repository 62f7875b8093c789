"""What was said, where, verbatim.

outlet → document → snapshot: a text comes in through `capture`, is kept once, exactly as it read,
and is never changed again. This app knows nothing of claims.
"""
