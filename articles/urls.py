"""Floor 6: the app's addresses."""

urlpatterns: list = []
