"""The made-up companies: workspaces, people who work there, sites and apps, goals. Everything here is data."""

from dataclasses import dataclass
from functools import cached_property
from uuid import UUID, uuid5

_NAMESPACE = UUID("6f6d9b0e-5c0a-4b8e-9a53-52616461721d")


def demo_id(kind: str, name: str) -> UUID:
    """The fixed id of a thing of the demo, the same in every database."""
    return uuid5(_NAMESPACE, f"{kind}/{name}")


@dataclass(frozen=True)
class Workspace:
    """A tenant, and who belongs to it: (name of the person, role)."""

    slug: str
    name: str
    members: tuple[tuple[str, str], ...]

    @property
    def workspace_id(self) -> UUID:
        """Its key."""
        return demo_id("workspace", self.slug)


@dataclass(frozen=True)
class Goal:
    """A goal of a site: a row of ingest.goals."""

    name: str
    goal_type: str
    conditions: str
    value: int | None = None


@dataclass(frozen=True)
class Site:
    """A site or app, and how its visitors behave."""

    slug: str
    name: str
    workspace: Workspace
    domain: str
    timezone: str
    share: float
    """Part of all events that it gets, before weekdays and stories."""
    weekdays: tuple[float, ...]
    """Relative traffic, Monday to Sunday."""
    hours: tuple[float, ...]
    """Relative traffic in the 24 hours of the site's own time zone."""
    sends_session_id: bool
    sends_campaign: bool
    """Whether its tracker names the campaign beside the address, or leaves it in the address alone."""
    is_business: bool
    return_share: float
    member_share: float
    """Part of its visitors who have an account."""
    is_logged_in: bool
    """Whether a member is known from the first event of a visit (an app) or logs in during it (a site)."""
    goals: tuple[Goal, ...]

    @property
    def project_id(self) -> UUID:
        """Its key within the workspace."""
        return demo_id("project", self.slug)

    @property
    def write_key(self) -> str:
        """The key that its tracker sends."""
        return f"wk_demo_{self.slug.replace('-', '_')}"

    @cached_property
    def origin(self) -> str:
        """Scheme and host of its addresses."""
        return f"https://{self.domain}"


PEOPLE = (
    *(
        "Ada Brandt",
        "Ben Okafor",
        "Chiara Conti",
        "Dev Patel",
        "Eva Lindqvist",
        "Farid Haddad",
        "Hana Sato",
        "Igor Novak",
    ),
    *("Jo Martin", "Kofi Mensah", "Gwen Price"),
)
"""Everyone who can log in to Radar; the last one belongs to no workspace."""

ACME = Workspace(
    "acme-outdoor",
    "Acme Outdoor",
    (("Ada Brandt", "owner"), ("Ben Okafor", "admin"), ("Chiara Conti", "member"), ("Dev Patel", "member")),
)
NORTHWIND = Workspace(
    "northwind",
    "Northwind SaaS",
    (
        *(("Eva Lindqvist", "owner"), ("Farid Haddad", "admin"), ("Dev Patel", "member"), ("Hana Sato", "member")),
        *(("Igor Novak", "member"), ("Jo Martin", "member"), ("Kofi Mensah", "member")),
    ),
)
WORKSPACES = (ACME, NORTHWIND)

_LEISURE = (2, 1, 1, 1, 1, 2, 4, 7, 9, 10, 11, 12, 13, 12, 11, 11, 12, 14, 17, 20, 21, 18, 11, 5)
_OFFICE = (1, 1, 1, 1, 1, 2, 4, 9, 17, 21, 22, 20, 15, 18, 21, 20, 17, 11, 6, 4, 3, 3, 2, 1)
_NEWSLETTER = Goal("Newsletter", "pageview", '{"page_path": "/newsletter/thanks"}', 2)

SITES = (
    Site(
        slug="acme-shop",
        name="Acme Shop",
        workspace=ACME,
        domain="shop.acme-outdoor.example",
        timezone="Europe/Berlin",
        share=0.45,
        weekdays=(1.0, 0.95, 0.95, 1.0, 1.05, 1.25, 1.35),
        hours=_LEISURE,
        sends_session_id=True,
        sends_campaign=True,
        is_business=False,
        return_share=0.35,
        member_share=0.25,
        is_logged_in=False,
        goals=(Goal("Order", "event", '{"event_name": "Order Completed"}'), _NEWSLETTER),
    ),
    Site(
        slug="acme-guides",
        name="Acme Guides",
        workspace=ACME,
        domain="guides.acme-outdoor.example",
        timezone="Europe/London",
        share=0.15,
        weekdays=(1.0, 0.95, 0.95, 0.95, 1.0, 1.3, 1.3),
        hours=_LEISURE,
        sends_session_id=False,
        sends_campaign=False,
        is_business=False,
        return_share=0.2,
        member_share=0.05,
        is_logged_in=False,
        goals=(_NEWSLETTER, Goal("Long read", "duration", '{"seconds": 240}')),
    ),
    Site(
        slug="northwind-site",
        name="Northwind Site",
        workspace=NORTHWIND,
        domain="www.northwind.example",
        timezone="America/New_York",
        share=0.15,
        weekdays=(1.1, 1.15, 1.15, 1.1, 0.95, 0.4, 0.45),
        hours=_OFFICE,
        sends_session_id=False,
        sends_campaign=True,
        is_business=True,
        return_share=0.25,
        member_share=0.08,
        is_logged_in=False,
        goals=(Goal("Sign-up", "event", '{"event_name": "Signed Up"}', 40), _NEWSLETTER),
    ),
    Site(
        slug="northwind-app",
        name="Northwind App",
        workspace=NORTHWIND,
        domain="app.northwind.example",
        timezone="UTC",
        share=0.25,
        weekdays=(1.2, 1.2, 1.15, 1.15, 1.0, 0.25, 0.25),
        hours=_OFFICE,
        sends_session_id=True,
        sends_campaign=False,
        is_business=True,
        return_share=0.85,
        member_share=0.97,
        is_logged_in=True,
        goals=(
            Goal("Report created", "event", '{"event_name": "Report Created"}'),
            Goal(
                "Board report",
                "custom",
                '{"event_name": "Report Created", "properties": {"template": "board"}}',
            ),
        ),
    ),
)
SITE_INDEX = {site.slug: index for index, site in enumerate(SITES)}
