"""Yes or no: a kind made for the tests, to show what a kind consists of."""
