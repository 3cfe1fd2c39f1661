"""Taking a quiz in a real browser: nothing typed is lost, whatever happens to the page, the network or the clock."""
