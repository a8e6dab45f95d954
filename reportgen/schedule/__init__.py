"""Starting the nightly comparison by itself: a unit for each kind of scheduler, and putting it in place where that can be done and undone."""
