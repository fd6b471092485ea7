from django.apps import AppConfig


class OidcConfig(AppConfig):
    name = "linli.adapters.oidc"
    label = "oidc"
    default_auto_field = "django.db.models.BigAutoField"
