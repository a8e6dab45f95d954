"""``python -m reportgen``."""

from reportgen.cli import start

if __name__ == "__main__":
    start()
