"""Whether a delay is bound to a rule, to a seat whoever holds it, or to a person."""
