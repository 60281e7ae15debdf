from django.urls import path

from .views import ProcedureBeside, ProcedureDetail, ProcedureList

app_name = "procedures"
urlpatterns = [
    path("", ProcedureList.as_view(), name="list"),
    path("<slug:slug>/", ProcedureDetail.as_view(), name="detail"),
    path("<slug:slug>/beside-polish/", ProcedureBeside.as_view(), name="beside"),
]
