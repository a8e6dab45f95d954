"""Running an exported file on images: what its runtime makes of them, in a process of its own.

The process that a person started loads no framework and no runtime; it asks a child (``python -m reportgen.predicting.child``), which imports the
one runtime that opens the file. A damaged file that takes its runtime down takes the child with it, and leaves a message.
"""
