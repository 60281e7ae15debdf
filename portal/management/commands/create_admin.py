"""``manage.py create_admin``: an administrator with a one-time password."""

import secrets

from django.contrib.auth import get_user_model
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError


class Command(BaseCommand):
    help = "Create an administrator and print a password made for this occasion only."

    def add_arguments(self, parser):
        parser.add_argument("username", nargs="?", default="admin")
        parser.add_argument(
            "--reset", action="store_true", help="give an existing account a new password instead"
        )

    def handle(self, *args, username: str, reset: bool = False, **options):
        users = get_user_model()
        user = users.objects.filter(username=username).first()
        if user and not reset:
            raise CommandError(
                f"There is an account {username!r} already. For a new password: "
                f"manage.py create_admin {username} --reset. For another account: "
                "manage.py create_admin NAME"
            )
        user = user or users(username=username)
        password = secrets.token_urlsafe(12)
        user.is_staff = user.is_superuser = user.is_active = True
        user.set_password(password)
        # An account that has never logged in: its first login spends the password.
        user.last_login = None
        try:
            user.full_clean()
        except ValidationError as error:
            raise CommandError(f"{username!r}: {' '.join(error.messages)}") from error
        user.save()
        self.stdout.write(f"Account:  {username}")
        self.stdout.write(f"Password: {password}")
        self.stdout.write("It works once, at /admin/, which then asks for a password of your own.")
