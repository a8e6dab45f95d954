"""What a network is to find: which class a sample belongs to, or numbers."""

from __future__ import annotations

from typing import Literal

Task = Literal["classification", "regression"]
