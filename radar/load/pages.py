"""Which requests of a web server's log are pages that somebody looked at."""

import re

_STATIC = re.compile(
    r"""\.(?:
    css|less|scss|m?js|cjs|map|jsonp?|wasm|(?:web)?manifest|htc|swf
    |a?png|jpe?g?|gif|svgz?|webp|avif|bmp|ico|cur|tiff?|heic|psd
    |woff2?|ttf|otf|eot
    |mp[34]|m4[av]|webm|og[gav]|wav|flac|aac|avi|mov|mkv|flv|wmv|mpe?g|m3u8|ts|vtt|srt
    |pdf|docx?|xlsx?|pptx?|od[ts]|csv|rtf|epub|zip|t?gz|bz2|xz|zst|7z|rar|tar|jar|exe|msi|dmg|pkg|apk|ipa|deb|rpm
    |iso|bin|torrent
    |xml|xs[ld]|rss|atom|rdf|txt|ya?ml|toml|ini|conf|bak|log|sql|gpx|kml|ics|vcf
    )""",
    re.IGNORECASE | re.VERBOSE,
)
"""Endings of files that are no pages."""

_NO_PAGES = re.compile(
    r"^/image/|^/(?:images|img|pictures?|photos?|thumbs?|thumbnails?)/\d+(?:/|$)"  # a picture by its number
    r"|/(?:\w*logo|favicon)$"
    r"|/feeds?/?$|^/(?:rss|atom)/?$"
    r"|^/(?:api|graphql|wp-json|wp-admin|_next|\.well-known)(?:/|$)"  # what scripts ask for
    r"|/ajax\w*(?:/|$)|/(?-i:json[A-Z]\w*)$"
    r"|^/(?:healthz?|livez|readyz|metrics|ping)$",
    re.IGNORECASE,
)
"""The few paths without an ending that are none anywhere. A folder's name alone says nothing: /media, /tags/css and
/fonts are pages, and so is what lies below /images."""

_LIBRARY = re.compile(r"[A-Z][a-z]+\.js")


def is_page(method: str | None, path: str, status: int) -> bool:
    """Whether it was asked for as pages are, was there, and does not end as files do that are no pages."""
    if method != "GET" or not (200 <= status < 300 or status == 304):
        return False
    if _NO_PAGES.search(path):
        return False
    folder, _, name = path.rpartition("/")
    ending = name[name.rfind(".") :] if "." in name else ""
    return _STATIC.fullmatch(ending) is None or _names_library(folder, name)


def _names_library(folder: str, name: str) -> bool:
    """/wiki/Node.js is about a library: so capitalised, and not among scripts, whose folders have their names."""
    return _LIBRARY.fullmatch(name) is not None and not _SCRIPTS.search(folder)


_SCRIPTS = re.compile(
    r"/(?:js|javascripts?|scripts?|static|assets?|dist|build|public|lib|libs|vendor|plugins?|bundles?|themes?|skins?|modules?"
    r"|node_modules|src|_next|chunks?|cdn)(?:/|$)|^$",
    re.IGNORECASE,
)
"""Or at the root of a site, where no wiki keeps its articles."""
