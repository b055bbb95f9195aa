from django.apps import AppConfig


class LoansConfig(AppConfig):
    name = "tests.loans"
    label = "loans"

    def ready(self) -> None:
        import tests.loans.acts  # noqa: F401  # declares every act
