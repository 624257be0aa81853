"""How the events of a day and site divide into those of visits, their retries, and messages of conversations."""

import numpy as np

from radar.demo.draws import Ints
from radar.demo.sites import SITE_INDEX
from radar.demo.stories import CHAT_SHARE, CHAT_SITE

RETRY_SHARE = 0.005
"""Part of the events that are sent twice."""


def retry_quotas(quotas: Ints) -> Ints:
    """Events that are sent again, of the events sent on each day (rows) at each site (columns)."""
    retries: Ints = np.floor(quotas * RETRY_SHARE).astype(np.int64)
    return retries


def message_quotas(quotas: Ints) -> Ints:
    """Messages of each day at the site that people write to."""
    messages: Ints = np.floor(quotas[:, SITE_INDEX[CHAT_SITE]] * CHAT_SHARE).astype(np.int64)
    return messages


def base_quotas(quotas: Ints) -> Ints:
    """Events of visits that are no retries."""
    base = quotas - retry_quotas(quotas)
    base[:, SITE_INDEX[CHAT_SITE]] -= message_quotas(quotas)
    return base
