"""The pages of the sites, and how often they are seen."""

from dataclasses import dataclass

from radar.demo.draws import Wheel
from radar.demo.sites import SITE_INDEX, SITES


@dataclass(frozen=True)
class Page:
    """A page, its share of the views within a visit, and its share of the visits that begin there."""

    site: str
    path: str
    title: str
    views: float
    entries: float

    @property
    def url(self) -> str:
        """Its address without a query."""
        return f"{SITES[SITE_INDEX[self.site]].origin}{self.path}"


PRODUCTS: tuple[tuple[str, int], ...] = (
    ("Ridgeline Tent", 349),
    ("Fjord Sleeping Bag", 189),
    ("Granite Backpack 45", 159),
    ("Merino Base Layer", 69),
    ("Trail Runner GT", 129),
    ("Summit Shell Jacket", 279),
    ("Camp Stove Mini", 59),
    ("Titan Cook Set", 84),
    ("Aurora Headlamp", 45),
    ("Carbon Trekking Poles", 119),
    ("Hydro Bottle 1 l", 29),
    ("Alpine Gloves", 54),
)
_TOPICS = (
    "Choosing a tent",
    "Layering for cold days",
    "Packing for a week",
    "Trail shoes or boots",
    "Cooking outdoors",
    "Reading a map",
    "Water on the trail",
    "First aid kit",
    "Hiking with children",
    "Caring for down",
)


def _slug(title: str) -> str:
    return title.lower().replace(" ", "-")


PAGES = (
    Page("acme-shop", "/", "Acme Outdoor", 10, 40),
    Page("acme-shop", "/tents", "Tents", 8, 8),
    Page("acme-shop", "/clothing", "Clothing", 8, 8),
    Page("acme-shop", "/shoes", "Shoes", 7, 7),
    Page("acme-shop", "/sale", "Sale", 9, 9),
    Page("acme-shop", "/search", "Search", 6, 0),
    Page("acme-shop", "/account", "Your account", 3, 1),
    Page("acme-shop", "/trail-days", "Trail Days", 1, 0),
    Page("acme-shop", "/help", "Help", 1, 0),
    Page("acme-shop", "/contact", "Contact", 1, 0),
    Page("acme-shop", "/newsletter/thanks", "Thank you", 0, 0),
    Page("acme-shop", "/cart", "Cart", 0, 0),
    Page("acme-shop", "/checkout", "Checkout", 0, 0),
    Page("acme-shop", "/checkout/complete", "Order complete", 0, 0),
    *(Page("acme-shop", f"/products/{_slug(name)}", name, 3, 2) for name, _ in PRODUCTS),
    Page("acme-guides", "/", "Acme Guides", 5, 15),
    *(Page("acme-guides", f"/guides/{_slug(title)}", title, 5, 12) for title in _TOPICS),
    Page("acme-guides", "/search", "Search the guides", 4, 0),
    Page("acme-guides", "/newsletter/thanks", "Thank you", 0, 0),
    Page("northwind-site", "/", "Northwind: reports that write themselves", 10, 45),
    Page("northwind-site", "/features", "Features", 8, 6),
    Page("northwind-site", "/pricing", "Pricing", 9, 9),
    Page("northwind-site", "/customers", "Customers", 4, 2),
    Page("northwind-site", "/blog", "Blog", 5, 6),
    Page("northwind-site", "/blog/metrics-that-matter", "Metrics that matter", 4, 14),
    Page("northwind-site", "/blog/warehouse-in-a-weekend", "A warehouse in a weekend", 4, 10),
    Page("northwind-site", "/docs/quickstart", "Quickstart", 4, 8),
    Page("northwind-site", "/signup", "Sign up", 0, 0),
    Page("northwind-site", "/welcome", "Welcome", 0, 0),
    Page("northwind-site", "/newsletter/thanks", "Thank you", 0, 0),
    Page("northwind-app", "/", "Home", 10, 60),
    Page("northwind-app", "/reports", "Reports", 12, 15),
    Page("northwind-app", "/reports/new", "New report", 2, 0),
    Page("northwind-app", "/dashboards", "Dashboards", 10, 15),
    Page("northwind-app", "/data-sources", "Data sources", 4, 2),
    Page("northwind-app", "/settings/members", "Members", 2, 1),
    Page("northwind-app", "/settings/billing", "Billing", 1, 1),
)
PAGE_INDEX = {(page.site, page.path): index for index, page in enumerate(PAGES)}
FIRST_PRODUCT_PAGE = PAGE_INDEX["acme-shop", f"/products/{_slug(PRODUCTS[0][0])}"]

BROWSED = Wheel.of([[page.views if page.site == site.slug else 0 for page in PAGES] for site in SITES])
ENTERED = Wheel.of([[page.entries if page.site == site.slug else 0 for page in PAGES] for site in SITES])
