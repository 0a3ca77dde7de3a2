"""Language tags in glossary files: which column or entry is Vietnamese, which is English."""

import re
from functools import cache

_ROLES = {"vi": "source", "vie": "source", "vietnamese": "source", "en": "target", "eng": "target", "english": "target"}
_ISO_639_1 = (
    "aa ab ae af ak am an ar as av ay az ba be bg bh bi bm bn bo br bs ca ce ch co cr cs cu cv cy da de dv dz ee el "
    "en eo es et eu fa ff fi fj fo fr fy ga gd gl gn gu gv ha he hi ho hr ht hu hy hz ia id ie ig ii ik io is it iu "
    "ja jv ka kg ki kj kk kl km kn ko kr ks ku kv kw ky la lb lg li ln lo lt lu lv mg mh mi mk ml mn mr ms mt my na "
    "nb nd ne ng nl nn no nr nv ny oc oj om or os pa pi pl ps pt qu rm rn ro ru rw sa sc sd se sg si sk sl sm sn so "
    "sq sr ss st su sv sw ta te tg th ti tk tl tn to tr ts tt tw ty ug uk ur uz ve vi vo wa wo xh yi yo za zh zu"
)


@cache
def role(tag: str) -> str:
    """Give "source" for Vietnamese, "target" for English, "other" for another language, "" for no language tag.

    Tags of BCP 47 with or without a region (vi, vi-VN, EN_us); of languages besides these two only those
    with two letters are known (ISO 639-1).
    """
    primary, *rest = re.split("[-_]", tag.strip().lower())
    if not all(re.fullmatch("[a-z0-9]{2,8}", part) for part in rest):
        return ""
    return _ROLES.get(primary, "other" if len(primary) == 2 and primary in _ISO_639_1.split() else "")
