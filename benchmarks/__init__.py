"""How fast the tuned modes train beside programs as a student writes them; see README.md in this folder."""
