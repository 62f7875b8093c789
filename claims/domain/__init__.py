"""Events, values, states and what each event means: plain data, with no table and no query."""
