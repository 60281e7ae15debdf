from django.urls import path

from .views import TermDetail, TermList

app_name = "glossary"
urlpatterns = [
    path("", TermList.as_view(), name="list"),
    path("<slug:slug>/", TermDetail.as_view(), name="detail"),
]
