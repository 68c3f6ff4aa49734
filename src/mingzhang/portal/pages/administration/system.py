"""The state of the installation: versions, migrations, disk, worker, backups, and the settings in force."""

from __future__ import annotations

from django.http import HttpResponse

from mingzhang.portal.access import Here, page
from mingzhang.portal.showing import show
from mingzhang.portal.state import settings_in_force, state_of_installation
from mingzhang.records.policy import Action


@page(Action.ADMINISTER)
def state(here: Here) -> HttpResponse:
    """What an administrator looks at first when something is wrong."""
    return show(
        here, "administration/system.html", state=state_of_installation(), settings=settings_in_force()
    )
