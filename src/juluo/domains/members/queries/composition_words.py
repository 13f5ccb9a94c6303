"""What members are asked about themselves, in words."""

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

Words = str | Promise

LABELS: Mapping[str, Words] = {
    "occupation": _("Occupation"),
    "age": pgettext_lazy("composition", "Age"),
    "region": _("Region"),
    "gender": _("Gender"),
    "interests": _("Interests"),
}

CHOICES: Mapping[str, Mapping[str, Words]] = {
    "occupation": {
        "student": pgettext_lazy("occupation", "Student"),
        "education": pgettext_lazy("occupation", "Teaching and training"),
        "software": pgettext_lazy("occupation", "Software and IT"),
        "engineering": pgettext_lazy("occupation", "Engineering and production"),
        "science": pgettext_lazy("occupation", "Research"),
        "health": pgettext_lazy("occupation", "Health and care"),
        "media": pgettext_lazy("occupation", "Media and writing"),
        "design": pgettext_lazy("occupation", "Art and design"),
        "business": pgettext_lazy("occupation", "Management and marketing"),
        "finance": pgettext_lazy("occupation", "Finance and law"),
        "public": pgettext_lazy("occupation", "Public service"),
        "trade": pgettext_lazy("occupation", "Trade and crafts"),
        "farming": pgettext_lazy("occupation", "Farming"),
        "services": pgettext_lazy("occupation", "Services and transport"),
        "retired": pgettext_lazy("occupation", "Retired"),
        "other": pgettext_lazy("occupation", "Something else"),
    },
    "age": {
        "14-17": _("14 to 17"),
        "18-24": _("18 to 24"),
        "25-34": _("25 to 34"),
        "35-44": _("35 to 44"),
        "45-54": _("45 to 54"),
        "55-64": _("55 to 64"),
        "65+": _("65 and older"),
    },
    "region": {
        "beijing": _("Beijing"),
        "tianjin": _("Tianjin"),
        "hebei": _("Hebei"),
        "shanxi": _("Shanxi"),
        "neimenggu": _("Inner Mongolia"),
        "liaoning": _("Liaoning"),
        "jilin": _("Jilin"),
        "heilongjiang": _("Heilongjiang"),
        "shanghai": _("Shanghai"),
        "jiangsu": _("Jiangsu"),
        "zhejiang": _("Zhejiang"),
        "anhui": _("Anhui"),
        "fujian": _("Fujian"),
        "jiangxi": _("Jiangxi"),
        "shandong": _("Shandong"),
        "henan": _("Henan"),
        "hubei": _("Hubei"),
        "hunan": _("Hunan"),
        "guangdong": _("Guangdong"),
        "guangxi": _("Guangxi"),
        "hainan": _("Hainan"),
        "chongqing": _("Chongqing"),
        "sichuan": _("Sichuan"),
        "guizhou": _("Guizhou"),
        "yunnan": _("Yunnan"),
        "xizang": _("Xizang (Tibet)"),
        "shaanxi": _("Shaanxi"),
        "gansu": _("Gansu"),
        "qinghai": _("Qinghai"),
        "ningxia": _("Ningxia"),
        "xinjiang": _("Xinjiang"),
        "hongkong": _("Hong Kong"),
        "macau": _("Macau"),
        "taiwan": _("Taiwan"),
        "asia": _("Elsewhere in Asia"),
        "europe": _("Europe"),
        "north_america": _("North America"),
        "south_america": _("South America"),
        "africa": _("Africa"),
        "oceania": _("Oceania"),
    },
    "gender": {
        "woman": _("Woman"),
        "man": _("Man"),
        "another": _("Another"),
    },
    "interests": {
        "technology": pgettext_lazy("interest", "Technology"),
        "science": pgettext_lazy("interest", "Science"),
        "books": pgettext_lazy("interest", "Books"),
        "film": pgettext_lazy("interest", "Film and series"),
        "music": pgettext_lazy("interest", "Music"),
        "games": pgettext_lazy("interest", "Games"),
        "sport": pgettext_lazy("interest", "Sport"),
        "outdoors": pgettext_lazy("interest", "Outdoors"),
        "travel": pgettext_lazy("interest", "Travel"),
        "food": pgettext_lazy("interest", "Food and cooking"),
        "art": pgettext_lazy("interest", "Art"),
        "photography": pgettext_lazy("interest", "Photography"),
        "crafts": pgettext_lazy("interest", "Making things"),
        "business": pgettext_lazy("interest", "Business"),
        "learning": pgettext_lazy("interest", "Learning"),
        "volunteering": pgettext_lazy("interest", "Volunteering"),
    },
}


def worded(asked: str, chosen: list[str]) -> list[Words]:
    """Return the words of what was chosen; what is no longer offered is left out."""
    words = CHOICES.get(asked, {})
    return [words[each] for each in chosen if each in words]
