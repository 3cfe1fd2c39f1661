"""Short answer: a name or a few words, typed; small slips are forgiven."""
