"""The parity checks: a file each, found by its ``CHECK``. A code is never given to another check."""
