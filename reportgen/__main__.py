"""``python -m reportgen``."""

from reportgen.entry import start

if __name__ == "__main__":
    start()
