from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = _("Publishing")

    def ready(self):
        from django.contrib.redirects.models import Redirect

        from .readable import constrain_models
        from .redirects import check_old_path, check_target

        # Redirects are Django's; what they must not hold is ours, in every form of them.
        Redirect._meta.get_field("old_path").validators.append(check_old_path)
        Redirect._meta.get_field("new_path").validators.append(check_target)

        # After modeltranslation, which adds the columns of translations.
        constrain_models()
