from django.apps import AppConfig, apps
from django.db.models.signals import post_delete
from django.utils.translation import gettext_lazy as _


class PublishingConfig(AppConfig):
    name = "publishing"
    verbose_name = _("Publishing")

    def ready(self):
        from django.contrib.redirects.models import Redirect

        from .models import PublishedRecord
        from .readable import constrain_models
        from .redirects import check_old_path, check_target
        from .renames import drop_redirects

        # Redirects are Django's; what they must not hold is ours, in every form of them.
        Redirect._meta.get_field("old_path").validators.append(check_old_path)
        Redirect._meta.get_field("new_path").validators.append(check_target)
        # A signal, since lists of the admin and cascades delete without calling the model.
        for model in apps.get_models():
            if issubclass(model, PublishedRecord):
                post_delete.connect(drop_redirects, sender=model)
        # After modeltranslation, which adds the columns of translations.
        constrain_models()
