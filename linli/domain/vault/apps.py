from django.apps import AppConfig


class VaultConfig(AppConfig):
    name = "linli.domain.vault"
    label = "vault"
    default_auto_field = "django.db.models.BigAutoField"
