"""The categories and streams that everyone begins with."""

from django.db import migrations

FIRST = {
    "Category": ("content", "activities", "service", "promotion", "wages", "other"),
    "Stream": ("ads", "shop", "membership", "activities", "other"),
}


def fill(apps, editor):
    for model, keys in FIRST.items():
        table = apps.get_model("finance", model)
        for position, key in enumerate(keys):
            table.objects.get_or_create(key=key, defaults={"position": position})


class Migration(migrations.Migration):
    dependencies = [("finance", "0002_append_only")]
    operations = [migrations.RunPython(fill, migrations.RunPython.noop)]
