"""From results to documents: views, figures, HTML and PDF. Nothing here reads a raw record or a file of a run."""
