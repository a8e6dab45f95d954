"""Whether two frameworks computed the same thing: what they are given, what they must show of themselves, and a file for each check."""
