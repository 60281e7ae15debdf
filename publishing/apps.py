from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = _("Publishing")

    def ready(self):
        # After modeltranslation, which adds the columns of translations.
        from .readable import constrain_models

        constrain_models()
