"""Lists in pages: what asks for the next one, and how many there are at most."""

from __future__ import annotations

from typing import Annotated

from pydantic import Field

MOST = 200
Limit = Annotated[int, Field(ge=1, le=MOST, description="每页几项 / items a page")]
Before = Annotated[int | None, Field(ge=1, le=2**62, description="上一页的 next / `next` of the page before")]
