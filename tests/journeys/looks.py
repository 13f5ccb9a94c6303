"""How pages are looked at: between them, both languages, both schemes, a desk and a phone."""

import pytest

DESK = {"language": "en", "scheme": "light", "width": 1280}
PHONE = {"language": "zh-hans", "scheme": "dark", "width": 390}
in_each_look = pytest.mark.parametrize("look", [DESK, PHONE], ids=["desk", "phone"])
