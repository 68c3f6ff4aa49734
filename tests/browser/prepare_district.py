"""Put a small district of a few departments into a portal's books: run with its environment before it is served."""

from __future__ import annotations

import os
from datetime import date

DEPARTMENTS = 5


if __name__ == "__main__":
    os.environ["DJANGO_SETTINGS_MODULE"] = "mingzhang.portal.settings"
    import django

    django.setup()
    from mingzhang.sample.district import add_district

    print(add_district(date.today(), DEPARTMENTS))
